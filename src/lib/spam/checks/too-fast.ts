import type { Check } from '../check.js';

/**
 * Three seconds do not suffice to read a form, let alone to fill it in; but a text may be pasted, or sent again after
 * an error, so the time alone holds nothing.
 */
const DEFAULTS = { seconds: 3, weight: 2.2 };

/** Compares the time between form and comment with what a person needs; silent when there was no form token. */
export function tooFast(options: Partial<typeof DEFAULTS> = {}): Check {
  const { seconds, weight } = { ...DEFAULTS, ...options };
  return ({ facts: { secondsToWrite } }) => {
    if (secondsToWrite === null || !(secondsToWrite < seconds)) return [];
    // Two machines' clocks may differ a little, and no comment is written before its form.
    const shown = Math.max(0, secondsToWrite).toFixed(1);
    return [{ name: 'too-fast', weight, why: `sent ${shown} seconds after the form was opened` }];
  };
}
