// The figures by which filters are compared. A scored comment is its score, in any unit that grows with spam, and its label.
import { sigmoid } from './arithmetic.js';

export interface Scored {
  readonly score: number;
  readonly isSpam: boolean;
}

/**
 * (1-AUC)%, the error area of TREC's spam track: the share, in percent, of pairs of a spam and a ham that stand the wrong
 * way round; a pair that stands level counts half. NaN where one of the kinds is missing.
 */
export function errorArea(scored: readonly Scored[]): number {
  const sorted = [...scored].sort((one, other) => one.score - other.score);
  let ranks = 0;
  let spam = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to++;
    for (let at = from; at < to; at++) {
      if (!sorted[at]?.isSpam) continue;
      ranks += (from + 1 + to) / 2;
      spam++;
    }
    from = to;
  }
  const ham = sorted.length - spam;
  if (spam === 0 || ham === 0) return NaN;
  return 100 * (1 - (ranks - (spam * (spam + 1)) / 2) / (spam * ham));
}

/** The score that this share of the ham passes, 0 to 1. */
export function thresholdAt(scored: readonly Scored[], share: number): number {
  const ham = scored.filter(({ isSpam }) => !isSpam).map(({ score }) => score);
  ham.sort((one, other) => other - one);
  return ham[Math.min(ham.length - 1, Math.floor(ham.length * share))] ?? NaN;
}

/** In percent: how much of the spam, or of the ham, lies above the threshold. NaN where there is none. */
export function shareAbove(scored: readonly Scored[], threshold: number, isSpam: boolean): number {
  const ofKind = scored.filter((one) => one.isSpam === isSpam);
  if (ofKind.length === 0) return NaN;
  return (100 * ofKind.filter(({ score }) => score > threshold).length) / ofKind.length;
}

/** Recall in percent where this share of the ham is wrongly caught. */
export function recallAt(scored: readonly Scored[], share: number): number {
  return shareAbove(scored, thresholdAt(scored, share), true);
}

const BINS = 10;

/** In percent: how far, on average, ten classes of probability miss the share of spam in them (scores are log-odds). */
export function calibrationError(scored: readonly Scored[]): number {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, spam: 0, probability: 0 }));
  for (const { score, isSpam } of scored) {
    const probability = sigmoid(score);
    const bin = bins[Math.min(BINS - 1, Math.floor(probability * BINS))];
    if (!bin) continue;
    bin.count++;
    bin.probability += probability;
    if (isSpam) bin.spam++;
  }
  const missed = bins.reduce((sum, { spam, probability }) => sum + Math.abs(spam - probability), 0);
  return (100 * missed) / Math.max(1, scored.length);
}
