import { checkEmailFormat } from '../lib/email/email-format.js';
import { Problem } from '../platform/problem/problem.js';

/** The form in which accounts are stored and found: one person, however they type their address. */
export function accountEmail(typed: string): string {
  const result = checkEmailFormat(typed);
  // What is no ordinary address may still be an account's: the first operator's is admin@localhost.
  return (result.ok ? result.email.address : typed.trim()).toLowerCase();
}

/**
 * The same for an address that is to become an account's.
 * @throws Problem `invalid-body` with the sentence that says what to mend
 */
export function newAccountEmail(typed: string): string {
  const result = checkEmailFormat(typed);
  if (result.ok) return accountEmail(typed);
  throw new Problem('invalid-body', { errors: [{ pointer: '/email', rule: 'email-format', detail: result.why }] });
}
