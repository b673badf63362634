import type { Check } from '../check.js';

/**
 * No person sees the field, so this alone makes clear spam of a stranger's comment. It is not heavier because a
 * theme may show the field and a browser may fill it: an author already published here is then held, not put away.
 */
const DEFAULTS = { weight: 7 };

/** Recognises a form filled in by a program, by the field hidden from people. */
export function honeypot(options: Partial<typeof DEFAULTS> = {}): Check {
  const { weight } = { ...DEFAULTS, ...options };
  return ({ facts }) =>
    facts.honeypotFilled ? [{ name: 'honeypot', weight, why: 'the form field hidden from people was filled in' }] : [];
}
