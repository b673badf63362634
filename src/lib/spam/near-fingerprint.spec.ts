import fc from 'fast-check';
import { BANDS, isNear, likeness, nearFingerprint, type NearFingerprint } from './near-fingerprint.js';

const SPAM = 'Hello Anna, I earn 500 dollars a day from home, you find all about it on http://quick.example/a now';

function near(text: string): NearFingerprint {
  const print = nearFingerprint(text);
  if (!print) throw new Error(`Too short: ${text}`);
  return print;
}

describe('nearFingerprint', () => {
  it.each([
    [
      'numbers',
      'Hello Anna, I earn 7,250 dollars a day from home, you find all about it on http://quick.example/a now',
    ],
    [
      'the link',
      'Hello Anna, I earn 500 dollars a day from home, you find all about it on www.other-host.com/x?y=1 now',
    ],
    ['case', SPAM.toUpperCase().replace('HTTP://QUICK.EXAMPLE/A', 'http://quick.example/a')],
    ['punctuation and emoji', '🔥 ' + SPAM.replaceAll(',', '!!!') + ' 🔥'],
    ['spacing', SPAM.replace('home', 'h o m e').replace('dollars', 'dol\u200blars')],
    ['accents', SPAM.replace('about', 'àbóut')],
    ['look-alike letters', SPAM.replace('dollars', 'dоllаrs')],
    ['fancy letters', SPAM.replace('earn', '𝐞𝐚𝐫𝐧').replace('home', 'ｈｏｍｅ')],
    ['drawn-out letters', SPAM.replace('now', 'nowwwwww')],
    ['a mention', '@bob_1 ' + SPAM],
  ])('is the same for copies that differ in %s', (_what, text) => {
    expect(likeness(near(text), near(SPAM))).toBe(32);
  });

  it.each([
    ['a name', SPAM.replace('Anna', 'Maximilian')],
    ['a word', SPAM.replace('home', 'the beach')],
    ['two words', SPAM.replace('home', 'the beach').replace('day', 'week')],
    ['a beginning', `Hi everybody! ${SPAM}`],
    ['an end', `${SPAM} and thank me later`],
  ])('is near for copies that differ in %s', (_what, text) => {
    expect(isNear(near(text), near(SPAM))).toBe(true);
  });

  it.each([
    'The second photograph is the better one, although I like the light in the first of them too.',
    'Hello Anna, I read your article twice and still do not see why the garden has to be watered at noon.',
    'I work from home too, and 500 words a day is all I manage; you find that hard to believe, I know.',
  ])('is far for another text: %s', (text) => {
    expect(isNear(near(text), near(SPAM))).toBe(false);
  });

  it('is none for what honest people say alike', () => {
    const short = [
      'thanks!',
      '+1',
      '👍'.repeat(80),
      'Great post, thank you so much!',
      'lol'.padEnd(90, 'o'),
      '谢谢你的文章，写得真好',
    ];
    expect(short.map(nearFingerprint)).toEqual(short.map(() => null));
  });

  it('is none for links alone, however long they are', () => {
    expect(
      nearFingerprint(`https://quick.example/${'path/'.repeat(40)} http://other.example/with-many-words`),
    ).toBeNull();
  });

  it('takes a letter of Chinese for two, and finds a changed word there', () => {
    const text = '加我微信领取免费股票推荐，每天稳赚不赔，名额有限速来';
    expect(isNear(near(text), near(text.replace('股票', '基金')))).toBe(true);
    expect(isNear(near(text), near('这篇文章写得非常好，我完全同意作者关于城市花园的看法'))).toBe(false);
  });

  it('stays the same from release to release, because it is stored', () => {
    expect(near(SPAM).slice(0, BANDS)).toEqual([-275050904, 1943412927, 1852346429, 966702699, 1221339351, 928139906]);
  });

  it('is sixteen numbers that fit an integer column, or none, for any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const print = nearFingerprint(text);
        expect(print === null || (print.length === 16 && print.every((number) => (number | 0) === number))).toBe(true);
      }),
    );
  });

  it('is blind to digits, wherever they stand', () => {
    const digits = fc.array(fc.nat({ max: SPAM.length }), { maxLength: 20 });
    fc.assert(
      fc.property(digits, (places) => {
        // Not in the link, which would end before them.
        const text = 'I earn a lot of dollars every day from home and so can you, dear friend';
        const dotted = places.reduce((so, place) => so.slice(0, place) + String(place % 10) + so.slice(place), text);
        expect(near(dotted)).toEqual(near(text));
      }),
    );
  });
});

describe('likeness', () => {
  const print = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: 16, maxLength: 16 });

  it('is the same both ways, and whole with itself', () => {
    fc.assert(
      fc.property(print, print, (one, other) => {
        expect(likeness(one, other)).toBe(likeness(other, one));
        expect(likeness(one, one)).toBe(32);
      }),
    );
  });

  it('counts each half of a number by itself', () => {
    const zero = Array<number>(16).fill(0);
    expect(likeness(zero, [0x00010000, 0x00000001, -1, ...Array<number>(13).fill(0)])).toBe(28);
  });
});
