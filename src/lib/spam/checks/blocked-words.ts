import type { Check } from '../check.js';
import type { CommentText } from '../evidence.js';
import { fold, spellings } from '../folding.js';
import type { Reading } from '../reading.js';
import { quote } from '../wording.js';

/**
 * The owner has said that such comments need a look: the first word holds the comment by itself. A word has more
 * meanings than its owner thought of, so it takes three to put a comment away.
 */
const DEFAULTS = { first: 4, further: 1, most: 6 };

const LETTER = /[\p{L}\p{M}\p{N}]/u;
// Scripts that do not part words, and Hangul, which glues particles to them: there a word is found anywhere.
const UNPARTED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

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
      return [{ name: 'blocked-word', weight, why: `${place.name} contains the blocked word ${quote(word)}` }];
    });
  };
}

/** Whether the folded text holds the folded word, as a whole word where the script has words. */
function containsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (isEdge(text, at, word.at(0)) && isEdge(text, at + word.length, word.at(-1))) return true;
  }
  return false;
}

/** Whether a match may begin or end before text[at]; a word that ends in no letter ("$$$") may do so anywhere. */
function isEdge(text: string, at: number, inner: string | undefined): boolean {
  if (inner === undefined || !LETTER.test(inner) || UNPARTED.test(inner)) return true;
  return !(LETTER.test(text.charAt(at - 1)) && LETTER.test(text.charAt(at)));
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
