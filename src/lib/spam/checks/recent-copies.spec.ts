import { signalsOf } from '../evidence.fixture.spec-support.js';
import { recentCopies } from './recent-copies.js';

const weightAfter = (copies: number): number => signalsOf(recentCopies(), {}, { recentCopies: copies })[0]?.weight ?? 0;

describe('recentCopies', () => {
  it('says how many copies there were', () => {
    const whyAfter = (copies: number): string | undefined =>
      signalsOf(recentCopies(), {}, { recentCopies: copies })[0]?.why;
    expect(whyAfter(0)).toBeUndefined();
    expect(whyAfter(1)).toBe('this text was posted here 1 time before in the last 24 hours');
    expect(whyAfter(4)).toBe('this text was posted here 4 times before in the last 24 hours');
  });

  it('forgives a second click, holds after three copies, and never calls repeating alone spam', () => {
    expect(weightAfter(1)).toBe(2.5);
    expect(weightAfter(3)).toBe(5);
    expect(weightAfter(7)).toBe(6);
    expect(weightAfter(100_000)).toBe(6);
  });

  it('lets short texts repeat, whatever surrounds them', () => {
    for (const body of ['thanks!', '+1', '👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍', '谢谢你们']) {
      expect(signalsOf(recentCopies(), { body }, { recentCopies: 9 })).toEqual([]);
    }
  });

  it('takes a letter of Chinese for two', () => {
    expect(signalsOf(recentCopies(), { body: '这个网站可以赚很多钱' }, { recentCopies: 9 })).toHaveLength(1);
  });
});
