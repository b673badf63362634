import { readFileSync } from 'node:fs';
import type { Check } from '../check.js';
import { withTerms } from '../signal-terms.js';
import { spellOut } from '../wording.js';

/**
 * Shorteners defeat every look at the host and a comment has no lack of space, yet people paste what an app's share
 * button gave them: so one of them together with its link-count stays below the hold threshold.
 */
const DEFAULTS = { weight: 1.6 };

/** Recognises links whose host is a known shortener, the author's URL included. */
export function linkShortener(options: Partial<typeof DEFAULTS> & { readonly hosts?: Iterable<string> } = {}): Check {
  const { weight } = { ...DEFAULTS, ...options };
  const shorteners = new Set(options.hosts ?? shippedHosts());
  return (_evidence, { links, authorLink, finder }) => {
    const all = authorLink === null ? links : [...links, authorLink];
    const found = new Set(all.map(({ host }) => host).filter((host) => shorteners.has(host)));
    return [...found].map((host) => ({
      name: 'link-shortener',
      weight,
      why: `the link shortener ${spellOut(host)} hides where it leads`,
      ...withTerms([finder.find(host)]),
    }));
  };
}

function shippedHosts(): readonly string[] {
  const lines = readFileSync(new URL('../data/url-shorteners.txt', import.meta.url), 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}
