import type { Facts } from '../evidence.js';
import { plainEvidence, signalsOf } from '../evidence.fixture.spec-support.js';
import { judge } from '../judge.js';
import type { Label } from '../verdict.js';
import { nearCopies } from './near-copies.js';
import { recentCopies } from './recent-copies.js';

const WITH_LINK =
  'I compared both, and the second photograph at https://pictures.com/second is the better one, although I like the light in the first of them too.';

const weighed = (near: number, exact = 0): number =>
  signalsOf(nearCopies(), {}, { nearCopies: near, recentCopies: exact })[0]?.weight ?? 0;
/** What becomes of an ordinary comment, and of one with a link, of which this is known too. */
const labelsWith = (facts: Partial<Facts>): Label[] =>
  [{}, { body: WITH_LINK }].map((comment) => judge(plainEvidence(comment, facts)).label);

describe('nearCopies', () => {
  it('says how many came before, and how many were taken for spam', () => {
    const whyOf = (facts: Partial<Facts>): string | undefined => signalsOf(nearCopies(), {}, facts)[0]?.why;
    expect(whyOf({ nearCopies: 12 })).toBe('12 near-identical comments came here before in the last 24 hours');
    expect(whyOf({ spamCopies: 1 })).toBe('1 near-identical comment here was put away as spam by a person');
    expect(whyOf({ spamCopies: 3 })).toBe('3 near-identical comments here were put away as spam by a person');
  });

  it('says nothing of two or three that are alike', () => {
    expect(signalsOf(nearCopies(), {}, { nearCopies: 2 })).toEqual([]);
    expect(labelsWith({ nearCopies: 2 })).toEqual(['ham', 'ham']);
  });

  it('holds the fourth of a wave, and puts no wave away, however fast it comes', () => {
    expect(labelsWith({ nearCopies: 3 })).toEqual(['unsure', 'unsure']);
    expect(labelsWith({ nearCopies: 1_000_000, networkRecent: 1_000_000 })).toEqual(['unsure', 'unsure']);
  });

  it('leaves exact copies to the check of exact copies, so that nothing counts twice', () => {
    expect(signalsOf(nearCopies(), {}, { nearCopies: 3, recentCopies: 3 })).toMatchObject([{ weight: 0 }]);
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
    expect(sum({ nearCopies: 100 })).toBeCloseTo(1.7);
    expect(sum({ nearCopies: 100, spamCopies: 1 })).toBeCloseTo(2.5);
    expect(sum({ nearCopies: 3, recentCopies: 1, spamCopies: 4 })).toBeCloseTo(3.7);
    expect(sum({ nearCopies: 100, recentCopies: 100, spamCopies: 100 })).toBeCloseTo(6);
  });

  it('tells every reason, also one that weighs nothing any more', () => {
    const signals = signalsOf(nearCopies(), {}, { nearCopies: 4, recentCopies: 3, spamCopies: 9 });
    expect(signals.map(({ name }) => name)).toEqual(['near-copies', 'copies-of-spam']);
  });

  it('holds the next copy of what a person here took for spam, and puts it away after many such only', () => {
    expect(labelsWith({ spamCopies: 1, nearCopies: 1 })).toEqual(['unsure', 'unsure']);
    expect(labelsWith({ spamCopies: 2, nearCopies: 2 })[0]).toBe('unsure');
    expect(labelsWith({ spamCopies: 500, nearCopies: 500 })).toEqual(['spam', 'spam']);
  });
});
