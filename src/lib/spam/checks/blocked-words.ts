import type { Check } from '../check.js';
import type { CommentText } from '../evidence.js';
import { fold, spellings } from '../folding.js';
import type { Reading } from '../reading.js';
import { withTerms } from '../signal-terms.js';
import { isWordEdge } from '../word-edges.js';
import { quote } from '../wording.js';

/**
 * The owner has said that such comments need a look, so one word holds the comment whatever the sum is (ruling.ts). A
 * word has more meanings than its owner thought of, so it only tips the balance between that and putting away.
 */
const DEFAULTS = { first: 2.5, further: 1, most: 4.5 };

/** Looks for the site's blocked words in the comment and in the author's name, e-mail address and URL. */
export function blockedWords(options: Partial<typeof DEFAULTS> = {}): Check {
  const { first, further, most } = { ...DEFAULTS, ...options };
  return ({ comment, facts }, reading) => {
    if (facts.blockedWords.length === 0) return [];
    const places = placesOf(comment, reading);
    const words = new Map(facts.blockedWords.map((word) => [fold(word).trim(), word]));
    words.delete('');
    let left = most;
    return [...words].flatMap(([folded, word]) => {
      const place = places.find(({ texts }) => texts.some((text) => containsWord(text, folded)));
      if (place === undefined) return [];
      const weight = Math.min(left, left === most ? first : further);
      left -= weight;
      const why = `${place.name} contains the blocked word ${quote(word)}`;
      return [{ name: 'blocked-word', weight, why, ...withTerms([reading.finder.findFolded(folded)]) }];
    });
  };
}

/** Whether the folded text holds the folded word, as a whole word where the script has words. */
function containsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (isWordEdge(text, at, word.at(0)) && isWordEdge(text, at + word.length, word.at(-1))) return true;
  }
  return false;
}

interface Place {
  readonly name: string;
  readonly texts: readonly string[];
}

function placesOf(comment: CommentText, { foldedBody }: Reading): readonly Place[] {
  return [
    { name: 'the comment', texts: spellings(foldedBody) },
    { name: 'the author’s name', texts: spellings(fold(comment.authorName)) },
    { name: 'the author’s e-mail address', texts: [fold(comment.authorEmail)] },
    { name: 'the author’s URL', texts: [fold(comment.authorUrl ?? '')] },
  ];
}
