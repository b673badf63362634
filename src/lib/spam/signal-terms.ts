// The words that a signal speaks of, as they stand in the comment's text, so that a page can mark them there. It finds what
// a check has found already, and judges nothing.
import { fold, spellings } from './folding.js';
import type { Signal } from './verdict.js';
import { isWordEdge } from './word-edges.js';

/** Of all signals of a comment: a text with more marks than that shows nothing. */
const MOST_TERMS = 12;
/** In characters; more of a word than that marks nothing better. */
const LONGEST_TERM = 60;

/** What PostgreSQL's jsonb refuses. */
const UNSTORABLE = /[\0\p{Cs}]/u;
const TOKEN = /\S+/g;
// Behind a letter, or a token of ten thousand dots would be read again from each of them.
const EDGES = /^[^\p{L}\p{N}]+|(?<=[\p{L}\p{N}])[^\p{L}\p{N}]+$/gu;

/** The member `terms` of a signal; none where nothing was found. */
export function withTerms(found: readonly (string | null)[]): Pick<Signal, 'terms'> {
  const terms = found.filter((term) => term !== null);
  return terms.length === 0 ? {} : { terms };
}

/** Finds in a text what was read off it in other letters. */
export class WordFinder {
  readonly #text: string;
  #lower?: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The word in its own capitals, if possible where it is not a part of a longer one. */
  find(word: string): string | null {
    const wanted = word.toLowerCase();
    const { length } = wanted;
    if (length === 0) return null;
    // The only letter whose small form is longer: everything behind it would be moved.
    const lower = (this.#lower ??= this.#text.replaceAll('İ', 'i').toLowerCase());
    let inside = -1;
    for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + 1)) {
      if (isEdge(lower, at, at - 1, wanted.at(0)) && isEdge(lower, at + length, at + length, wanted.at(-1))) {
        return this.#text.slice(at, at + length);
      }
      if (inside === -1) inside = at;
    }
    return inside === -1 ? null : this.#text.slice(inside, inside + length);
  }

  /** The same for a folded word, which may stand in the text in disguise. */
  findFolded(folded: string): string | null {
    const plain = this.find(folded);
    if (plain !== null || folded.includes(' ')) return plain;
    for (const [token] of this.#text.matchAll(TOKEN)) {
      if (spellings(fold(token)).some((spelling) => spelling.includes(folded)))
        return token.replace(EDGES, '') || token;
    }
    return null;
  }
}

/** What is beside the edge tells mostly at once: the tables of Unicode would take as long as all the rest. */
function isEdge(text: string, at: number, beside: number, inner: string | undefined): boolean {
  if (beside < 0 || beside === text.length) return true;
  const code = text.charCodeAt(beside);
  const isPlainSign = code < 0x80 && !(code >= 0x61 && code <= 0x7a) && !(code >= 0x30 && code <= 0x39);
  return isPlainSign || isWordEdge(text, at, inner);
}

/** The signals with no more terms than can be shown: the first signals' first. */
export function limitTerms(signals: readonly Signal[]): Signal[] {
  let left = MOST_TERMS;
  return signals.map((signal) => {
    if (signal.terms === undefined) return signal;
    const { name, weight, why, terms } = signal;
    const fit = new Set(terms.map(cut).filter((term) => term !== '' && !UNSTORABLE.test(term)));
    const kept = [...fit].slice(0, left);
    left -= kept.length;
    return { name, weight, why, ...withTerms(kept) };
  });
}

function cut(term: string): string {
  if (term.length <= LONGEST_TERM) return term;
  return Array.from(term.slice(0, 2 * LONGEST_TERM))
    .slice(0, LONGEST_TERM)
    .join('')
    .trim();
}
