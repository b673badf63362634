// The recipe of a filter: how the sources are weighed, how it is calibrated, where its thresholds lie.
import { exp } from './arithmetic.js';
import { encodeWeights, flagsByTopic, noTopics, scoreComment, type Calibration, type Filter } from './filter.js';
import { TOPICS, type Topic } from './flags.js';
import { FEATURE_COUNT } from './hashing.js';
import { thresholdAt, type Scored } from './measures.js';
import type { CommentFeatures } from './read-features.js';
import { trainWeights, type Example } from './train-weights.js';

export interface Labelled {
  readonly source: string;
  readonly isSpam: boolean;
  readonly features: CommentFeatures;
}

/** The larger a source, the less each of its comments counts: a thousand count as they are. */
const SOURCE_SIZE = { plain: 1_000, power: 0.6, least: 0.2, most: 10 };
/** A word has been met when so many comments have it. */
const MET_BY = 2;
/** Parts of the examples that are scored by a filter trained on the others. */
const FOLDS = 5;
/** The shares of ham that the shipped thresholds catch wrongly. */
const WRONGLY = { hold: 0.009, spam: 0.001 };

export interface TrainOptions {
  /** Told the share done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
  /** Left out of calibration and thresholds, which are for comments: letters, say. */
  readonly isComment?: (source: string) => boolean;
}

export function trainFilter(labelled: readonly Labelled[], options: TrainOptions = {}): Filter {
  const { onProgress = () => undefined, isComment = () => true } = options;
  const held: (Scored & { readonly source: string })[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const filter = trainRaw(labelled.filter((_, at) => at % FOLDS !== fold));
    labelled.forEach(({ source, isSpam, features }, at) => {
      if (at % FOLDS === fold && isComment(source)) {
        held.push({ source, score: scoreComment(filter, features).score, isSpam });
      }
    });
    onProgress((fold + 1) / (FOLDS + 1));
  }
  const calibration = calibrate(held);
  const { slope, offset } = calibration;
  const thresholds = {
    hold: offset + slope * thresholdBySource(held, WRONGLY.hold),
    spam: offset + slope * thresholdAt(held, WRONGLY.spam),
  };
  const raw = trainRaw(labelled);
  const usual = usualFlags(raw, labelled);
  const filter = { ...raw, calibration, thresholds, usual };
  onProgress(1);
  return filter;
}

/**
 * The score that this share of the ham passes on the average of the sources. A site is like one source, not like the
 * pool of all, in which languages that have no spam make every limit look easy.
 */
function thresholdBySource(scored: readonly (Scored & { readonly source: string })[], share: number): number {
  const ham = scored.filter(({ isSpam }) => !isSpam).sort((one, other) => other.score - one.score);
  const sizes = new Map<string, number>();
  for (const { source } of ham) sizes.set(source, (sizes.get(source) ?? 0) + 1);
  let passed = 0;
  for (const { source, score } of ham) {
    passed += 1 / ((sizes.get(source) ?? 1) * sizes.size);
    if (passed > share) return score;
  }
  return NaN;
}

/** Not yet calibrated. */
function trainRaw(labelled: readonly Labelled[]): Filter {
  const sizes = new Map<string, number>();
  const kindOf = ({ source, isSpam }: Labelled): string => `${source} ${isSpam}`;
  for (const one of labelled) sizes.set(kindOf(one), (sizes.get(kindOf(one)) ?? 0) + 1);
  const examples = labelled.map((one): Example => {
    const weight = weightBySize(sizes.get(kindOf(one)) ?? 1);
    return { features: one.features.whole, isSpam: one.isSpam, weight };
  });
  const { weights, bias } = trainWeights(examples);
  return {
    ...encodeWeights(weights),
    bias,
    met: wordsMet(labelled),
    calibration: { slope: 1, offset: 0 },
    thresholds: { hold: 0, spam: 0 },
    usual: noTopics(),
  };
}

function usualFlags(filter: Filter, labelled: readonly Labelled[]): Record<Topic, number> {
  const sums = noTopics();
  let count = 0;
  for (const { isSpam, features } of labelled) {
    if (isSpam) continue;
    count++;
    const ofOne = flagsByTopic(filter, features.whole.flagNames);
    for (const topic of TOPICS) sums[topic] += ofOne[topic];
  }
  for (const topic of TOPICS) sums[topic] /= Math.max(1, count);
  return sums;
}

function weightBySize(size: number): number {
  const { plain, power, least, most } = SOURCE_SIZE;
  return Math.min(most, Math.max(least, (plain / size) ** power));
}

function wordsMet(labelled: readonly Labelled[]): Uint8Array {
  const counts = new Uint8Array(FEATURE_COUNT);
  for (const { features } of labelled) {
    for (const number of features.whole.words) counts[number] = Math.min(MET_BY, (counts[number] ?? 0) + 1);
  }
  const met = new Uint8Array(FEATURE_COUNT >> 3);
  counts.forEach((count, number) => {
    if (count >= MET_BY) met[number >> 3] = (met[number >> 3] ?? 0) | (1 << (number & 7));
  });
  return met;
}

const ROUNDS = 50;

/** Newton's method on the two numbers of a logistic regression over the scores (Platt, 1999). */
export function calibrate(scored: readonly Scored[]): Calibration {
  let [slope, offset] = [1, 0];
  for (let round = 0; round < ROUNDS; round++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 1e-9, 0, 1e-9];
    for (const { score, isSpam } of scored) {
      const probability = 1 / (1 + exp(-(offset + slope * score)));
      const wrongness = probability - (isSpam ? 1 : 0);
      const curve = probability * (1 - probability);
      g0 += wrongness;
      g1 += wrongness * score;
      h00 += curve;
      h01 += curve * score;
      h11 += curve * score * score;
    }
    const determinant = h00 * h11 - h01 * h01;
    offset -= (h11 * g0 - h01 * g1) / determinant;
    slope -= (h00 * g1 - h01 * g0) / determinant;
  }
  return { slope, offset };
}
