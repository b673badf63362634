// What one site has taught: a logistic regression learned comment by comment (AdaGrad), beside the frozen starter, and
// how far the starter is to be believed here. It is a fold over the site's examples in their order and nothing else:
// unlearning one means folding the others.
import { exp } from './arithmetic.js';
import { starterOf, type SiteExample } from './site-example.js';
import { SparseWeights, type Counts } from './sparse-weights.js';

const RATE = 0.25;
/**
 * How much of a naive-Bayes log-count ratio counts beside the learned weight: counts know at once what the weights learn
 * step by step. A third errs least, alone it errs more (docs/filter.md).
 */
const RATIO = 0.3;
/** A flag counts as much as a feature of a comment that has eleven. */
const SITE_FLAG_VALUE = 0.3;
/** Steps on one comment, while it is not yet believed. */
const STEPS = 3;
const SURE = 0.005;
/**
 * The starter's share is learned, from a half: where the starter knows, the site's own decisions raise it soon; where it
 * does not, it stands less in the way of learning. It holds from the tenth decision on and before by its part: one
 * decision must not turn a queue.
 */
const TRUST = { first: 0.5, squares: 16, rate: 0.2, most: 2, from: 10 };

export interface SiteScore {
  /** Log-odds: `trust` times the starter's, and the site's own. */
  readonly score: number;
  readonly site: number;
  readonly trust: number;
}

export class SiteModel {
  readonly #weights = new SparseWeights();
  #bias = 0;
  #biasSquares = 1;
  #trust = TRUST.first;
  #trustSquares = TRUST.squares;
  #spam = 0;
  #ham = 0;

  /** The model of these decisions, in their order. */
  static fold(examples: Iterable<{ readonly example: SiteExample; readonly isSpam: boolean }>): SiteModel {
    const model = new SiteModel();
    for (const { example, isSpam } of examples) model.learn(example, isSpam);
    return model;
  }

  /** What it was taught. */
  get learned(): Counts {
    return { spam: this.#spam, ham: this.#ham };
  }

  /** About how much memory it takes. */
  get bytes(): number {
    return this.#weights.bytes;
  }

  score(example: SiteExample): SiteScore {
    return this.#scoreWith(example, this.#ratios(example));
  }

  #scoreWith(example: SiteExample, ratios: number): SiteScore {
    const site = this.#bias + this.#sum(example) + ratios;
    const trust = 1 + Math.min(1, (this.#spam + this.#ham) / TRUST.from) * (this.#trust - 1);
    return { score: trust * starterOf(example) + site, site, trust };
  }

  learn(example: SiteExample, isSpam: boolean): void {
    const { content, flags } = example;
    // Counted afterwards: what a comment itself adds to the counts teaches the weights nothing.
    const ratios = this.#ratios(example);
    const value = valueOf(content.length);
    for (let step = 0; step < STEPS; step++) {
      const { score } = this.#scoreWith(example, ratios);
      const wrongness = 1 / (1 + exp(isSpam ? score : -score));
      if (wrongness < SURE) break;
      const slope = isSpam ? -wrongness : wrongness;
      this.#weights.move(content, slope * value, RATE);
      this.#weights.move(flags, slope * SITE_FLAG_VALUE, RATE);
      this.#moveBias(slope);
      this.#moveTrust(slope * starterOf(example));
    }
    this.#weights.count(content, isSpam);
    if (isSpam) this.#spam++;
    else this.#ham++;
  }

  /** Log-odds that one feature of a comment with so many adds. */
  weightOf(number: number, contentLength: number): number {
    return valueOf(contentLength) * (this.#weights.get(number) + RATIO * this.#weights.ratio(number, this.learned));
  }

  /** In how many of the decided comments a feature was. */
  countsOf(number: number): Counts {
    return this.#weights.countsOf(number);
  }

  /** The same decisions in the same order give the same bytes, on every machine. */
  encode(): Uint8Array {
    const numbers = [this.#bias, this.#biasSquares, this.#trust, this.#trustSquares, this.#spam, this.#ham];
    return this.#weights.encode(Float64Array.from(numbers));
  }

  #ratios({ content }: SiteExample): number {
    return RATIO * valueOf(content.length) * this.#weights.sumRatios(content, this.learned);
  }

  #sum({ content, flags }: SiteExample): number {
    return valueOf(content.length) * this.#weights.sum(content) + SITE_FLAG_VALUE * this.#weights.sum(flags);
  }

  #moveBias(slope: number): void {
    this.#biasSquares += slope * slope;
    this.#bias -= (RATE * slope) / Math.sqrt(this.#biasSquares);
  }

  #moveTrust(slope: number): void {
    this.#trustSquares += slope * slope;
    const moved = this.#trust - (TRUST.rate * slope) / Math.sqrt(this.#trustSquares);
    this.#trust = Math.min(TRUST.most, Math.max(0, moved));
  }
}

function valueOf(contentLength: number): number {
  return 1 / Math.sqrt(Math.max(1, contentLength));
}
