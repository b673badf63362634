import type { Check } from '../check.js';
import { disguisedWords } from '../lookalikes.js';
import { withTerms } from '../signal-terms.js';
import { quote } from '../wording.js';

/**
 * Nobody writes half a word in another alphabet's look-alikes but to slip past a filter, or by a keyboard left in the
 * wrong layout for one letter: so one word nearly holds, two do.
 */
const DEFAULTS = { first: 2.4, further: 1, most: 4.4 };

/** Recognises words spelled with look-alike letters of a second alphabet; words that are whole in one are fine. */
export function mixedScripts(options: Partial<typeof DEFAULTS> = {}): Check {
  const { first, further, most } = { ...DEFAULTS, ...options };
  return ({ comment }, { isAscii }) => {
    if (isAscii) return [];
    const inBody = new Set(disguisedWords(comment.body));
    const words = new Set([...inBody, ...disguisedWords(comment.authorName)]);
    const [example] = words;
    if (example === undefined) return [];
    const more = words.size === 1 ? '' : ` and in ${words.size - 1} more`;
    const weight = Math.min(most, first + further * (words.size - 1));
    const why = `letters of two alphabets inside the word ${quote(example)}${more}`;
    return [{ name: 'mixed-scripts', weight, why, ...withTerms([...inBody]) }];
  };
}
