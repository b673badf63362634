import { codePointLength } from '../platform/http/text-rules.js';
import type { FieldFault } from '../platform/problem/problem.js';

/** ASVS 6.2: long enough, and no rule of composition, which only makes passwords alike. */
export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 256;

/** Why a text cannot become a password, or null. */
export function passwordFault(password: string, pointer: string): FieldFault | null {
  // The form it is hashed in.
  const length = codePointLength(password.normalize('NFC'));
  if (length >= SHORTEST_PASSWORD && length <= LONGEST_PASSWORD) return null;
  const detail = `Write ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`;
  return { pointer, rule: 'length', detail };
}
