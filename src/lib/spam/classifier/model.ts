// A trained model and how it scores: a bias, a weight for each feature in eight bits, and the words it has met.
import { FEATURE_COUNT } from './hashing.js';
import type { Features } from './read-features.js';

export interface Model {
  /** FEATURE_COUNT codes; `decode[code + 128]` is the weight. */
  readonly codes: Int8Array;
  readonly decode: Float64Array;
  readonly bias: number;
  /** A bit for each word number that was met in training. */
  readonly met: Uint8Array;
}

/** A flag counts as much as a feature of a comment that has so many. */
export const FLAG_VALUE = 0.3;

/**
 * The steps of the eight bits: finer near zero, where most weights are, by the square root.
 * @param largest the weight of the codes 127 and -127
 */
export function makeDecoder(largest: number): Float64Array {
  return Float64Array.from({ length: 256 }, (_, at) => {
    const code = Math.max(-127, at - 128);
    return (Math.sign(code) * largest * code * code) / (127 * 127);
  });
}

export function encodeWeights(weights: Float64Array): Pick<Model, 'codes' | 'decode'> {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const codes = new Int8Array(FEATURE_COUNT);
  for (let at = 0; at < FEATURE_COUNT; at++) {
    const weight = weights[at] ?? 0;
    codes[at] = Math.sign(weight) * Math.round(127 * Math.sqrt(Math.abs(weight) / (largest || 1)));
  }
  return { codes, decode: makeDecoder(largest) };
}

/** The two parts of the log-odds: what the words say, and what the build says. */
export interface RawScore {
  readonly content: number;
  readonly flags: number;
  /** Of the words, the share that the model has met; 1 for a comment without words. */
  readonly familiarity: number;
}

export function scoreFeatures({ codes, decode, met }: Model, { content, flags, words }: Features): RawScore {
  return {
    content: content.length === 0 ? 0 : sumOf(codes, decode, content) / Math.sqrt(content.length),
    flags: FLAG_VALUE * sumOf(codes, decode, flags),
    familiarity: shareMet(met, words),
  };
}

function sumOf(codes: Int8Array, decode: Float64Array, numbers: Int32Array): number {
  let sum = 0;
  for (const number of numbers) sum += decode[(codes[number] ?? 0) + 128] ?? 0;
  return sum;
}

function shareMet(met: Uint8Array, words: Int32Array): number {
  if (words.length === 0) return 1;
  let count = 0;
  for (const number of words) count += ((met[number >> 3] ?? 0) >> (number & 7)) & 1;
  return count / words.length;
}
