import type { Check } from '../check.js';
import { count } from '../wording.js';

/**
 * Links are what most comment spam is for, and what a good answer often holds: one says little, many say much, and
 * from ten on more add nothing. The weight is `most * n / (n + half)`: 0.7 for one, 1.5 for three, 2.7 for ten.
 */
const DEFAULTS = { most: 4, half: 5 };

/** Counts the different links that lead away from the site. */
export function linkCount(options: Partial<typeof DEFAULTS> = {}): Check {
  const { most, half } = { ...DEFAULTS, ...options };
  return (_evidence, reading) => {
    const { links } = reading;
    if (links.length === 0) return [];
    const weight = (most * links.length) / (links.length + half);
    return [
      { name: 'link-count', weight, why: `${count(links.length, 'link')} in ${count(reading.wordCount, 'word')}` },
    ];
  };
}
