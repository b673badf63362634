import type { Check } from '../check.js';
import type { Evidence } from '../evidence.js';
import type { Reading } from '../reading.js';
import type { Rule } from '../rules/rule.js';
import type { Signal } from '../verdict.js';
import { fold } from '../folding.js';
import { isUnder } from '../links.js';
import { withTerms } from '../signal-terms.js';
import { quote } from '../wording.js';

/**
 * A rule decides by its action (ruling.ts), under any thresholds; the weights only move the probability to where the
 * rule is: from an ordinary comment's -3, `spam` is beyond the shipped limit of 1.69, and `hold` near that of 0. `allow`
 * outweighs most of what a text can look like. Each action weighs once: ten rules for one word are one opinion.
 */
const DEFAULTS = { spam: 6, hold: 2.5, allow: -4 };

/** A moderator reads a few reasons, and a verdict of a thousand would be stored with each comment. */
const MOST_OF_AN_ACTION = 5;

/** What the rules of the site's owner say. */
export function siteRules(options: Partial<typeof DEFAULTS> = {}): Check {
  const weights = { ...DEFAULTS, ...options };
  return (evidence, reading) => {
    const matching = matchingRules(evidence, reading);
    if (matching.length === 0) return [];
    const signals = (action: Rule['action'], signal: (weight: number, why: string) => Signal): readonly Signal[] =>
      signalsOf(matching, action, weights[action], signal, (rule) => termsOf(rule, reading));
    return [
      ...signals('allow', (weight, why) => ({ name: 'rule-allow', weight, why })),
      ...signals('spam', (weight, why) => ({ name: 'rule-spam', weight, why })),
      ...signals('hold', (weight, why) => ({ name: 'rule-hold', weight, why })),
    ];
  };
}

/** The rules among the site's that match, without a word on what follows. */
export function matchingRules({ comment, facts }: Evidence, reading: Reading): readonly Rule[] {
  const { body, authorName, authorEmail, authorUrl } = comment;
  const { clientNetwork, ownHosts } = facts;
  return facts.rules.match({ body, authorName, authorEmail, authorUrl, clientNetwork, ownHosts, reading });
}

function signalsOf(
  matching: readonly Rule[],
  action: Rule['action'],
  weight: number,
  signal: (weight: number, why: string) => Signal,
  terms: (rule: Rule) => Pick<Signal, 'terms'>,
): readonly Signal[] {
  return matching
    .filter((rule) => rule.action === action)
    .slice(0, MOST_OF_AN_ACTION)
    .map((rule, place) => ({
      ...signal(place === 0 ? weight : 0, `${SAYS[action]}: ${describe(rule)}`),
      ...terms(rule),
    }));
}

/** A word or a host; what an expression found would have to be looked for anew. */
function termsOf({ field, match, value }: Rule, { finder, links }: Reading): Pick<Signal, 'terms'> {
  if (match === 'regex') return {};
  if (field === 'text') return withTerms([finder.findFolded(fold(value).trim())]);
  if (field !== 'host') return {};
  const hosts = links
    .map(({ host }) => host)
    .filter((host) => isUnder(host, [value]) || host.includes(value.toLowerCase()));
  return withTerms(hosts.map((host) => finder.find(host)));
}

const SAYS: Readonly<Record<Rule['action'], string>> = {
  allow: 'a rule of this site allows it',
  spam: 'a rule of this site puts it away',
  hold: 'a rule of this site holds it',
};

const PLACES: Readonly<Record<Exclude<Rule['field'], 'network'>, readonly [whole: string, place: string]>> = {
  text: ['the comment is', 'the comment'],
  name: ['the author’s name is', 'the author’s name'],
  host: ['it leads to', 'a host it leads to'],
  address: ['the author’s e-mail address is or lies under', 'the author’s e-mail address'],
};

/** A network is not named: it is forgotten after some days, and what a verdict quotes is kept. */
function describe({ field, match, value }: Rule): string {
  if (field === 'network') return 'it came from a network of the rule';
  const [whole, place] = PLACES[field];
  if (match === 'exact') return `${whole} ${quote(value)}`;
  if (match === 'word') return `${place} contains ${quote(value)}`;
  return match === 'prefix' ? `${place} has what begins with ${quote(value)}` : `${place} fits ${quote(value)}`;
}
