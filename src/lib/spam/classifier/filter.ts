// A trained filter and how it scores. What it was trained on and how stands in the file beside the shipped one.
import { FEATURE_COUNT } from './hashing.js';
import { TOPICS, topicOf, type Topic } from './flags.js';
import { numberOfFlag, type CommentFeatures, type Features } from './read-features.js';

export interface Filter {
  /** FEATURE_COUNT codes of -LARGEST_CODE to LARGEST_CODE; `decode[code + LARGEST_CODE]` is the weight. */
  readonly codes: Int8Array;
  readonly decode: Float64Array;
  readonly bias: number;
  /** A bit for each word number that was met in training. */
  readonly met: Uint8Array;
  readonly calibration: Calibration;
  readonly thresholds: LogOdds;
  /** What the flags of each topic add up to in an ordinary comment: the measure of what is remarkable. */
  readonly usual: Readonly<Record<Topic, number>>;
}

/** Turns what the weights add up to into log-odds that mean what they say (Platt, 1999). */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
}

/** The two limits, in log-odds: from where a comment is held for a person, and from where it is put away. */
export interface LogOdds {
  readonly hold: number;
  readonly spam: number;
}

/** A flag counts as much as a feature of a comment that has three. */
export const FLAG_VALUE = 0.6;

/**
 * How far the words are believed: by the share of them that training has met, not at all up to `none`, wholly from `all`.
 * Where they are not, the build of the comment speaks, by three tenths, and from far on the innocent side: a filter that does
 * not know a language must do no harm in it. Chosen on languages left out of training (docs/filter.md).
 */
const FAMILIARITY = { none: 0.35, all: 0.75, bias: -3, flags: 0.3 };
/** Words taken as known before the first is read, so that one strange word does not make a comment strange. */
const GIVEN_WORDS = 2;

/**
 * What the worst part of a comment loses against the comment as a whole: among many parts one looks bad by chance.
 * A part more costs more in a long text, where appended words are not what makes it long.
 */
const WORST_PART = { least: 0.5, perDoubling: 0.4, manyFrom: 6, perPart: 0.1 };

/** The parts of the log-odds before calibration. */
export interface RawScore {
  /** What the words say. */
  readonly content: number;
  /** What the build says. */
  readonly flags: number;
  /** 0 to 1: how far the words are believed. */
  readonly trust: number;
  readonly score: number;
}

export interface CommentScore {
  /** Log-odds of spam. */
  readonly score: number;
  /** What decided: the whole (null) or the part of this number. */
  readonly part: number | null;
  /** Of what decided. */
  readonly raw: RawScore;
  /** What the part lost for being one of many; 0 for the whole. */
  readonly penalty: number;
}

/** The log-odds of a comment: of its whole, or of its worst part if that says more. */
export function scoreComment(filter: Filter, { whole, parts }: CommentFeatures): CommentScore {
  const { slope, offset } = filter.calibration;
  let raw = scoreFeatures(filter, whole);
  let part: number | null = null;
  let penalty = 0;
  let highest = raw.score;
  const loss = penaltyOf(parts.length);
  parts.forEach((features, index) => {
    const ofPart = scoreFeatures(filter, features);
    if (ofPart.score - loss <= highest) return;
    [raw, part, penalty, highest] = [ofPart, index, loss, ofPart.score - loss];
  });
  return { score: offset + slope * highest, part, raw, penalty };
}

export function penaltyOf(parts: number): number {
  if (parts === 0) return 0;
  const { least, perDoubling, manyFrom, perPart } = WORST_PART;
  let doublings = 0;
  // The whole part of the binary logarithm and the fraction on a straight line: exact on every machine.
  let rest = parts;
  for (; rest >= 2; rest /= 2) doublings++;
  return least + perDoubling * (doublings + rest - 1) + perPart * Math.max(0, parts - manyFrom);
}

export function scoreFeatures({ codes, decode, bias, met }: Filter, { content, flags, words }: Features): RawScore {
  const ofContent = content.length === 0 ? 0 : sumOf(codes, decode, content) / Math.sqrt(content.length);
  const ofFlags = FLAG_VALUE * sumOf(codes, decode, flags);
  const trust = trustIn(met, words);
  const known = bias + ofContent + ofFlags;
  const score = trust * known + (1 - trust) * unknownScore(ofFlags);
  return { content: ofContent, flags: ofFlags, trust, score };
}

/** What is said of a comment whose words are not known. */
export function unknownScore(flags: number): number {
  return FAMILIARITY.bias + FAMILIARITY.flags * flags;
}

function sumOf(codes: Int8Array, decode: Float64Array, numbers: Int32Array): number {
  let sum = 0;
  for (const number of numbers) sum += decode[(codes[number] ?? 0) + LARGEST_CODE] ?? 0;
  return sum;
}

function trustIn(met: Uint8Array, words: Int32Array): number {
  let count = GIVEN_WORDS;
  for (const number of words) count += ((met[number >> 3] ?? 0) >> (number & 7)) & 1;
  const share = count / (words.length + GIVEN_WORDS);
  return Math.min(1, Math.max(0, (share - FAMILIARITY.none) / (FAMILIARITY.all - FAMILIARITY.none)));
}

/** By topic, what the named flags add. */
export function flagsByTopic(filter: Filter, names: readonly string[]): Record<Topic, number> {
  const sums = noTopics();
  for (const name of names) sums[topicOf(name)] += FLAG_VALUE * weightOf(filter, numberOfFlag(name));
  return sums;
}

export function noTopics(): Record<Topic, number> {
  return Object.fromEntries(TOPICS.map((topic) => [topic, 0])) as Record<Topic, number>;
}

export function weightOf({ codes, decode }: Filter, number: number): number {
  return decode[(codes[number] ?? 0) + LARGEST_CODE] ?? 0;
}

/** Six bits a weight: sixty-three steps measure as well as two hundred and fifty-five. */
export const LARGEST_CODE = 31;

/**
 * The weights of the codes: finer near zero, where most are, by the square root.
 * @param largest the weight of the largest code
 */
export function makeDecoder(largest: number): Float64Array {
  return Float64Array.from({ length: 2 * LARGEST_CODE + 1 }, (_, at) => {
    const code = at - LARGEST_CODE;
    const share = code / LARGEST_CODE;
    return Math.sign(code) * share * share * largest;
  });
}

export function encodeWeights(weights: Float64Array): Pick<Filter, 'codes' | 'decode'> {
  let largest = 0;
  for (const weight of weights) if (weight > largest || -weight > largest) largest = Math.abs(weight);
  const codes = new Int8Array(FEATURE_COUNT);
  for (let at = 0; at < FEATURE_COUNT; at++) {
    const weight = weights[at] ?? 0;
    if (weight !== 0) codes[at] = Math.sign(weight) * Math.round(LARGEST_CODE * Math.sqrt(Math.abs(weight) / largest));
  }
  return { codes, decode: makeDecoder(largest) };
}
