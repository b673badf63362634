import { plainEvidence, signalsOf } from '../evidence.fixture.spec-support.js';
import { judge } from '../judge.js';
import type { Signal } from '../verdict.js';
import { submissionRate } from './submission-rate.js';

const after = (authorRecent: number, networkRecent: number): readonly Signal[] =>
  signalsOf(submissionRate(), {}, { authorRecent, networkRecent });

describe('submissionRate', () => {
  it('leaves a lively talk and a class at its school alone', () => {
    expect([after(0, 0), after(3, 10)]).toEqual([[], []]);
  });

  it('says how many there were', () => {
    expect(after(6, 20)).toEqual([
      {
        name: 'author-rate',
        weight: expect.closeTo(0.8) as number,
        why: 'this author sent 6 other comments here in the 10 minutes before',
      },
      {
        name: 'network-rate',
        weight: expect.closeTo(0.4) as number,
        why: '20 comments of others came from this network in the 10 minutes before',
      },
    ]);
  });

  it('has a limit, and holds nobody by itself', () => {
    expect(after(100, 100).map(({ weight }) => weight)).toEqual([2, 1]);
    expect(judge(plainEvidence({}, { authorRecent: 100 })).label).toBe('ham');
    expect(judge(plainEvidence({}, { networkRecent: 100 })).label).toBe('ham');
  });
});
