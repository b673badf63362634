import { RULE_ACTIONS, type RuleAction } from '../lib/spam/rules/rule.js';
import type { Label } from '../lib/spam/verdict.js';
import { MODERATION_POLICIES, type ModerationPolicy } from '../sites/site-settings.js';
import { placeByPolicy, type Placement } from './policy.js';

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

  describe('a rule of the owner', () => {
    const at = (moderation: ModerationPolicy, label: Label, ruling: RuleAction): Placement =>
      placeByPolicy(label, false, { moderation, publishOnApproval: true }, ruling);

    it.each(MODERATION_POLICIES)('that holds holds under %s', (moderation) => {
      expect(at(moderation, 'unsure', 'hold')).toMatchObject({
        to: 'pending',
        reason: expect.stringContaining('rule') as string,
      });
      expect(at(moderation, 'spam', 'hold').to).toBe('spam');
    });

    it.each(MODERATION_POLICIES)('that puts away is the reason under %s', (moderation) => {
      expect(at(moderation, 'spam', 'spam')).toMatchObject({
        to: 'spam',
        reason: expect.stringContaining('rule') as string,
      });
    });

    it('that allows lets a new author out, but not where a person reads every comment', () => {
      expect(MODERATION_POLICIES.map((moderation) => at(moderation, 'ham', 'allow').to)).toEqual([
        'pending',
        'published',
        'published',
        'published',
      ]);
      expect(at('new-authors', 'ham', 'allow').reason).toMatch(/rule/);
    });
  });

  it('says why in a sentence', () => {
    for (const moderation of MODERATION_POLICIES) {
      for (const label of ['ham', 'unsure', 'spam'] as const) {
        for (const ruling of [null, ...RULE_ACTIONS]) {
          const { reason } = placeByPolicy(label, false, { moderation, publishOnApproval: true }, ruling);
          expect(reason).toMatch(/^[A-Z].+\.$/);
        }
      }
    }
  });
});
