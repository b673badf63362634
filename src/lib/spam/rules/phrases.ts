// Looks for many words and phrases in one folded text at once.
import { isWordEdge } from '../word-edges.js';

export interface Phrase<Owner> {
  /** Folded. */
  readonly text: string;
  /** Whether a word must end where the phrase does. */
  readonly endsWord: boolean;
  /** Whether it may begin before text[at]; else it begins where a word does. */
  readonly mayBegin?: (text: string, at: number) => boolean;
  readonly owner: Owner;
}

/** So long is the beginning by which phrases are looked up: few phrases share it, and few places of a text have it. */
const LONGEST_BEGINNING = 4;

/**
 * Phrases by their first letters. A thousand of them cost about as much as one: each place of the text is looked up, and
 * only the phrases that begin as it does are compared.
 */
export class PhraseBook<Owner> {
  readonly #byBeginning = new Map<string, Phrase<Owner>[]>();
  readonly #lengths: readonly number[];

  constructor(phrases: readonly Phrase<Owner>[]) {
    for (const phrase of phrases) {
      const beginning = phrase.text.slice(0, LONGEST_BEGINNING);
      const same = this.#byBeginning.get(beginning);
      if (same) same.push(phrase);
      else this.#byBeginning.set(beginning, [phrase]);
    }
    this.#lengths = [...new Set([...this.#byBeginning.keys()].map(({ length }) => length))];
  }

  /** Adds the owner of every phrase in the text. */
  find(text: string, found: Set<Owner>): void {
    for (const length of this.#lengths) {
      for (let at = 0; at + length <= text.length; at++) {
        const phrases = this.#byBeginning.get(text.slice(at, at + length));
        if (!phrases) continue;
        for (const phrase of phrases) {
          if (!found.has(phrase.owner) && standsAt(phrase, text, at)) found.add(phrase.owner);
        }
      }
    }
  }
}

function standsAt<Owner>({ text: phrase, endsWord, mayBegin }: Phrase<Owner>, text: string, at: number): boolean {
  if (!text.startsWith(phrase, at)) return false;
  const begins = mayBegin ? mayBegin(text, at) : isWordEdge(text, at, phrase.at(0));
  return begins && (!endsWord || isWordEdge(text, at + phrase.length, phrase.at(-1)));
}
