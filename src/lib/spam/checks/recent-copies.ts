import type { Check } from '../check.js';
import { essenceOf } from '../fingerprint.js';
import { count } from '../wording.js';

/**
 * One copy is a second click on the button; each doubling adds `perDoubling`, and from the fourth on the wave is held
 * whatever the sum (near-copies.ts, ruling.ts). However many there are, repeating alone does not put an ordinary comment
 * away (near -3.7; 1.57 does): a campaign of readers who all send the same sentence is a person's to judge, and any other
 * sign puts the flood away. Below `shortest` letters honest people repeat each other ("thanks!", "+1"), and a letter of
 * Chinese, Japanese or Korean says as much as two.
 */
const DEFAULTS = { perDoubling: 2.5, most: 5.2, shortest: 16 };

const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** Weighs how often the same text came to this site in the last 24 hours. */
export function recentCopies(options: Partial<typeof DEFAULTS> = {}): Check {
  return ({ comment, facts }) => {
    const weight = weightOfCopies(comment.body, facts.recentCopies, options);
    if (weight === 0) return [];
    const why = `this text was posted here ${count(facts.recentCopies, 'time')} before in the last 24 hours`;
    return [{ name: 'recent-copies', weight, why }];
  };
}

/** How much so many copies of a text weigh. */
export function weightOfCopies(body: string, copies: number, options: Partial<typeof DEFAULTS> = {}): number {
  const { perDoubling, most, shortest } = { ...DEFAULTS, ...options };
  if (!(copies > 0) || lengthOf(body) < shortest) return 0;
  return Math.min(most, perDoubling * Math.log2(1 + copies));
}

function lengthOf(body: string): number {
  const essence = essenceOf(body);
  return essence.length + (essence.match(DENSE)?.length ?? 0);
}
