import type { Check } from '../check.js';
import { count } from '../wording.js';

/**
 * A lively talk is three comments of one person in ten minutes; a program sends dozens. From one network they may be a
 * class at its school, so it takes more of them, weighs half, and stops below what three copies of one text weigh.
 * Neither holds a comment alone: haste is no crime, and the limits of the service stop a flood before it comes here.
 */
const DEFAULTS = { calm: 3, perDoubling: 0.8, most: 2, calmNetwork: 10, perNetworkDoubling: 0.4, mostOfNetwork: 1 };

/** Weighs how many comments the same author, and others from the same network, sent here just before. */
export function submissionRate(options: Partial<typeof DEFAULTS> = {}): Check {
  const { calm, perDoubling, most, calmNetwork, perNetworkDoubling, mostOfNetwork } = { ...DEFAULTS, ...options };
  return ({ facts: { authorRecent, networkRecent } }) => {
    const ofAuthor = Math.min(most, perDoubling * Math.log2(authorRecent / calm));
    const ofNetwork = Math.min(mostOfNetwork, perNetworkDoubling * Math.log2(networkRecent / calmNetwork));
    const author = `this author sent ${count(authorRecent, 'other comment')} here in the 10 minutes before`;
    const network = `${count(networkRecent, 'comment')} of others came from this network in the 10 minutes before`;
    return [
      ...(ofAuthor > 0 ? [{ name: 'author-rate', weight: ofAuthor, why: author }] : []),
      ...(ofNetwork > 0 ? [{ name: 'network-rate', weight: ofNetwork, why: network }] : []),
    ];
  };
}
