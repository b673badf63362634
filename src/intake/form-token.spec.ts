import { newId, type SiteId } from '../platform/ids.js';
import { Secrets } from '../platform/signing/secrets.js';
import { asksNoProof, makeFormToken, secondsSinceForm } from './form-token.js';

const secrets = new Secrets(Buffer.from('a secret of at least sixteen bytes'));
const site = newId<SiteId>();
const made = new Date('2026-11-22T12:00:00.000Z');
const token = makeFormToken(secrets, site, '/post', made);
const after = (ms: number): Date => new Date(made.getTime() + ms);
const seconds = (ms: number): number | null => secondsSinceForm(secrets, token, site, '/post', after(ms));

describe('a form token', () => {
  it.each([
    [0, 0],
    [999, 0],
    [1_000, 1],
    [90_500, 90],
    [86_400_000, 86_400],
  ])('says after %i ms that %i seconds have passed', (ms, expected) => {
    expect(seconds(ms)).toBe(expected);
  });

  it('says nothing after a day', () => {
    expect(seconds(86_400_001)).toBeNull();
  });

  it('says nothing when it comes from far in the future', () => {
    expect(seconds(-3_600_000)).toBeNull();
  });

  it('forgives the clocks of two machines a second', () => {
    expect(seconds(-500)).toBe(0);
  });

  it('belongs to one article of one site', () => {
    expect(secondsSinceForm(secrets, token, site, '/other', after(1))).toBeNull();
    expect(secondsSinceForm(secrets, token, newId<SiteId>(), '/post', after(1))).toBeNull();
  });

  it('tells for two minutes that its form asked for no proof of work, if it did not', () => {
    const spares = (text: string, ms: number): boolean => asksNoProof(secrets, text, site, '/post', after(ms));
    const asking = makeFormToken(secrets, site, '/post', made, true);
    expect([spares(token, 120_000), spares(token, 120_001), spares(asking, 1)]).toEqual([true, false, false]);
    expect(secondsSinceForm(secrets, asking, site, '/post', after(5_000))).toBe(5);
  });

  it.each(['', 'x', 'A'.repeat(54), '0'])('is not %j', (text) => {
    expect(secondsSinceForm(secrets, text, site, '/post', made)).toBeNull();
  });
});
