// Says in sentences what moved the score of a comment: contributions that add up to it exactly, the largest by name.
import { count, quote } from '../wording.js';
import { flagsByTopic, weightOf, type CommentScore, type Filter } from './filter.js';
import { TOPICS, type Topic } from './flags.js';
import { LINK_OWNER, type CommentReading, type Features } from './read-features.js';
import type { TextParts } from './take-apart.js';

export interface Contribution {
  readonly about: 'spam-words' | 'ham-words' | 'unknown-words' | 'worst-part' | Topic;
  /** Log-odds. */
  readonly weight: number;
  readonly why: string;
  /** The words it names, as the filter reads them. */
  readonly words?: readonly string[];
}

export interface Explanation {
  /** Log-odds of an ordinary comment before its words are read: with all contributions it is the score. */
  readonly prior: number;
  readonly contributions: readonly Contribution[];
}

/** What an ordinary comment starts from. */
export function priorOf({ bias, calibration: { slope, offset }, usual }: Filter): number {
  return offset + slope * TOPICS.reduce((sum, topic) => sum + usual[topic], bias);
}

export function explain(filter: Filter, reading: CommentReading, scored: CommentScore): Explanation {
  const { part, raw, penalty } = scored;
  const text = (part === null ? null : reading.partTexts[part]) ?? reading.text;
  const features = (part === null ? null : reading.parts[part]) ?? reading.whole;
  const { slope } = filter.calibration;
  const known = filter.bias + raw.content + raw.flags;
  const contributions: Contribution[] = [
    ...aboutWords(filter, text, features),
    ...aboutFlags(filter, text, features),
    { about: 'unknown-words', weight: slope * (raw.score - known), why: UNKNOWN },
    {
      about: 'worst-part',
      weight: -slope * penalty,
      why: `judged by its worst part: ${quote(text.raw.trim())}`,
      words: [text.raw.trim()],
    },
  ];
  return { prior: priorOf(filter), contributions: contributions.filter(({ weight }) => weight !== 0) };
}

const UNKNOWN = 'few of its words are known to the filter, which then holds back';
const WORDS_SHOWN = 3;

function aboutWords(filter: Filter, text: TextParts, features: Features): Contribution[] {
  const sums = sumsByWord(features, (number) => weightOf(filter, number));
  const scale = filter.calibration.slope / Math.sqrt(Math.max(1, features.content.length));
  const all = [...sums].map(([owner, sum]) => ({ word: nameOf(text, owner), weight: scale * sum }));
  const side = (about: 'spam-words' | 'ham-words', sign: number, what: string): Contribution[] => {
    const words = all.filter(({ weight }) => sign * weight > 0);
    if (words.length === 0) return [];
    words.sort((one, other) => sign * (other.weight - one.weight));
    const shown = [...new Set(words.map(({ word }) => word))].slice(0, WORDS_SHOWN);
    const weight = words.reduce((sum, one) => sum + one.weight, 0);
    return [{ about, weight, why: `${what}: ${shown.map(quote).join(', ')}`, words: shown }];
  };
  return [...side('spam-words', 1, 'words known from spam'), ...side('ham-words', -1, 'words of ordinary comments')];
}

/** By the word they were read off, what the features add, before scaling. */
export function sumsByWord({ content, owners }: Features, weigh: (number: number) => number): Map<number, number> {
  const sums = new Map<number, number>();
  content.forEach((number, at) => {
    const owner = owners[at] ?? 0;
    sums.set(owner, (sums.get(owner) ?? 0) + weigh(number));
  });
  return sums;
}

export function nameOf({ words, links }: TextParts, owner: number): string {
  return owner === LINK_OWNER ? (links[0]?.host ?? 'its link') : (words[owner] ?? 'its signs');
}

function aboutFlags(filter: Filter, text: TextParts, { flagNames }: Features): Contribution[] {
  const sums = flagsByTopic(filter, flagNames);
  return TOPICS.map((topic) => ({
    about: topic,
    weight: filter.calibration.slope * (sums[topic] - filter.usual[topic]),
    why: SENTENCES[topic](text, flagNames),
  }));
}

const SENTENCES: Readonly<Record<Topic, (text: TextParts, flags: readonly string[]) => string>> = {
  links: ({ links, words }) =>
    links.length === 0 ? 'no links' : `${count(links.length, 'link')} in ${count(words.length, 'word')}`,
  contact: (_text, flags) => {
    const found = [
      ...(flags.includes('phone') ? ['advertises a phone number'] : []),
      ...(flags.includes('email') ? ['advertises an e-mail address'] : []),
      ...(flags.includes('messenger') ? ['names a messenger'] : []),
      ...(flags.includes('handle') ? ['names an account'] : []),
    ];
    return found.length === 0 ? 'no phone number, address or messenger' : found.join(', ');
  },
  money: (_text, flags) => (flags.includes('money') ? 'speaks of money' : 'no money or percentages'),
  capitals: () => 'how many letters are capitals',
  disguise: ({ folded: { disguises } }) => {
    const found = [
      ...(disguises.fancy > 0 ? [count(disguises.fancy, 'ornamental letter')] : []),
      ...(disguises.mixed > 0 ? ['letters from two alphabets inside a word'] : []),
      ...(disguises.invisible > 0 ? ['invisible characters inside words'] : []),
      ...(disguises.marked > 0 ? ['letters with marks that no language writes'] : []),
      ...(disguises.spaced > 0 ? ['words spelled with spaces or signs between their letters'] : []),
    ];
    return found.length === 0 ? 'no disguised letters' : found.join(', ');
  },
  markup: (_text, flags) => (flags.includes('html') || flags.includes('bbcode') ? 'contains markup' : 'no markup'),
  length: ({ words }) => `its length of ${count(words.length, 'word')}`,
  signs: () => 'its digits, emoji and punctuation',
};
