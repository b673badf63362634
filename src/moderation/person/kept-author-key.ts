import { authorKey } from '../../comments/typed-author.js';
import { checkEmailFormat } from '../../lib/email/email-format.js';
import { Problem } from '../../platform/problem/problem.js';

/**
 * The key under which the intake keeps this author, however the address is typed here. What the intake accepts from nobody
 * is refused: no author has it, and an empty key is that of all who have no address.
 * @throws Problem `invalid-body`
 */
export function keptAuthorKey(typed: string): string {
  const result = checkEmailFormat(typed.trim());
  if (result.ok) return authorKey({ email: result.email.address });
  throw new Problem('invalid-body', { errors: [{ pointer: '/email', rule: 'email-format', detail: result.why }] });
}
