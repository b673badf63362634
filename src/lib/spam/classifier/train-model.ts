// Makes a model of labelled comments: naive-Bayes log-count ratios as the scale of the features (Wang and Manning, 2012),
// and a logistic regression over them by AdaGrad (Duchi, Hazan, Singer, 2011). The same input gives the same model.
import { FEATURE_COUNT } from './hashing.js';
import { encodeWeights, FLAG_VALUE, type Model } from './model.js';
import type { Features } from './read-features.js';

export interface Example {
  readonly features: Features;
  readonly isSpam: boolean;
  /** How much it counts. */
  readonly weight: number;
}

export interface TrainOptions {
  readonly epochs: number;
  /** Added to every count before the ratio is taken. */
  readonly smoothing: number;
  readonly rate: number;
  /** Ridge, for each example and feature. */
  readonly ridge: number;
  /** A word has been met when so many examples have it. */
  readonly metBy: number;
  readonly onEpoch?: (epoch: number, loss: number) => void;
}

export const TRAIN_OPTIONS: TrainOptions = { epochs: 8, smoothing: 1, rate: 0.5, ridge: 1e-6, metBy: 2 };

export function trainModel(examples: readonly Example[], options: TrainOptions = TRAIN_OPTIONS): Model {
  const ratios = logCountRatios(examples, options.smoothing);
  const { weights, bias } = regress(examples, ratios, options);
  for (let at = 0; at < FEATURE_COUNT; at++) weights[at] = (weights[at] ?? 0) * (ratios[at] ?? 0);
  return { ...encodeWeights(weights), bias, met: wordsMet(examples, options.metBy) };
}

/** log of how much likelier a feature is in spam than in ham; 0 for what is in neither. */
function logCountRatios(examples: readonly Example[], smoothing: number): Float64Array {
  const inSpam = new Float64Array(FEATURE_COUNT);
  const inHam = new Float64Array(FEATURE_COUNT);
  let spam = 2 * smoothing;
  let ham = 2 * smoothing;
  for (const { features, isSpam, weight } of examples) {
    const counts = isSpam ? inSpam : inHam;
    if (isSpam) spam += weight;
    else ham += weight;
    for (const number of features.content) counts[number] = (counts[number] ?? 0) + weight;
    for (const number of features.flags) counts[number] = (counts[number] ?? 0) + weight;
  }
  return Float64Array.from({ length: FEATURE_COUNT }, (_, at) => {
    const [s, h] = [inSpam[at] ?? 0, inHam[at] ?? 0];
    return s === 0 && h === 0 ? 0 : Math.log((s + smoothing) / spam) - Math.log((h + smoothing) / ham);
  });
}

function regress(
  examples: readonly Example[],
  ratios: Float64Array,
  { epochs, rate, ridge, onEpoch }: TrainOptions,
): { weights: Float64Array; bias: number } {
  const weights = new Float64Array(FEATURE_COUNT);
  const squares = new Float64Array(FEATURE_COUNT).fill(1e-8);
  let bias = 0;
  let biasSquares = 1e-8;
  const order = Int32Array.from(examples.keys());
  const random = makeRandom(1);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    let loss = 0;
    for (const at of order) {
      const { features, isSpam, weight } = examples[at] as Example;
      const { content, flags } = features;
      const value = 1 / Math.sqrt(Math.max(1, content.length));
      let score = bias;
      for (const number of content) score += value * (weights[number] as number) * (ratios[number] as number);
      for (const number of flags) score += FLAG_VALUE * (weights[number] as number) * (ratios[number] as number);
      const wrongness = 1 / (1 + Math.exp(isSpam ? score : -score));
      loss += weight * -Math.log(Math.max(1e-12, 1 - wrongness));
      const slope = weight * (isSpam ? -wrongness : wrongness);
      const learn = (numbers: Int32Array, by: number): void => {
        for (const number of numbers) {
          const gradient = slope * by * (ratios[number] as number) + ridge * (weights[number] as number);
          const square = (squares[number] as number) + gradient * gradient;
          squares[number] = square;
          weights[number] = (weights[number] as number) - (rate * gradient) / Math.sqrt(square);
        }
      };
      learn(content, value);
      learn(flags, FLAG_VALUE);
      biasSquares += slope * slope;
      bias -= (rate * slope) / Math.sqrt(biasSquares);
    }
    onEpoch?.(epoch, loss / examples.length);
  }
  return { weights, bias };
}

function wordsMet(examples: readonly Example[], times: number): Uint8Array {
  const counts = new Uint16Array(FEATURE_COUNT);
  for (const { features } of examples)
    for (const number of features.words) counts[number] = Math.min(65_535, (counts[number] ?? 0) + 1);
  const met = new Uint8Array(FEATURE_COUNT >> 3);
  counts.forEach((count, number) => {
    if (count >= times) met[number >> 3] = (met[number >> 3] ?? 0) | (1 << (number & 7));
  });
  return met;
}

/** mulberry32, public domain: the same numbers on every machine. */
export function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as number, order[last] as number];
  }
}
