import type { Check } from '../check.js';
import { count } from '../wording.js';

/**
 * A link with nothing said about it. The weight falls from `most` at no word to zero at `enough` words for each link:
 * with what the content says a bare link is then held, and one sentence about it is enough to let it through.
 */
const DEFAULTS = { most: 2.1, enough: 10 };

/** Compares the links of a comment with the words around them. */
export function linkShare(options: Partial<typeof DEFAULTS> = {}): Check {
  const { most, enough } = { ...DEFAULTS, ...options };
  return (_evidence, reading) => {
    const { links } = reading;
    if (links.length === 0) return [];
    const { wordCount } = reading;
    const wordsForEach = wordCount / links.length;
    if (wordsForEach >= enough) return [];
    const why =
      wordCount === 0
        ? 'nothing but links'
        : `little is said beside the links: ${count(wordCount, 'word')} for ${count(links.length, 'link')}`;
    return [{ name: 'link-share', weight: most * (1 - wordsForEach / enough), why }];
  };
}
