import type { Check } from '../check.js';
import { areOrIs, count } from '../wording.js';

/**
 * Modest on purpose: an author is an e-mail address that anybody can type, so a good name must not carry a comment
 * past a strong signal, nor a bad one condemn somebody whose address was borrowed. Spam counts only where a person
 * marked it: what the machine put away would speak for putting away the next, and one mistake would feed on itself.
 */
const DEFAULTS = { perPublishedDoubling: 0.7, mostTrust: 2, perSpamDoubling: 1.2, mostDistrust: 2.8 };

/** Weighs what became of this author's earlier comments on the site. */
export function authorHistory(options: Partial<typeof DEFAULTS> = {}): Check {
  const { perPublishedDoubling, mostTrust, perSpamDoubling, mostDistrust } = { ...DEFAULTS, ...options };
  return ({ facts: { authorPublished, authorSpam } }) => {
    const trust = Math.min(mostTrust, perPublishedDoubling * Math.log2(1 + authorPublished));
    const distrust = Math.min(mostDistrust, perSpamDoubling * Math.log2(1 + authorSpam));
    const earlier = (amount: number): string => count(amount, 'earlier comment');
    const published = `${earlier(authorPublished)} of this author ${areOrIs(authorPublished)} published here`;
    const spam = `${earlier(authorSpam)} of this author ${areOrIs(authorSpam)} marked as spam here`;
    return [
      ...(authorPublished > 0 ? [{ name: 'author-published', weight: -trust, why: published }] : []),
      ...(authorSpam > 0 ? [{ name: 'author-spam', weight: distrust, why: spam }] : []),
    ];
  };
}
