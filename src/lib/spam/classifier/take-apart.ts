import { separateLinks, type Link } from '../links.js';
import { foldText, type FoldedText } from './fold-text.js';

/** A text taken apart once, for all that is read off it. */
export interface TextParts {
  readonly raw: string;
  readonly folded: FoldedText;
  /** The folded text without its links, in small letters. */
  readonly plain: string;
  readonly links: readonly Link[];
  readonly words: readonly string[];
  /** Where each word begins in `plain`. */
  readonly starts: readonly number[];
}

export const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)?/gu;
const SPACE = /\s+/g;
const DOTTED = /\s?[([{]?\s?\b(?:dot|titik|точка)\b\s?[)\]}]?\s?(?=(?:com|net|org|ru|id|xyz|info|me|ly)\b)/giu;
const SPACED_DOT = /(?<=[\p{L}\p{N}])(?: \. ?| ?\. )(?=(?:com|net|org|ru|xyz|info|me|ly)\b)/giu;
const MOST_WORDS = 2_500;

export function takeApart(text: string): TextParts {
  const folded = foldText(text);
  const { links, rest } = separateLinks(folded.text.replace(DOTTED, '.').replace(SPACED_DOT, '.'));
  const plain = rest.replace(SPACE, ' ').trim().toLowerCase();
  const words: string[] = [];
  const starts: number[] = [];
  for (const found of plain.matchAll(WORD)) {
    if (words.length === MOST_WORDS) break;
    words.push(found[0]);
    starts.push(found.index);
  }
  return { raw: text, folded, plain, links, words, starts };
}
