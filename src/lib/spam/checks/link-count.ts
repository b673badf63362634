import type { Check } from '../check.js';
import { count } from '../wording.js';

/**
 * Links are what most comment spam is for, and what a good answer often holds: one says little, many say much, and
 * from ten on more add nothing. The weight is `most * n / (n + half)`: 0.3 for one, 0.8 for three, 1.3 for ten. It was
 * twice that before the content was learned, which knows one link from two but was shown few comments with many.
 */
const DEFAULTS = { most: 2, half: 5 };

/** Counts the different links that lead away from the site. */
export function linkCount(options: Partial<typeof DEFAULTS> = {}): Check {
  const { most, half } = { ...DEFAULTS, ...options };
  return (_evidence, { links }) => {
    if (links.length === 0) return [];
    const weight = (most * links.length) / (links.length + half);
    return [{ name: 'link-count', weight, why: `${count(links.length, 'link')} to other sites` }];
  };
}
