import type { Check } from '../check.js';
import { count } from '../wording.js';
import { weightOfCopies } from './recent-copies.js';

/**
 * Before this an ordinary comment stands near -3.7, half of those with a link below -2.2 and 90 % below 0; 1.57 puts
 * away. From the fourth of a wave on somebody looks, whatever the sum (ruling.ts), and the weight puts no ordinary
 * comment away, with a link and with the rate of a wave neither: readers who sign one petition in nearly the same words
 * are a person's to judge. So it is with the next copy of one that a person of this site has put away as spam; many such
 * weigh more, and end up there too. All of it speaks of the same copies, and so do the exact ones, so that only the
 * heaviest counts.
 */
const DEFAULTS = { least: 3, perDoubling: 0.8, most: 1.7, spam: 2.5, spamPerDoubling: 0.6, spamMost: 6 };

/** Weighs how often nearly the same text came to this site, and whether its people took it for spam. */
export function nearCopies(options: Partial<typeof DEFAULTS> = {}): Check {
  const { least, perDoubling, most, spam, spamPerDoubling, spamMost } = { ...DEFAULTS, ...options };
  return ({ comment, facts }) => {
    const exact = weightOfCopies(comment.body, facts.recentCopies);
    const ofSpam = spam + spamPerDoubling * Math.log2(Math.max(1, facts.spamCopies));
    const spamWeight = facts.spamCopies > 0 ? Math.max(0, Math.min(spamMost, ofSpam) - exact) : 0;
    const wave = Math.min(most, perDoubling * Math.log2(Math.max(1, facts.nearCopies)));
    const weight = Math.max(0, wave - exact - spamWeight);
    const came = `${count(facts.nearCopies, 'near-identical comment')} came here before in the last 24 hours`;
    const were = facts.spamCopies === 1 ? 'was' : 'were';
    const taken = `${count(facts.spamCopies, 'near-identical comment')} here ${were} put away as spam by a person`;
    // Told also where it weighs nothing any more: a moderator sees all reasons.
    const isWave = facts.nearCopies >= least;
    return [
      ...(isWave ? [{ name: 'near-copies', weight, why: came }] : []),
      ...(facts.spamCopies > 0 ? [{ name: 'copies-of-spam', weight: spamWeight, why: taken }] : []),
    ];
  };
}
