import type { Check } from '../check.js';
import { count } from '../wording.js';

/**
 * Inside a word an invisible character serves only to break it for a filter, and is held by itself. A soft hyphen
 * comes along with text copied from a newspaper and says next to nothing, unless it cuts single letters apart.
 */
const DEFAULTS = { hidden: 3.2, softHyphen: 0.3 };

// Both neighbours must be of a script that needs no joiner and parts its words with spaces or not at all: Arabic,
// Persian, the Indic scripts, Thai and Khmer use these characters to be written properly, and emoji to be joined.
const PLAIN = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Georgian', 'Han', 'Hiragana', 'Katakana']
  .map((script) => `\\p{Script=${script}}`)
  .join('');
const FILLERS = String.raw`\u115f\u1160\u3164\uffa0`;
const FORMAT = String.raw`\u180e\u200b-\u200d\u2060-\u2064\ufeff\u{e0000}-\u{e007f}`;
const VARIATION = String.raw`\u034f\ufe00-\ufe0f`;
const HIDDEN_IN_WORD = new RegExp(`(?<=[${PLAIN}])[${FILLERS}${FORMAT}${VARIATION}]+(?=[${PLAIN}])`, 'gu');
// Russian hyphenation leaves one letter alone here and there, but never two in a row.
const CUT_LETTERS = /\u00ad\p{L}\u00ad\p{L}\u00ad/u;

/** Recognises characters that cannot be seen inside the words of the comment and of the name. */
export function invisibleCharacters(options: Partial<typeof DEFAULTS> = {}): Check {
  const { hidden, softHyphen } = { ...DEFAULTS, ...options };
  return ({ comment }, { isAscii }) => {
    if (isAscii) return [];
    const text = `${comment.authorName}\n${comment.body}`;
    const cuts = (text.match(HIDDEN_IN_WORD)?.length ?? 0) + (CUT_LETTERS.test(text) ? 1 : 0);
    if (cuts > 0) {
      const why = `invisible characters are hidden inside words, in ${count(cuts, 'place')}`;
      return [{ name: 'invisible-characters', weight: hidden, why }];
    }
    if (!text.includes('\u00ad')) return [];
    return [{ name: 'soft-hyphens', weight: softHyphen, why: 'invisible soft hyphens, as copied from a printed page' }];
  };
}
