import { signalsOf } from '../evidence.fixture.spec-support.js';
import type { CommentText } from '../evidence.js';
import { blockedWords } from './blocked-words.js';

const reasonsFor = (blocked: readonly string[], comment: Partial<CommentText>): readonly string[] =>
  signalsOf(blockedWords(), comment, { blockedWords: blocked }).map(({ why }) => why);
const isFound = (word: string, body: string): boolean => reasonsFor([word], { body }).length > 0;

describe('blockedWords', () => {
  it('names the word and the place', () => {
    expect(reasonsFor(['Casino'], { body: 'Best CASINO here' })).toEqual([
      'the comment contains the blocked word “Casino”',
    ]);
    expect(reasonsFor(['casino'], { authorName: 'Casino Joe' })[0]).toMatch(/^the author’s name contains/);
    expect(reasonsFor(['spam.example'], { authorEmail: 'a@spam.example' })[0]).toMatch(/^the author’s e-mail address/);
    expect(reasonsFor(['casino'], { authorUrl: 'https://best-casino.example' })[0]).toMatch(/^the author’s URL/);
  });

  it('finds whole words only, where a script has words', () => {
    expect(isFound('press', 'she expressed it')).toBe(false);
    expect(isFound('press', 'the press, again')).toBe(true);
    expect(isFound('ставки', 'доставкипо')).toBe(false);
    expect(isFound('ставки', 'Ставки!')).toBe(true);
    expect(isFound('schon', 'schon1')).toBe(false);
  });

  it('finds a word anywhere in scripts that do not part words', () => {
    expect(isFound('赌场', '最好的赌场在这里')).toBe(true);
    expect(isFound('คาสิโน', 'เล่นคาสิโนออนไลน์')).toBe(true);
    expect(isFound('카지노', '카지노에서')).toBe(true);
  });

  it.each(['c-a-s-i-n-o', 'c a s i n o', 'ca\u200bsino', 'сasinо', '𝐜𝐚𝐬𝐢𝐧𝐨', 'ｃａｓｉｎｏ', 'c4s1n0', 'cásino'])(
    'sees through %j',
    (disguised) => {
      expect(isFound('casino', `the ${disguised} again`)).toBe(true);
    },
  );

  it('takes phrases and signs as plain text', () => {
    expect(isFound('buy now', 'Buy\n now!')).toBe(true);
    expect(isFound('$$$', 'win $$$$ today')).toBe(true);
    expect(isFound('a.*b', 'axxb')).toBe(false);
    expect(isFound('a.*b', 'x a.*b y')).toBe(true);
    expect(isFound('', 'anything')).toBe(false);
    expect(isFound(' \u200b ', 'anything')).toBe(false);
  });

  it('keeps an accent that the owner wrote', () => {
    expect(isFound('schön', 'das ist schon gut')).toBe(false);
    expect(isFound('schön', 'das ist SCHÖN')).toBe(true);
  });

  it('holds at the first word and stops adding at the limit', () => {
    const words = ['one', 'two', 'three', 'four', 'five'];
    const signals = signalsOf(blockedWords(), { body: words.join(' ') }, { blockedWords: words });
    expect(signals.map(({ weight }) => weight)).toEqual([2.5, 1, 1, 0, 0]);
  });

  it('counts a word that is listed twice once', () => {
    expect(reasonsFor(['casino', 'CASINO '], { body: 'casino' })).toHaveLength(1);
  });
});
