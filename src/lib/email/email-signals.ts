// What the address of a comment adds to its score, as signals a moderator can read. The sentences name the domain at
// most: a signal is stored, listed and exported where the address itself must not appear.
import { checkEmailFormat, type Email } from './email-format.js';
import { emailReputation } from './reputation.js';
import { suggestEmail } from './typo-suggestion.js';

/** A named, weighted finding. `weight` is in log-odds: positive is more like spam, and weights add up. */
export interface EmailSignal {
  readonly name: string;
  readonly weight: number;
  readonly why: string;
}

/** In log-odds. */
export const EMAIL_WEIGHTS = {
  /** Our own form cannot send it, so the comment was posted by a program that guessed the fields. */
  'email-format': 3,
  /** Throw-away mailboxes are made for registering in bulk, but careful readers like them too. */
  'disposable-email': 1.5,
  /** Nobody receives mail there; as often a shy reader as a program filling in a field. */
  'special-use-email': 1,
  /** Shops advertise from `info`, and small firms have no other address: a hint and no more. */
  'role-email': 0.4,
} as const satisfies Readonly<Record<string, number>>;

/**
 * The signals of an address as it was typed with a comment. No address at all gives none: whether one is required is
 * the site's affair, and an import may lack it.
 */
export function emailSignals(typed: string): EmailSignal[] {
  const result = checkEmailFormat(typed);
  if (result.ok) return reputationSignals(result.email);
  if (result.fault === 'empty') return [];
  return [signal('email-format', `The e-mail address is malformed, so no form that checks it was used. ${result.why}`)];
}

function reputationSignals(email: Email): EmailSignal[] {
  const { disposable, role, specialUse } = emailReputation(email);
  const domain = email.displayDomain;
  const signals: EmailSignal[] = [];
  // `gmial.com` is on the lists, for those who wait there for other people's mail; who types it has slipped.
  if (disposable && suggestEmail(email) === null) {
    signals.push(signal('disposable-email', `${domain} hands out throw-away addresses that are soon abandoned.`));
  }
  if (specialUse) {
    signals.push(
      signal('special-use-email', `${domain} is set aside for tests or local networks; no mail reaches it.`),
    );
  }
  if (role) {
    signals.push(
      signal('role-email', `The address at ${domain} belongs to a function such as sales, not to a person.`),
    );
  }
  return signals;
}

function signal(name: keyof typeof EMAIL_WEIGHTS, why: string): EmailSignal {
  return { name, weight: EMAIL_WEIGHTS[name], why };
}
