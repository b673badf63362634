// Weights out of labelled examples: naive-Bayes log-count ratios as the scale of the features (Wang and Manning, 2012),
// and a logistic regression over them by AdaGrad (Duchi, Hazan and Singer, 2011). The same input gives the same bits.
import { exp, log } from './arithmetic.js';
import { FLAG_VALUE } from './filter.js';
import { FEATURE_COUNT } from './hashing.js';
import { makeRandom, shuffle } from './random.js';
import type { Features } from './read-features.js';

export interface Example {
  readonly features: Features;
  readonly isSpam: boolean;
  /** How much it counts. */
  readonly weight: number;
}

export const RECIPE = {
  epochs: 8,
  /** Added to every count before the ratio is taken. */
  smoothing: 1,
  rate: 0.15,
  /** Ridge, for each example and feature. */
  ridge: 1e-6,
  /** An example this sure of its label teaches nothing more. */
  sure: 0.001,
  /** In so many orders the examples are gone through, each from nothing; the mean of their weights errs a sixth less. */
  seeds: [1, 2, 3],
} as const;

/** Three numbers lie side by side for each feature, because a look at memory costs more than the arithmetic. */
const STRIDE = 3;
const SQUARES = 1;
const RATIO = 2;

// By its own name: in the tests' sandbox every look at a global takes longer than the root.
const { sqrt } = Math;

export interface Weights {
  readonly weights: Float64Array;
  readonly bias: number;
}

export function trainWeights(examples: readonly Example[]): Weights {
  const ratios = logCountRatios(examples);
  const mean = { weights: new Float64Array(FEATURE_COUNT), bias: 0 };
  for (const seed of RECIPE.seeds) {
    const { weights, bias } = trainInOrder(examples, ratios.slice(), makeRandom(seed));
    mean.bias += bias / RECIPE.seeds.length;
    for (let at = 0; at < FEATURE_COUNT; at++) {
      mean.weights[at] = (mean.weights[at] ?? 0) + (weights[at] ?? 0) / RECIPE.seeds.length;
    }
  }
  return mean;
}

function trainInOrder(examples: readonly Example[], table: Float32Array, random: () => number): Weights {
  const order = Int32Array.from(examples.keys());
  const bias = { weight: 0, squares: 1e-8 };
  for (let epoch = 0; epoch < RECIPE.epochs; epoch++) {
    shuffle(order, random);
    for (const at of order) {
      const example = examples[at];
      if (example) learn(table, bias, example);
    }
  }
  const weights = Float64Array.from(
    { length: FEATURE_COUNT },
    (_, at) => (table[at * STRIDE] ?? 0) * (table[at * STRIDE + RATIO] ?? 0),
  );
  return { weights, bias: bias.weight };
}

/** log of how much likelier a feature is in spam than in ham; 0 for what is in neither. */
function logCountRatios(examples: readonly Example[]): Float32Array {
  const inSpam = new Float64Array(FEATURE_COUNT);
  const inHam = new Float64Array(FEATURE_COUNT);
  let spam = 2 * RECIPE.smoothing;
  let ham = 2 * RECIPE.smoothing;
  for (const { features, isSpam, weight } of examples) {
    const counts = isSpam ? inSpam : inHam;
    if (isSpam) spam += weight;
    else ham += weight;
    for (const number of features.content) counts[number] = (counts[number] ?? 0) + weight;
    for (const number of features.flags) counts[number] = (counts[number] ?? 0) + weight;
  }
  const table = new Float32Array(FEATURE_COUNT * STRIDE);
  const share = log(spam) - log(ham);
  for (let at = 0; at < FEATURE_COUNT; at++) {
    const [s, h] = [inSpam[at] ?? 0, inHam[at] ?? 0];
    table[at * STRIDE + SQUARES] = 1e-8;
    if (s === 0 && h === 0) continue;
    table[at * STRIDE + RATIO] = log(s + RECIPE.smoothing) - log(h + RECIPE.smoothing) - share;
  }
  return table;
}

function learn(
  table: Float32Array,
  bias: { weight: number; squares: number },
  { features, isSpam, weight }: Example,
): void {
  const { content, flags } = features;
  const value = 1 / sqrt(Math.max(1, content.length));
  const score = bias.weight + value * sumOf(table, content) + FLAG_VALUE * sumOf(table, flags);
  const wrongness = 1 / (1 + exp(isSpam ? score : -score));
  if (wrongness < RECIPE.sure) return;
  const slope = weight * (isSpam ? -wrongness : wrongness);
  move(table, content, slope * value);
  move(table, flags, slope * FLAG_VALUE);
  bias.squares += slope * slope;
  bias.weight -= (RECIPE.rate * slope) / sqrt(bias.squares);
}

function sumOf(table: Float32Array, numbers: Int32Array): number {
  let sum = 0;
  for (const number of numbers) {
    const at = number * STRIDE;
    sum += (table[at] ?? 0) * (table[at + RATIO] ?? 0);
  }
  return sum;
}

function move(table: Float32Array, numbers: Int32Array, slope: number): void {
  for (const number of numbers) {
    const at = number * STRIDE;
    const before = table[at] ?? 0;
    const gradient = slope * (table[at + RATIO] ?? 0) + RECIPE.ridge * before;
    const squares = (table[at + SQUARES] ?? 0) + gradient * gradient;
    table[at + SQUARES] = squares;
    table[at] = before - (RECIPE.rate * gradient) / sqrt(squares);
  }
}
