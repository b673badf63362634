// What an owner's rules, and earlier judgements of the same text, mean for a verdict, whatever the sum of the signals is.
import type { RuleAction } from './rules/rule.js';
import type { Label, Signal } from './verdict.js';

/** The signals of the check site-rules, by what their rules do. */
export const RULE_SIGNALS: Readonly<Record<RuleAction, string>> = {
  allow: 'rule-allow',
  spam: 'rule-spam',
  hold: 'rule-hold',
};
const HONEYPOT = 'honeypot';
/**
 * No rules of the policy, but no ham either, however ordinary the words are: a word that the owner blocked, a text that
 * people judged before, here or on other sites, a wave of copies, and
 * what came during a flood without a proof of work. Held so, and not by weight: what holds the plainest
 * comment by its weight puts one with a link away.
 */
const NO_HAM: readonly string[] = ['blocked-word', 'near-copies', 'copies-of-spam', 'confirmed-elsewhere', 'no-proof'];

/**
 * Which action of the site's rules is in force; null for none. An allowing rule is the exception to the others: blocks
 * are wide (a network, a word), and an owner who lets somebody through them means it. It does not reach as far as a
 * filled honeypot, which no person fills in, whatever address a program has copied; but where that signal is switched
 * off, people do fill it in.
 */
export function rulingOf(signals: readonly Signal[]): RuleAction | null {
  if (holds(signals, RULE_SIGNALS.allow) && !holds(signals, HONEYPOT)) return 'allow';
  if (holds(signals, RULE_SIGNALS.spam)) return 'spam';
  return holds(signals, RULE_SIGNALS.hold) ? 'hold' : null;
}

/** The signals, with an allowing rule that is out of force still told, but without its weight. */
export function weighInForce(signals: readonly Signal[]): Signal[] {
  if (!holds(signals, HONEYPOT)) return [...signals];
  return signals.map((signal) => (signal.name === RULE_SIGNALS.allow ? { ...signal, weight: 0 } : signal));
}

function holds(signals: readonly Signal[], name: string): boolean {
  return signals.some((signal) => signal.name === name);
}

/**
 * A rule wins over the sum: an owner who wrote one knows what is meant, and must not have to know of thresholds. The
 * limits of a site may have been moved to where no weight reaches them.
 */
export function underRuling(label: Label, ruling: RuleAction | null, signals: readonly Signal[] = []): Label {
  if (ruling === 'allow') return 'ham';
  if (ruling === 'spam') return 'spam';
  return (ruling === 'hold' || NO_HAM.some((name) => holds(signals, name))) && label === 'ham' ? 'unsure' : label;
}
