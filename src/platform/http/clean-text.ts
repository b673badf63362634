import type { FieldFault } from '../problem/problem.js';

/*
 * The one place where untrusted text is cleaned, before anything else looks at it. NUL and lone surrogates cannot be
 * stored and are refused; other control characters but tab and newline say nothing to a reader and are removed; what is
 * left is put in normal form C, so that equal text has equal bytes.
 */

/** Deeper than any body of ours; bounds the recursion against a body of 100,000 brackets. */
const DEEPEST = 16;

/** More than any body of ours holds; 20,000 unknown members would be answered with two megabytes of faults. */
const MOST_VALUES = 2_000;

const REMOVED = /(?![\0\t\n])\p{Cc}/gu;

export function cleanText(text: string): string {
  return text.replace(REMOVED, '').normalize('NFC');
}

/** Why a text cannot be taken at all, or null. */
export function textFault(text: string, pointer: string): FieldFault | null {
  if (text.includes('\0')) return { pointer, rule: 'no-nul', detail: 'Remove the NUL character (U+0000).' };
  if (!text.isWellFormed())
    return { pointer, rule: 'well-formed', detail: 'Remove the lone surrogate; send whole characters.' };
  return null;
}

/** Every string in a parsed body, cleaned; what cannot be cleaned is reported with its place. */
export function cleanUntrusted(
  value: unknown,
  faults: FieldFault[],
  pointer = '',
  depth = 0,
  budget = { values: MOST_VALUES },
): unknown {
  if (budget.values-- <= 0) {
    if (budget.values === -1) faults.push({ pointer, rule: 'size', detail: `Send at most ${MOST_VALUES} values.` });
    return null;
  }
  if (typeof value === 'string') {
    const fault = textFault(value, pointer);
    if (fault) faults.push(fault);
    return fault ? value : cleanText(value);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) {
    faults.push({ pointer, rule: 'depth', detail: 'Nest less deeply.' });
    return null;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => cleanUntrusted(item, faults, `${pointer}/${index}`, depth + 1, budget));
  }
  const clean: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    const place = `${pointer}/${escapePointer(key)}`;
    // No member of ours has such a name, and what looks into objects later would trip over it.
    if (key in Object.prototype)
      faults.push({ pointer: place, rule: 'unknown-member', detail: 'Leave this member out.' });
    else clean[key] = cleanUntrusted(member, faults, place, depth + 1, budget);
  }
  return clean;
}

/** RFC 6901, section 3. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
