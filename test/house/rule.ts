import type { House, Texts } from './house.js';

/** One law of the house that a machine can read. */
export interface Rule {
  /** A fact about the house: "imports only downstairs". */
  readonly title: string;
  /** One line for each breach, beginning with the path. */
  readonly check: (house: House) => string[];
  /** Small houses that break the law, each with the fault that must be found: they prove that the rule can fail. */
  readonly breaches: readonly Breach[];
}

export interface Breach {
  readonly of: string;
  readonly texts: Texts;
  readonly fault: string;
}
