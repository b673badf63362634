import fc from 'fast-check';
import type { CommentId, SiteId } from '../platform/ids.js';
import { Secrets } from '../platform/signing/secrets.js';
import { sealToken } from '../platform/signing/signed-token.js';
import { makeReceipt, openReceipt } from './receipt.js';

const secrets = new Secrets(Buffer.from('a secret of at least sixteen bytes'));
const someId = fc.uuid();

describe('a receipt', () => {
  it('names its site and its comment', () => {
    fc.assert(
      fc.property(someId, someId, (site, comment) => {
        const receipt = makeReceipt(secrets, site as SiteId, comment as CommentId);
        expect(openReceipt(secrets, receipt)).toEqual({ site, comment });
      }),
    );
  });

  it('is the same each time, so that a replay gives the same one', () => {
    const make = (): string => makeReceipt(secrets, 'a'.repeat(32) as SiteId, 'b'.repeat(32) as CommentId);
    expect(make()).toBe(make());
  });

  it('can stand in an address as it is', () => {
    fc.assert(
      fc.property(someId, someId, (site, comment) => {
        expect(makeReceipt(secrets, site as SiteId, comment as CommentId)).toMatch(/^[A-Za-z0-9_-]{64}$/);
      }),
    );
  });

  it('cannot be made of another signed word of the service', () => {
    expect(openReceipt(secrets, sealToken(secrets, 'cursor', Buffer.alloc(32)))).toBeNull();
    expect(openReceipt(secrets, sealToken(secrets, 'receipt', Buffer.alloc(31)))).toBeNull();
  });

  it('is worth nothing under another secret', () => {
    const receipt = makeReceipt(secrets, 'a'.repeat(32) as SiteId, 'b'.repeat(32) as CommentId);
    expect(openReceipt(new Secrets(Buffer.from('another secret of some bytes')), receipt)).toBeNull();
  });
});
