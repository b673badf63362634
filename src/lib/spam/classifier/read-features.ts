// What the classifier knows a comment by: flags of its build, its words and word pairs, and runs of characters.
import type { Link } from '../links.js';
import { readFlags } from './flags.js';
import { addCode, addText, finish, HASH_START } from './hashing.js';
import { NumberSet } from './number-set.js';
import { WORD, type TextParts } from './take-apart.js';

/** A comment as far as the classifier reads it. */
export interface ClassifierInput {
  readonly text: string;
  readonly authorUrl?: string | null;
}

export interface Features {
  /** Numbers of the words, word pairs, runs of characters and links, each once. */
  readonly content: Int32Array;
  /** Numbers of the flags, each once. */
  readonly flags: Int32Array;
  /** Numbers of the words alone, each once: how many of them a model has met says how well it knows the language. */
  readonly words: Int32Array;
}

const DIGIT = /\p{Nd}/gu;
const HAS_DIGIT_AND_LETTER = /^(?=.*\d)(?=.*\p{L})/u;
const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '6': 'g', '7': 't', '8': 'b', '9': 'g' };
const LONGEST_WORD = 24;

export function readFeatures(parts: TextParts, input: Pick<ClassifierInput, 'authorUrl'> = {}): Features {
  const words = new Set<number>();
  content.clear();
  addWords(parts.words, words);
  addRuns(parts.plain);
  for (const link of parts.links) addLink(link);
  const flags = new Set(readFlags(parts, input.authorUrl ?? null).map((flag) => finish(addText(prefixed('f'), flag))));
  return { content: content.numbers(), flags: Int32Array.from(flags), words: Int32Array.from(words) };
}

/** One for all: what is read is read in one go. */
const content = new NumberSet();

function prefixed(kind: string): number {
  return addCode(HASH_START, kind.charCodeAt(0));
}

function addWords(words: readonly string[], known: Set<number>): void {
  let before = '';
  for (const whole of words) {
    const word = whole.length > LONGEST_WORD ? whole.slice(0, LONGEST_WORD) : whole;
    const number = finish(addText(prefixed('w'), word));
    known.add(number);
    content.add(number);
    if (HAS_DIGIT_AND_LETTER.test(word)) {
      content.add(finish(addText(prefixed('w'), word.replace(/\d/g, (digit) => LEET[digit] ?? digit))));
      content.add(finish(addText(prefixed('n'), word.replace(/\d+/g, ''))));
    }
    if (before !== '') content.add(finish(addText(addCode(addText(prefixed('b'), before), 32), word)));
    before = word;
  }
}

const SHORTEST_RUN = 3;
const LONGEST_RUN = 5;
const LONGEST_UNPARTED_RUN = 3;

/** Runs of three to five characters; of one to three where a script does not part its words. Digits are all alike. */
function addRuns(plain: string): void {
  const text = ` ${plain.replace(DIGIT, '0')} `;
  const start = prefixed('c');
  for (let at = 0; at < text.length; at++) {
    const isUnparted = isUnpartedCode(text.charCodeAt(at));
    const shortest = isUnparted ? 1 : SHORTEST_RUN;
    const longest = Math.min(isUnparted ? LONGEST_UNPARTED_RUN : LONGEST_RUN, text.length - at);
    let hash = start;
    for (let length = 1; length <= longest; length++) {
      hash = addCode(hash, text.charCodeAt(at + length - 1));
      if (length >= shortest) content.add(finish(hash));
    }
  }
}

/** Thai to Khmer, and from the CJK radicals to the ideographs; Hangul parts its words. */
function isUnpartedCode(code: number): boolean {
  return (code >= 0x0e00 && code < 0x1100) || (code >= 0x2e80 && code < 0xa000) || (code >= 0xf900 && code < 0xfb00);
}

function addLink({ host, url }: Link): void {
  content.add(finish(addText(prefixed('h'), host)));
  content.add(finish(addText(prefixed('t'), host.slice(host.lastIndexOf('.') + 1))));
  const path = url.toLowerCase().slice(url.toLowerCase().indexOf(host) + host.length);
  for (const word of path.match(WORD) ?? []) content.add(finish(addText(prefixed('p'), word.slice(0, LONGEST_WORD))));
}
