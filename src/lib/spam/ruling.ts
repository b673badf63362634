// What an owner's rules mean for a verdict, whatever the sum of the signals is.
import type { RuleAction } from './rules/rule.js';
import type { Label, Signal } from './verdict.js';

/** The signals of the check site-rules, by what their rules do. */
const SIGNAL_OF: Readonly<Record<RuleAction, string>> = {
  allow: 'rule-allow',
  spam: 'rule-spam',
  hold: 'rule-hold',
};

/**
 * Which action of the site's rules is in force; null for none. An allowing rule is the exception to the others: blocks
 * are wide (a network, a word), and an owner who lets somebody through them means it. It does not reach as far as a
 * filled honeypot, which no person fills in, whatever address a program has copied.
 */
export function rulingOf(signals: readonly Signal[]): RuleAction | null {
  const says = (name: string): boolean => signals.some((signal) => signal.name === name);
  if (says(SIGNAL_OF.allow) && !says('honeypot')) return 'allow';
  if (says(SIGNAL_OF.spam)) return 'spam';
  return says(SIGNAL_OF.hold) ? 'hold' : null;
}

/**
 * A rule wins over the sum: an owner who wrote one knows what is meant, and must not have to know of thresholds. The
 * limits of a site may have been moved to where no weight reaches them.
 */
export function underRuling(label: Label, ruling: RuleAction | null): Label {
  if (ruling === 'allow') return 'ham';
  if (ruling === 'spam') return 'spam';
  return ruling === 'hold' && label === 'ham' ? 'unsure' : label;
}
