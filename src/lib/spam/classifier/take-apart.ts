import { separateLinks, type Link } from '../links.js';
import { foldText, type FoldedText } from './fold-text.js';

/** A comment taken apart once, for its features and for those of its sentences. */
export interface TextParts {
  readonly raw: string;
  readonly folded: FoldedText;
  /** The folded text without its links, in small letters. */
  readonly plain: string;
  readonly links: readonly Link[];
  readonly words: readonly string[];
}

export const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)?/gu;
const SPACE = /\s+/g;
const DOTTED = /\s?[([{]?\s?\b(?:dot|titik|точка)\b\s?[)\]}]?\s?(?=(?:com|net|org|ru|id|xyz|info|me|ly)\b)/giu;
const MOST_WORDS = 2_500;

export function takeApart(text: string): TextParts {
  const folded = foldText(text);
  const { links, rest } = separateLinks(folded.text.replace(DOTTED, '.'));
  const plain = rest.replace(SPACE, ' ').trim().toLowerCase();
  const words = plain.match(WORD) ?? [];
  return { raw: text, folded, plain, links, words: words.length > MOST_WORDS ? words.slice(0, MOST_WORDS) : words };
}
