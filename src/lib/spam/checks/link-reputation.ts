import { domainToUnicode } from 'node:url';
import type { Check } from '../check.js';
import type { LinkDomain } from '../evidence.js';
import { domainOf } from '../link-domains.js';
import type { Signal } from '../verdict.js';
import { withTerms } from '../signal-terms.js';
import { count, spellOut } from '../wording.js';

/**
 * Here: the log of (spam + doubt) / (ham + doubt), counted in comments that people decided. `doubt` makes the first
 * decision weigh 3; measured on the corpora's links it is 2.7 to 3.4 (decision 0015). That holds a comment together
 * with the weight of one link, and one comment that was accepted takes it back. Trust never pays for more than a link
 * costs (0.67): a link to a popular site is no ticket for the text around it.
 *
 * Elsewhere: the same log of sites that have no owner in common, from three on. Strangers tip, and with five of them a
 * person should look; they never put away, and say nothing where this site's own people know the domain as good.
 */
const DEFAULTS = {
  doubt: 0.05,
  mostHere: 4,
  mostTrust: 0.6,
  fewestSites: 3,
  siteDoubt: 0.6,
  mostElsewhere: 3,
  /** Domains of one comment were mostly found in the same earlier comments, so a second one proves little more. */
  further: 0.5,
  /** Below what puts an ordinary comment away: what others wrote around a link must not condemn what is written now. */
  mostInAll: 5,
};

type Weights = typeof DEFAULTS;

/** Weighs what the domains that a comment links to are known for, here and on the other sites of the service. */
export function linkReputation(options: Partial<Weights> = {}): Check {
  const weights = { ...DEFAULTS, ...options };
  return ({ facts }, { links, authorLink, finder }) => {
    const found = new Set([...links, ...(authorLink === null ? [] : [authorLink])].map(({ host }) => domainOf(host)));
    const known = facts.linkDomains.filter(({ domain }) => found.has(domain));
    if (known.length === 0) return [];
    // By domain they are known, by host they stand in the text.
    const asWritten = ({ terms = [], ...signal }: Signal): Signal => {
      const hosts = links.filter(({ host }) => terms.includes(domainOf(host))).map(({ host }) => host);
      return { ...signal, ...withTerms([...new Set(hosts)].map((host) => finder.find(host))) };
    };
    const bad = [
      ...inRow(
        known.flatMap((domain) => spamHere(domain, weights)),
        weights,
      ),
      ...inRow(
        known.flatMap((domain) => spamElsewhere(domain, weights)),
        weights,
      ),
    ];
    if (bad.length > 0) return upTo(weights.mostInAll, bad.map(asWritten));
    const isAllGood = known.length === found.size && known.every((domain) => logOddsHere(domain, weights) < 0);
    return isAllGood ? trusted(known, weights).map(asWritten) : [];
  };
}

function logOddsHere({ spamHere, hamHere }: LinkDomain, { doubt }: Weights): number {
  return Math.log((spamHere + doubt) / (hamHere + doubt));
}

function spamHere(domain: LinkDomain, weights: Weights): Signal[] {
  const weight = Math.min(weights.mostHere, logOddsHere(domain, weights));
  if (!(weight > 0)) return [];
  const accepted = domain.hamHere > 0 ? ` and in ${domain.hamHere} accepted` : '';
  const why = `a link to ${shown(domain)} was in ${count(domain.spamHere, 'comment')} marked as spam here${accepted}`;
  return [{ name: 'link-spam-here', weight, why, terms: [domain.domain] }];
}

function spamElsewhere(domain: LinkDomain, weights: Weights): Signal[] {
  const { spamSites, hamSites } = domain;
  const isKnownGoodHere = logOddsHere(domain, weights) < 0;
  if (spamSites < weights.fewestSites || isKnownGoodHere) return [];
  const logOdds = Math.log((spamSites + weights.siteDoubt) / (hamSites + weights.siteDoubt));
  const weight = Math.min(weights.mostElsewhere, logOdds);
  if (!(weight > 0)) return [];
  const accepted = hamSites > 0 ? ` and accepted on ${hamSites}` : '';
  const why = `a link to ${shown(domain)} was confirmed as spam on ${count(spamSites, 'other site')}${accepted}`;
  return [{ name: 'link-spam-elsewhere', weight, why, terms: [domain.domain] }];
}

function trusted(known: readonly LinkDomain[], weights: Weights): Signal[] {
  const best = known.reduce((one, other) => (other.hamHere > one.hamHere ? other : one));
  const weight = Math.max(-weights.mostTrust, logOddsHere(best, weights));
  const why = `a link to ${shown(best)} was in ${count(best.hamHere, 'accepted comment')} here`;
  return [{ name: 'link-ham-here', weight, why, terms: [best.domain] }];
}

/** The heaviest in full, the others as what they add to it. */
function inRow(signals: readonly Signal[], { further }: Weights): Signal[] {
  return signals
    .toSorted((one, other) => other.weight - one.weight)
    .map((signal, index) => (index === 0 ? signal : { ...signal, weight: Math.min(further, signal.weight) }));
}

function upTo(most: number, signals: readonly Signal[]): Signal[] {
  let left = most;
  return signals.flatMap((signal) => {
    const weight = Math.min(left, signal.weight);
    left -= weight;
    return weight > 0 ? [{ ...signal, weight }] : [];
  });
}

/** As its readers know it: DNS writes Unicode names in a way that nobody reads. */
function shown({ domain }: LinkDomain): string {
  return spellOut(domainToUnicode(domain) || domain);
}
