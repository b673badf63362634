// Adds up what the checks say and turns the sum into a verdict, under what the owner's rules say. It has no opinion of its
// own: it starts from the log-odds that the classifier gives an ordinary comment before its words are read.
import type { Check } from './check.js';
import { checks as allChecks } from './checks.js';
import type { Evidence } from './evidence.js';
import { sigmoid } from './classifier/arithmetic.js';
import { priorOf } from './classifier/explain.js';
import type { Filter } from './classifier/filter.js';
import { starterFilter } from './classifier/starter.js';
import { readComment } from './reading.js';
import { limitTerms } from './signal-terms.js';
import { rulingOf, underRuling, weighInForce } from './ruling.js';
import { DEFAULT_THRESHOLDS, type Label, type Signal, type Thresholds, type Verdict } from './verdict.js';

/** Log-odds of spam before any signal. */
export function prior(): number {
  return priorOf(starterFilter());
}

export interface JudgeOptions {
  readonly thresholds?: Thresholds;
  /** Signals found elsewhere, such as those of the e-mail address. */
  readonly extraSignals?: readonly Signal[];
  readonly checks?: readonly Check[];
  /** By the names of signals, what to multiply their weights by; 0 switches a signal off. */
  readonly weights?: Readonly<Record<string, number>>;
  /** What the classifier goes by; left out, the filter that comes along. */
  readonly filter?: Filter;
}

/** Judges one comment. All reasons are kept, the heaviest first. Throws on no string. */
export function judge(evidence: Evidence, options: JudgeOptions = {}): Verdict {
  const { thresholds = DEFAULT_THRESHOLDS, extraSignals = [], checks = allChecks, weights = {} } = options;
  const reading = readComment(evidence, options.filter);
  const found = [...checks.flatMap((check) => check(evidence, reading)), ...extraSignals];
  const signals = weighInForce(found.flatMap((signal) => weigh(signal, weights)));
  // Summed as found, before sorting: a further signal is then added last and cannot change the rounding of the others.
  const score = signals.reduce((sum, signal) => sum + signal.weight, priorOf(reading.filter));
  const ofSum = sigmoid(score);
  const label = underRuling(labelOf(ofSum, thresholds), rulingOf(signals), signals);
  return {
    label,
    probability: label === 'ham' ? ofSum : Math.max(ofSum, label === 'spam' ? thresholds.spam : thresholds.hold),
    score,
    signals: limitTerms(signals.sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight))),
  };
}

/** A signal that is switched off is not even told: a reason without weight would only puzzle the moderator. */
function weigh(signal: Signal, weights: Readonly<Record<string, number>>): Signal[] {
  const factor = Object.hasOwn(weights, signal.name) ? weights[signal.name] : undefined;
  if (factor === undefined) return [signal];
  return factor === 0 ? [] : [{ ...signal, weight: signal.weight * factor }];
}

function labelOf(probability: number, { hold, spam }: Thresholds): Label {
  if (probability >= spam) return 'spam';
  return probability >= hold ? 'unsure' : 'ham';
}
