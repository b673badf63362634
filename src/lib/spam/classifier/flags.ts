// The build of a comment, whatever its words: how long, how many links, which disguises. Each flag is a name with a step,
// so that a model can weigh "two links" and "five links" as different things.
import type { TextParts } from './take-apart.js';

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
/**
 * "jalak4d", "mega888": the name of an account or a gambling site rather than a word. From where its letters begin: from
 * each of ten thousand in a row it took two seconds.
 */
const NAME_WITH_DIGITS = /(?<!\p{L})\p{L}{3,}\d+\p{L}?(?![\p{L}\p{N}])/gu;
const HASHTAG = /#[\p{L}\p{N}_]+/u;

/** What a flag is about, for people: each speaks for itself in a verdict. */
export const TOPICS = ['links', 'contact', 'money', 'capitals', 'disguise', 'markup', 'length', 'signs'] as const;
export type Topic = (typeof TOPICS)[number];

const TOPIC_OF: Readonly<Record<string, Topic>> = {
  links: 'links',
  'words a link': 'links',
  email: 'contact',
  phone: 'contact',
  messenger: 'contact',
  handle: 'contact',
  money: 'money',
  percent: 'money',
  capitals: 'capitals',
  shouted: 'capitals',
  fancy: 'disguise',
  invisible: 'disguise',
  marked: 'disguise',
  mixed: 'disguise',
  spaced: 'disguise',
  html: 'markup',
  bbcode: 'markup',
  length: 'length',
  words: 'length',
  'word length': 'length',
  lines: 'length',
};

/** Those that are about nothing else are about its signs. */
export function topicOf(flag: string): Topic {
  let topic = topics.get(flag);
  if (topic === undefined) topics.set(flag, (topic = TOPIC_OF[flag.replace(/ \d+$/, '')] ?? 'signs'));
  return topic;
}

const topics = new Map<string, Topic>();

/** Names of flags, each once. */
export function readFlags(parts: TextParts): string[] {
  const { raw, folded, plain, links, words } = parts;
  const { text, disguises } = folded;
  const { letters, capitals, digits, punctuation } = countKinds(text);
  const flags = [
    `length ${step(text.length)}`,
    `words ${step(words.length)}`,
    `word length ${words.length === 0 ? 0 : Math.min(12, Math.round(plain.length / words.length))}`,
    `links ${Math.min(links.length, 5)}`,
    `digits ${share(digits, text.length)}`,
    `punctuation ${share(punctuation, text.length)}`,
    `emoji ${step(NOT_ASCII.test(raw) ? countOf(raw, EMOJI) : 0)}`,
    `exclamations ${step(countCharacter(text, '!'))}`,
    `questions ${step(countCharacter(text, '?'))}`,
    `lines ${step(countCharacter(text, '\n'))}`,
  ];
  if (letters >= LETTERS_FOR_CAPITALS) {
    flags.push(`capitals ${share(capitals, letters)}`, `shouted ${step(capitals < 3 ? 0 : countOf(text, SHOUTED))}`);
  }
  if (links.length > 0) flags.push(`words a link ${step(Math.floor(words.length / links.length))}`);
  for (const { name, needs, pattern } of PATTERNS) {
    if ((needs === null || text.includes(needs)) && pattern.test(text)) flags.push(name);
  }
  if (digits > 0) flags.push(`names with digits ${step(countOf(text, NAME_WITH_DIGITS))}`);
  if (digits > 0) for (const { name, pattern } of DIGIT_PATTERNS) if (pattern.test(text)) flags.push(name);
  for (const [name, count] of Object.entries<number>({ ...disguises })) {
    if (count > 0) flags.push(name, `${name} ${step(count)}`);
  }
  return flags;
}

const NOT_ASCII = /[^\0-\x7f]/;
/** Of fewer, the share says nothing. */
const LETTERS_FOR_CAPITALS = 8;

/** `needs` is a sign without which the pattern cannot match: looking for it first is cheaper. */
const PATTERNS: readonly { readonly name: string; readonly needs: string | null; readonly pattern: RegExp }[] = [
  { name: 'email', needs: '@', pattern: EMAIL },
  { name: 'handle', needs: '@', pattern: HANDLE },
  { name: 'messenger', needs: null, pattern: MESSENGER },
  { name: 'money', needs: null, pattern: MONEY },
  { name: 'percent', needs: '%', pattern: PERCENT },
  { name: 'repeated letters', needs: null, pattern: REPEATED },
  { name: 'html', needs: '<', pattern: HTML },
  { name: 'bbcode', needs: '[', pattern: BBCODE },
  { name: 'hashtag', needs: '#', pattern: HASHTAG },
];
const DIGIT_PATTERNS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'phone', pattern: PHONE },
  { name: 'short code', pattern: SHORT_CODE },
];

type Kind = 'letters' | 'capitals' | 'digits' | 'punctuation' | 'other';

/** Kinds of the characters beyond ASCII that were met; those of all living scripts fit in. */
const kinds = new Map<number, Kind>();
const MOST_KINDS = 40_000;
const ASCII_KINDS: readonly Kind[] = Array.from({ length: 0x80 }, (_, code) => kindOf(String.fromCharCode(code)));

function countKinds(text: string): Record<Kind, number> {
  const counts = { letters: 0, capitals: 0, digits: 0, punctuation: 0, other: 0 };
  for (let at = 0; at < text.length; at++) {
    let code = text.charCodeAt(at);
    if (code >= 0xd800 && code < 0xdc00) code = text.codePointAt(at++) ?? code;
    counts[code < 0x80 ? (ASCII_KINDS[code] ?? 'other') : lookUpKind(code)]++;
  }
  counts.letters += counts.capitals;
  return counts;
}

function lookUpKind(code: number): Kind {
  let kind = kinds.get(code);
  if (kind === undefined) {
    kind = kindOf(String.fromCodePoint(code));
    if (kinds.size < MOST_KINDS) kinds.set(code, kind);
  }
  return kind;
}

function kindOf(character: string): Kind {
  if (/\p{Lu}/u.test(character)) return 'capitals';
  if (/\p{L}/u.test(character)) return 'letters';
  if (/\p{Nd}/u.test(character)) return 'digits';
  return /[\p{P}\p{S}]/u.test(character) ? 'punctuation' : 'other';
}

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
