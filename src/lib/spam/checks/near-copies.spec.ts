import type { Facts } from '../evidence.js';
import { plainEvidence, signalsOf } from '../evidence.fixture.spec-support.js';
import { judge } from '../judge.js';
import type { Label } from '../verdict.js';
import { nearCopies } from './near-copies.js';
import { recentCopies } from './recent-copies.js';

const weighed = (near: number, exact = 0): number =>
  signalsOf(nearCopies(), {}, { nearCopies: near, recentCopies: exact })[0]?.weight ?? 0;
const WITH_LINK =
  'I compared both, and the second photograph at https://pictures.com/second is the better one, although I like the light in the first of them too.';

/** What becomes of an ordinary comment of which this is known, too. */
const labelWith = (facts: Partial<Facts>): Label => judge(plainEvidence({}, facts)).label;

describe('nearCopies', () => {
  it('says how many came before, and how many were taken for spam', () => {
    const whyOf = (facts: Partial<Facts>): string | undefined => signalsOf(nearCopies(), {}, facts)[0]?.why;
    expect(whyOf({ nearCopies: 1 })).toBe('1 near-identical comment came here before in the last 24 hours');
    expect(whyOf({ nearCopies: 12 })).toBe('12 near-identical comments came here before in the last 24 hours');
    expect(whyOf({ spamCopies: 1 })).toBe('1 near-identical comment here was put away as spam by a person');
    expect(whyOf({ spamCopies: 3 })).toBe('3 near-identical comments here were put away as spam by a person');
  });

  it('says nothing of a comment without kin', () => {
    expect(signalsOf(nearCopies(), {})).toEqual([]);
  });

  it('holds the seventh of a wave, and never calls a wave spam, however fast it comes', () => {
    expect(labelWith({ nearCopies: 3 })).toBe('ham');
    expect(labelWith({ nearCopies: 6 })).toBe('unsure');
    expect(labelWith({ nearCopies: 1_000_000, networkRecent: 1_000_000 })).toBe('unsure');
  });

  it('leaves exact copies to the check of exact copies, so that nothing counts twice', () => {
    expect(weighed(3, 3)).toBe(0);
    for (const [near, exact] of [
      [9, 1],
      [100, 7],
      [5, 0],
    ] as const) {
      const exactly = signalsOf(recentCopies(), {}, { recentCopies: exact })[0]?.weight ?? 0;
      expect(exactly + weighed(near, exact)).toBeCloseTo(Math.max(exactly, weighed(near)));
    }
  });

  it('takes the heaviest of wave, exact copies and spam, and no sum of them', () => {
    const sum = (facts: Partial<Facts>): number =>
      [...signalsOf(nearCopies(), {}, facts), ...signalsOf(recentCopies(), {}, facts)].reduce(
        (so, { weight }) => so + weight,
        0,
      );
    expect(sum({ nearCopies: 100, recentCopies: 2, spamCopies: 1 })).toBeCloseTo(5);
    expect(sum({ nearCopies: 1, recentCopies: 1, spamCopies: 4 })).toBeCloseTo(3.7);
    expect(sum({ nearCopies: 100, recentCopies: 100, spamCopies: 100 })).toBeCloseTo(6);
  });

  it('tells every reason, also one that weighs nothing any more', () => {
    const signals = signalsOf(nearCopies(), {}, { nearCopies: 4, recentCopies: 3, spamCopies: 9 });
    expect(signals.map(({ name }) => name)).toEqual(['near-copies', 'copies-of-spam']);
  });

  it('holds the next copy of what a person here took for spam, and puts none away alone', () => {
    expect(labelWith({ spamCopies: 1 })).toBe('unsure');
    expect(judge(plainEvidence({ body: WITH_LINK }, { spamCopies: 1, nearCopies: 1 })).label).toBe('unsure');
    expect(labelWith({ spamCopies: 1_000_000, nearCopies: 1_000_000 })).toBe('unsure');
  });
});
