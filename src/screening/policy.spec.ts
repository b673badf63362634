import { MODERATION_POLICIES } from '../sites/site-settings.js';
import { placeByPolicy } from './policy.js';

/* The policies of the product's description, typed by hand: where ham of a stranger, ham of a known author, unsure go. */
const TABLE = [
  ['all', 'pending', 'pending', 'pending'],
  ['new-authors', 'pending', 'out', 'pending'],
  ['unsure', 'out', 'out', 'pending'],
  ['none', 'out', 'out', 'out'],
] as const;

describe('placeByPolicy', () => {
  it('knows every policy there is', () => {
    expect(TABLE.map(([policy]) => policy)).toEqual([...MODERATION_POLICIES]);
  });

  describe.each([true, false])('with publishOnApproval %s', (publishOnApproval) => {
    const out = publishOnApproval ? 'published' : 'approved';
    const where = (expected: string): string => (expected === 'out' ? out : expected);

    it.each(TABLE)('%s: stranger %s, known author %s, unsure %s', (moderation, stranger, known, unsure) => {
      const settings = { moderation, publishOnApproval };
      expect(placeByPolicy('ham', false, settings).to).toBe(where(stranger));
      expect(placeByPolicy('ham', true, settings).to).toBe(where(known));
      expect(placeByPolicy('unsure', false, settings).to).toBe(where(unsure));
      expect(placeByPolicy('unsure', true, settings).to).toBe(where(unsure));
    });

    it.each(TABLE)('%s puts spam away, of a known author too', (moderation) => {
      expect(placeByPolicy('spam', true, { moderation, publishOnApproval }).to).toBe('spam');
      expect(placeByPolicy('spam', false, { moderation, publishOnApproval }).to).toBe('spam');
    });
  });

  it('says why in a sentence', () => {
    for (const moderation of MODERATION_POLICIES) {
      for (const label of ['ham', 'unsure', 'spam'] as const) {
        const { reason } = placeByPolicy(label, false, { moderation, publishOnApproval: true });
        expect(reason).toMatch(/^[A-Z].+\.$/);
      }
    }
  });
});
