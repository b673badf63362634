// What the library answers: a verdict and the signals that explain it. How a verdict is reached is judge.ts's affair.

/** One reason for or against a comment. */
export interface Signal {
  /** Stable kebab-case name; the README's table lists all of them. */
  readonly name: string;
  /** Log-odds added to the score; positive speaks for spam, negative against. */
  readonly weight: number;
  /** A sentence for the moderator, with the facts that were found. */
  readonly why: string;
  /** The words it speaks of, as they stand in the comment's text; at most twelve for all signals of a verdict. */
  readonly terms?: readonly string[];
}

export type Label = 'ham' | 'unsure' | 'spam';

/** Probabilities of spam, 0 to 1, from which a comment is held for a person and from which it is put away. */
export interface Thresholds {
  readonly hold: number;
  readonly spam: number;
}

/**
 * The limits that the shipped filter was given in training (`winnow score --thresholds`), as probabilities: held from
 * where one in a hundred comments of an average source is held wrongly, put away from where one in a thousand is.
 */
export const DEFAULT_THRESHOLDS: Thresholds = { hold: 0.64, spam: 0.829 };

export interface Verdict {
  readonly label: Label;
  /** 0 to 1; where a rule or a blocked word makes the label, at least the limit from which that label holds. */
  readonly probability: number;
  /** The log-odds behind the probability: the prior and the sum of all weights. */
  readonly score: number;
  /** Every signal, the heaviest first. */
  readonly signals: readonly Signal[];
}
