import { plainEvidence, signalsOf } from '../evidence.fixture.spec-support.js';
import { judge } from '../judge.js';
import type { Label } from '../verdict.js';
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

  it('weighs a second click little, and many copies no more than a few', () => {
    expect(weightAfter(1)).toBe(2.5);
    expect(weightAfter(3)).toBe(5);
    expect(weightAfter(7)).toBe(5.2);
    expect(weightAfter(100_000)).toBe(5.2);
  });

  it.each([
    'We all want the bench at the pond back, and soon.',
    'I signed this because the pond belongs to everybody in town.',
    'Great article, thank you for writing it.',
    'Когда починят мост? Мы ждём уже третий месяц.',
  ])(
    'lets a second click of %j pass, holds the fourth of a wave, and never puts it away for repeating alone',
    (body) => {
      const labelAfter = (copies: number): Label =>
        judge(plainEvidence({ body }, { recentCopies: copies, nearCopies: copies })).label;
      expect([0, 1, 3, 1_000_000].map(labelAfter)).toEqual(['ham', 'ham', 'unsure', 'unsure']);
    },
  );

  it('lets short texts repeat, whatever surrounds them', () => {
    for (const body of ['thanks!', '+1', '👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍', '谢谢你们']) {
      expect(signalsOf(recentCopies(), { body }, { recentCopies: 9 })).toEqual([]);
    }
  });

  it('takes a letter of Chinese for two', () => {
    expect(signalsOf(recentCopies(), { body: '这个网站可以赚很多钱' }, { recentCopies: 9 })).toHaveLength(1);
  });
});
