// What the classifier knows a text by: flags of its build, its words and word pairs, and runs of characters.
import type { Link } from '../links.js';
import { readFlags } from './flags.js';
import { addCode, addText, finish, HASH_START } from './hashing.js';
import { NumberSet } from './number-set.js';
import { cutIntoParts } from './sentences.js';
import { takeApart, WORD, type TextParts } from './take-apart.js';

export interface Features {
  /** Numbers of the words, word pairs, runs of characters and links, each once. */
  readonly content: Int32Array;
  /** For each of them the word it was read off, by its place among the words; LINK_OWNER for those of links. */
  readonly owners: Uint16Array;
  /** Numbers of the flags, each once. */
  readonly flags: Int32Array;
  /** Numbers of the words alone, each once: how many of them a model has met says how well it knows the language. */
  readonly words: Int32Array;
}

/** A comment as far as the classifier reads it. */
export interface CommentFeatures {
  readonly whole: Features;
  /** Of its sentences, or of a few together; empty when there is only one. */
  readonly parts: readonly Features[];
}

export const LINK_OWNER = 0xffff;

const DIGIT = /\p{Nd}/gu;
const HAS_DIGIT = /\p{Nd}/u;
const HAS_LETTER = /\p{L}/u;
const LETTERS = /\p{L}+/gu;
const DIGITS = /\d+/g;
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
};
const LONGEST_WORD = 24;

/** Reads a comment's text. Throws on no string. */
export function readComment(text: string): CommentFeatures {
  return {
    whole: readFeatures(takeApart(text)),
    parts: cutIntoParts(text).map((part) => readFeatures(takeApart(part))),
  };
}

export function readFeatures(parts: TextParts): Features {
  const words = new Set<number>();
  content.clear();
  addWords(parts.words, words);
  addRuns(parts, words);
  for (const link of parts.links) addLink(link);
  const flags = new Set(readFlags(parts).map(numberOfFlag));
  return {
    content: content.numbers(),
    owners: content.owners(),
    flags: Int32Array.from(flags),
    words: Int32Array.from(words),
  };
}

/** One for all: what is read is read in one go. */
const content = new NumberSet();

function prefixed(kind: string): number {
  return addCode(HASH_START, kind.charCodeAt(0));
}

export function numberOfFlag(flag: string): number {
  return finish(addText(prefixed('f'), flag));
}

/** The number of a word of a text taken apart. */
export function numberOfWord(word: string): number {
  return finish(addText(prefixed('w'), cut(word)));
}

/** The number of two words that follow each other. */
export function numberOfPair(before: string, word: string): number {
  return finish(addText(addCode(addText(prefixed('b'), cut(before)), 32), cut(word)));
}

function cut(word: string): string {
  return word.length > LONGEST_WORD ? word.slice(0, LONGEST_WORD) : word;
}

function addWords(words: readonly string[], known: Set<number>): void {
  let before = '';
  words.forEach((word, owner) => {
    const number = numberOfWord(word);
    content.add(number, owner);
    if (HAS_DIGIT.test(word)) {
      if (HAS_LETTER.test(word)) addSpellings(cut(word), owner);
    } else if (!isUnpartedCode(word.charCodeAt(0))) known.add(number);
    if (before !== '') content.add(numberOfPair(before, word), owner);
    before = word;
  });
}

/** "c4sino" is also casino, csino and a word of the shape a9a. */
function addSpellings(word: string, owner: number): void {
  content.add(
    finish(
      addText(
        prefixed('w'),
        word.replace(/\d/g, (digit) => LEET[digit] ?? digit),
      ),
    ),
    owner,
  );
  content.add(finish(addText(prefixed('n'), word.replace(DIGITS, ''))), owner);
  content.add(finish(addText(prefixed('s'), word.replace(LETTERS, 'a').replace(DIGITS, '9'))), owner);
}

const SHORTEST_RUN = 3;
const LONGEST_RUN = 5;
const LONGEST_UNPARTED_RUN = 3;
const PAIR = 2;

/**
 * Runs of three to five characters; of one to three where a script does not part its words, and there a pair stands for a
 * word. Digits are all alike.
 */
function addRuns({ plain, starts }: TextParts, known: Set<number>): void {
  const text = ` ${plain.replace(DIGIT, '0')} `;
  const start = prefixed('c');
  let owner = 0;
  for (let at = 0; at < text.length; at++) {
    // A run is the word's in which it begins, or that begins next after it.
    while (owner + 1 < starts.length && (starts[owner + 1] ?? 0) < at) owner++;
    const isUnparted = isUnpartedCode(text.charCodeAt(at));
    const shortest = isUnparted ? 1 : SHORTEST_RUN;
    const longest = Math.min(isUnparted ? LONGEST_UNPARTED_RUN : LONGEST_RUN, text.length - at);
    let hash = start;
    for (let length = 1; length <= longest; length++) {
      hash = addCode(hash, text.charCodeAt(at + length - 1));
      if (length < shortest) continue;
      const number = finish(hash);
      content.add(number, owner);
      if (isUnparted && length === PAIR) known.add(number);
    }
  }
}

/** Thai to Khmer, and from the CJK radicals to the ideographs; Hangul parts its words. */
function isUnpartedCode(code: number): boolean {
  return (code >= 0x0e00 && code < 0x1100) || (code >= 0x2e80 && code < 0xa000) || (code >= 0xf900 && code < 0xfb00);
}

function addLink({ host, url }: Link): void {
  content.add(finish(addText(prefixed('h'), host)), LINK_OWNER);
  content.add(finish(addText(prefixed('t'), host.slice(host.lastIndexOf('.') + 1))), LINK_OWNER);
  const small = url.toLowerCase();
  const path = small.slice(small.indexOf(host) + host.length);
  for (const word of path.match(WORD) ?? []) content.add(finish(addText(prefixed('p'), cut(word))), LINK_OWNER);
}
