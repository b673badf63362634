import { plainEvidence, signalsOf } from '../evidence.fixture.spec-support.js';
import { judge } from '../judge.js';
import type { Signal } from '../verdict.js';
import { networkHistory } from './network-history.js';

const after = (networkSpam: number, networkHam: number): readonly Signal[] =>
  signalsOf(networkHistory(), {}, { networkSpam, networkHam });
const weightAfter = (spam: number, ham: number): number => after(spam, ham)[0]?.weight ?? 0;

describe('networkHistory', () => {
  it('is silent about a network of which nothing is known, and about one that is as good as bad', () => {
    expect([after(0, 0), after(7, 7)]).toEqual([[], []]);
  });

  it('says both counts', () => {
    expect(after(3, 1)).toEqual([
      {
        name: 'network-spam',
        weight: expect.closeTo(0.35) as number,
        why: 'of this network’s comments in the last 7 days, 3 were marked as spam here and 1 accepted',
      },
    ]);
    expect(after(0, 3)[0]?.name).toBe('network-ham');
  });

  it('grows with spam, shrinks with ham, and has a limit on both sides', () => {
    expect(weightAfter(1, 0)).toBeCloseTo(0.35);
    expect(weightAfter(9, 0)).toBeGreaterThan(weightAfter(3, 0));
    expect(weightAfter(9, 3)).toBeLessThan(weightAfter(9, 0));
    expect(weightAfter(100, 0)).toBe(1.5);
    expect(weightAfter(0, 100)).toBe(-0.4);
  });

  it('holds nobody for their neighbours alone', () => {
    expect(judge(plainEvidence({}, { networkSpam: 100 })).label).toBe('ham');
  });
});
