import { signalsOf } from '../evidence.fixture.spec-support.js';
import { authorHistory } from './author-history.js';

const weightAfter = (authorPublished: number, authorSpam: number): number =>
  signalsOf(authorHistory(), {}, { authorPublished, authorSpam }).reduce((sum, { weight }) => sum + weight, 0);

describe('authorHistory', () => {
  it('is silent about a stranger', () => {
    expect(signalsOf(authorHistory(), {})).toEqual([]);
  });

  it('speaks for an author published before, up to a limit', () => {
    expect(weightAfter(1, 0)).toBeCloseTo(-0.7);
    expect(weightAfter(3, 0)).toBeLessThan(weightAfter(1, 0));
    expect(weightAfter(1000, 0)).toBe(-2);
  });

  it('speaks against an author whose comments were spam, and gives both reasons when there are both', () => {
    expect(weightAfter(0, 1)).toBeGreaterThan(1);
    expect(weightAfter(0, 1000)).toBe(2.8);
    expect(signalsOf(authorHistory(), {}, { authorPublished: 1, authorSpam: 2 }).map(({ why }) => why)).toEqual([
      '1 earlier comment of this author is published here',
      '2 earlier comments of this author are marked as spam here',
    ]);
  });
});
