import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { DEFAULT_THRESHOLDS } from '../verdict.js';
import { sigmoid } from './arithmetic.js';
import { explain, priorOf } from './explain.js';
import { scoreComment } from './filter.js';
import { readComment } from './read-features.js';
import { starterFilter } from './starter.js';

const VECTORS = new URL('../../../../../shared/vectors/strings/', import.meta.url);
const scoreOf = (text: string): number => scoreComment(starterFilter(), readComment(text)).score;
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc
    .array(
      fc.constantFrom('\ud800', '\udc00', '\0', '\u200b', 'http://', 's l o t', '𝐒', 'а', 'a', '! ', '漢', '🇸', '9'),
    )
    .map((parts) => parts.join('')),
);

describe('the filter that comes along', () => {
  it('gives every string a finite score, whatever was scored before', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        const first = scoreOf(one);
        scoreOf(other);
        expect(Number.isFinite(first)).toBe(true);
        expect(scoreOf(one)).toBe(first);
      }),
    );
  });

  it('tells what moved the score in contributions that add up to it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const reading = readComment(text);
        const scored = scoreComment(starterFilter(), reading);
        const { prior, contributions } = explain(starterFilter(), reading, scored);
        expect(contributions.reduce((sum, { weight }) => sum + weight, prior)).toBeCloseTo(scored.score, 8);
      }),
    );
  });

  const present = existsSync(VECTORS) ? readdirSync(VECTORS).filter((name) => !name.endsWith('.md')) : [];
  if (present.length === 0)
    console.warn(`SKIPPED: strings nobody here wrote, because there are none in ${VECTORS.pathname}`);
  (present.length === 0 ? it.skip : it)('scores every line of the strings that break things', () => {
    for (const name of present) {
      for (const line of readFileSync(new URL(name, VECTORS), 'utf8').split('\n')) {
        expect(Number.isFinite(scoreOf(line))).toBe(true);
      }
    }
  });

  it('has the same bits on every machine', () => {
    expect(
      ['Check out my channel and subscribe', 'Thank you, that helped me a lot.', 'Привет, как дела?'].map(scoreOf),
    ).toEqual([23.664567395531968, -2.895722012315165, -5.644989082651388]);
  });

  it('has the limits that are the default of a site', () => {
    const { hold, spam } = starterFilter().thresholds;
    expect(sigmoid(hold)).toBeCloseTo(DEFAULT_THRESHOLDS.hold, 2);
    expect(sigmoid(spam)).toBeCloseTo(DEFAULT_THRESHOLDS.spam, 2);
    expect(priorOf(starterFilter())).toBeLessThan(-2);
  });

  it.each([
    ['Thai', 'ขอบคุณมากครับ บทความนี้มีประโยชน์มากจริงๆ'],
    ['Arabic', 'شكرا جزيلا على هذا المقال المفيد، لقد تعلمت الكثير منه'],
    ['Hindi', 'बहुत अच्छा लेख है, पढ़कर बहुत कुछ सीखने को मिला'],
    ['Turkish', 'Çok güzel bir yazı olmuş, elinize sağlık, devamını bekliyoruz'],
    ['Greek', 'Πολύ ωραίο άρθρο, έμαθα πολλά πράγματα από αυτό'],
    ['Finnish', 'Kiitos hyvästä kirjoituksesta, opin siitä todella paljon uutta'],
  ])('does no harm in %s, which it was not trained for', (_language, text) => {
    const { score, raw } = scoreComment(starterFilter(), readComment(text));
    expect(raw.trust).toBeLessThan(0.6);
    expect(score).toBeLessThan(starterFilter().thresholds.hold);
  });

  it.each([
    'c h e c k  o u t my channel and subscribe please',
    'сheсk оut my сhannеl аnd subsсribе рlеаsе',
    '𝐜𝐡𝐞𝐜𝐤 𝐨𝐮𝐭 𝐦𝐲 𝐜𝐡𝐚𝐧𝐧𝐞𝐥 𝐚𝐧𝐝 𝐬𝐮𝐛𝐬𝐜𝐫𝐢𝐛𝐞',
    'ch\u200beck o\u200but my chan\u200bnel and sub\u200bscribe please',
    'I liked the second part of this video, the music is lovely. Check out my channel and subscribe please. The first part was a little long for me, but still well done.',
  ])('sees through %j', (text) => {
    expect(scoreOf(text)).toBeGreaterThan(starterFilter().thresholds.spam);
  });
});
