// The build of a comment, whatever its words: how long, how many links, which disguises. Each flag is a name with a step,
// so that a model can weigh "two links" and "five links" as different things.
import type { TextParts } from './take-apart.js';

const LETTERS = /\p{L}/gu;
const CAPITALS = /\p{Lu}/gu;
const DIGITS = /\p{Nd}/gu;
const PUNCTUATION = /[\p{P}\p{S}]/gu;
const EMOJI = /\p{Extended_Pictographic}/gu;
const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}\.[\p{L}]{2,}/u;
const HANDLE = /(?<![\p{L}\p{N}_.])@[\p{L}\p{N}_]{3,}/u;
const PHONE = /(?<!\p{N})\+?\p{Nd}(?:[ ().-]{0,2}\p{Nd}){7,14}(?!\p{N})/u;
const SHORT_CODE = /(?<!\p{N})\p{Nd}{4,6}(?!\p{N})/u;
const MESSENGER =
  /\b(?:whats ?app|wa\.me|t\.me|telegram|wechat|viber|line id|skype|discord)\b|телегра|ватсап|вайбер|личк|в лс\b/iu;
const MONEY = /[$€£₽¥₹]|\b(?:usd|eur|rub|rp|idr)\b|руб/iu;
const PERCENT = /\d\s?%/;
const REPEATED = /(\p{L})\1{2,}/u;
const HTML = /<\/?[a-z][^<>]*>/i;
const BBCODE = /\[\/?(?:url|link|b|i|img)\b[^\]]*\]/i;
const SHOUTED = /\b\p{Lu}{3,}\b/gu;
const HASHTAG = /#[\p{L}\p{N}_]+/u;

/** Names of flags, each at most once. */
export function readFlags(parts: TextParts): string[] {
  const { raw, folded, plain, links, words } = parts;
  const { text, disguises } = folded;
  const letters = countOf(text, LETTERS);
  const flags = [
    `length ${step(text.length)}`,
    `words ${step(words.length)}`,
    `word length ${words.length === 0 ? 0 : Math.min(12, Math.round(plain.length / words.length))}`,
    `links ${Math.min(links.length, 5)}`,
    `digits ${share(countOf(text, DIGITS), text.length)}`,
    `punctuation ${share(countOf(text, PUNCTUATION), text.length)}`,
    `emoji ${step(countOf(raw, EMOJI))}`,
    `exclamations ${step(countCharacter(text, '!'))}`,
    `questions ${step(countCharacter(text, '?'))}`,
    `lines ${step(countCharacter(text, '\n'))}`,
  ];
  if (letters >= 8)
    flags.push(`capitals ${share(countOf(text, CAPITALS), letters)}`, `shouted ${step(countOf(text, SHOUTED))}`);
  if (links.length > 0) flags.push(`words a link ${step(Math.floor(words.length / links.length))}`);
  for (const [name, pattern] of PATTERNS) if (pattern.test(text)) flags.push(name);
  for (const [name, count] of Object.entries<number>({ ...disguises }))
    if (count > 0) flags.push(name, `${name} ${step(count)}`);
  return flags;
}

const PATTERNS: readonly (readonly [string, RegExp])[] = [
  ['email', EMAIL],
  ['handle', HANDLE],
  ['phone', PHONE],
  ['short code', SHORT_CODE],
  ['messenger', MESSENGER],
  ['money', MONEY],
  ['percent', PERCENT],
  ['repeated letters', REPEATED],
  ['html', HTML],
  ['bbcode', BBCODE],
  ['hashtag', HASHTAG],
];

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function countCharacter(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count++;
  return count;
}

/** 0, 1, 2, 3 for 3 and 4, 4 for up to 8, and so on by doubling. */
function step(count: number): number {
  return count <= 2 ? count : Math.min(16, Math.ceil(Math.log2(count)) + 1);
}

/** Tenths up to a half, then whether it is more. */
function share(count: number, all: number): number {
  if (count === 0 || all === 0) return 0;
  return Math.min(6, 1 + Math.floor((10 * count) / all));
}
