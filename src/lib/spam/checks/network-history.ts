import type { Check } from '../check.js';

/**
 * A network is 256 neighbouring addresses (of IPv6 a /48), perhaps an office or a university: whoever sits there is
 * suspicious by their neighbour's deeds alone, so the log-odds of spam against ham is halved and stops at the weight of
 * a bad habit. Readers whose comments were accepted speak for the others: a campus with as many good comments as bad
 * ones weighs nothing. Trust is smaller still, for a spammer can share a network with anybody.
 */
const DEFAULTS = { share: 0.5, mostDistrust: 1.5, mostTrust: 0.4 };

/** Weighs what people decided on the comments that came from the same network in the last week. */
export function networkHistory(options: Partial<typeof DEFAULTS> = {}): Check {
  const { share, mostDistrust, mostTrust } = { ...DEFAULTS, ...options };
  return ({ facts: { networkSpam, networkHam } }) => {
    const logOdds = share * Math.log((1 + networkSpam) / (1 + networkHam));
    const why = `of this network’s comments in the last 7 days, ${networkSpam} were marked as spam here and ${networkHam} accepted`;
    if (logOdds > 0) return [{ name: 'network-spam', weight: Math.min(mostDistrust, logOdds), why }];
    if (logOdds < 0) return [{ name: 'network-ham', weight: Math.max(-mostTrust, logOdds), why }];
    return [];
  };
}
