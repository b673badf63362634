import type { Check } from '../check.js';
import { explain, priorOf, type Contribution } from '../classifier/explain.js';
import { explainSite } from '../classifier/explain-site.js';
import { scoreComment } from '../classifier/filter.js';
import { withTerms, type WordFinder } from '../signal-terms.js';
import type { Signal } from '../verdict.js';

/**
 * What moves the score by less than `least` is told in one signal. Below `vouching.from` ordinary words vouch by a share
 * only: programs post praise too, and what a honeypot or a flood tells must still count.
 */
const DEFAULTS = { least: 0.3, vouching: { from: -4.5, share: 0.15 } };

/**
 * What the words and the build of a comment say, by the filter that comes along and by what this site's moderators have
 * taught. With the prior the weights add up to the log-odds, exactly down to where vouching ends.
 */
export function content(options: Partial<typeof DEFAULTS> = {}): Check {
  const { least, vouching } = { ...DEFAULTS, ...options };
  return ({ facts: { siteModel } }, { features, filter, finder }) => {
    const scored = scoreComment(filter, features);
    const told = gather(explain(filter, features, scored).contributions.map(nameSignal), least);
    const taught = siteModel === null ? [] : explainSite(siteModel, features, scored.score);
    const signals = [...told, ...taught];
    const score = signals.reduce((sum, { weight }) => sum + weight, priorOf(filter));
    const weight = Math.max(0, (1 - vouching.share) * (vouching.from - score));
    return [...signals, ...limit(weight)].map((signal) => asWritten(signal, finder));
  };
}

function limit(weight: number): Signal[] {
  if (weight === 0) return [];
  return [{ name: 'vouching-limit', weight, why: 'ordinary words speak for a comment only so far' }];
}

function nameSignal({ about, weight, why, words }: Contribution): Signal {
  return { name: SIGNAL_OF[about], weight, why, ...(words ? { terms: words } : {}) };
}

/** A sentence is no term: a text that is marked from end to end shows nothing. */
const LONGEST_PHRASE = 60;

/** With its terms as they stand in the text, where the filter reads them without capitals and disguises. */
function asWritten(signal: Signal, finder: WordFinder): Signal {
  const { name, weight, why, terms } = signal;
  if (terms === undefined) return signal;
  return {
    name,
    weight,
    why,
    ...withTerms(terms.map((term) => (term.length > LONGEST_PHRASE ? null : finder.find(term)))),
  };
}

const SIGNAL_OF: Readonly<Record<Contribution['about'], string>> = {
  'spam-words': 'spam-words',
  'ham-words': 'ham-words',
  'unknown-words': 'unknown-words',
  'worst-part': 'worst-part',
  links: 'text-links',
  contact: 'text-contact',
  money: 'text-money',
  capitals: 'text-capitals',
  disguise: 'text-disguise',
  markup: 'text-markup',
  length: 'text-length',
  signs: 'text-signs',
};

/** The names of what content() tells of the filter that comes along; the site's own are explain-site.ts's. */
export const CONTENT_SIGNALS: readonly string[] = [...Object.values(SIGNAL_OF), 'text-rest', 'vouching-limit'];

/** Many small reasons are one: a moderator reads the large ones. */
function gather(signals: readonly Signal[], least: number): Signal[] {
  const large = signals.filter(({ weight }) => Math.abs(weight) >= least);
  const weight = signals.reduce((sum, signal) => (Math.abs(signal.weight) < least ? sum + signal.weight : sum), 0);
  if (weight === 0) return large;
  return [...large, { name: 'text-rest', weight, why: 'what is left of its words and build, each of little weight' }];
}
