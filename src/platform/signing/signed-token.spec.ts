import fc from 'fast-check';
import { Secrets } from './secrets.js';
import { openToken, sealToken } from './signed-token.js';

const secrets = new Secrets(Buffer.from('a secret of at least sixteen bytes'));
const someData = fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Buffer.from(bytes));

describe('a signed token', () => {
  it('gives back what was sealed', () => {
    fc.assert(
      fc.property(someData, (data) => {
        expect(openToken(secrets, 'receipt', sealToken(secrets, 'receipt', data))).toEqual(data);
      }),
    );
  });

  it('opens nothing when any one of its bits was flipped', () => {
    fc.assert(
      fc.property(someData, (data) => {
        const bytes = Buffer.from(sealToken(secrets, 'receipt', data), 'base64url');
        for (let bit = 0; bit < bytes.length * 8; bit++) {
          const forged = Buffer.from(bytes);
          forged.writeUInt8(forged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
          expect(openToken(secrets, 'receipt', forged.toString('base64url'))).toBeNull();
        }
      }),
      { numRuns: 20 },
    );
  });

  it('opens nothing when any one of its characters was changed, cut off or added', () => {
    const token = sealToken(secrets, 'receipt', Buffer.from('x'));
    for (let at = 0; at < token.length; at++) {
      for (const other of ['A', 'b', '-', '=', '+', '/', ' ', '\n', 'é', '']) {
        const forged = token.slice(0, at) + other + token.slice(at + 1);
        if (forged !== token) expect(openToken(secrets, 'receipt', forged)).toBeNull();
      }
    }
    for (const end of ['=', 'A', '\n', '%00', '.']) expect(openToken(secrets, 'receipt', token + end)).toBeNull();
  });

  it('never passes for another purpose, nor for another secret', () => {
    const token = sealToken(secrets, 'receipt', Buffer.from('x'));
    expect(openToken(secrets, 'form-token', token)).toBeNull();
    expect(openToken(new Secrets(Buffer.from('another secret of some bytes')), 'receipt', token)).toBeNull();
  });

  it.each(['', 'A', 'AAAA', 'not a token', '\u0000', 'A'.repeat(100_000)])('opens nothing for %j', (text) => {
    expect(openToken(secrets, 'receipt', text)).toBeNull();
  });
});
