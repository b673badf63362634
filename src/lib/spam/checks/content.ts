import type { Check } from '../check.js';
import { explain, type Contribution } from '../classifier/explain.js';
import { explainSite } from '../classifier/explain-site.js';
import { scoreComment } from '../classifier/filter.js';
import type { Signal } from '../verdict.js';

/**
 * What the words and the build of a comment say, by the filter that comes along and by what this site's moderators have
 * taught. The weights add up to the log-odds exactly; what moves the score by less than `least` is told in one signal.
 */
const DEFAULTS = { least: 0.3 };

export function content(options: Partial<typeof DEFAULTS> = {}): Check {
  const { least } = { ...DEFAULTS, ...options };
  return ({ facts: { siteModel } }, { features, filter }) => {
    const scored = scoreComment(filter, features);
    const signals = explain(filter, features, scored).contributions.map(nameSignal);
    if (siteModel !== null) signals.push(...explainSite(siteModel, features, scored.score));
    return gather(signals, least);
  };
}

function nameSignal({ about, weight, why }: Contribution): Signal {
  switch (about) {
    case 'spam-words':
      return { name: 'spam-words', weight, why };
    case 'ham-words':
      return { name: 'ham-words', weight, why };
    case 'unknown-words':
      return { name: 'unknown-words', weight, why };
    case 'worst-part':
      return { name: 'worst-part', weight, why };
    default:
      return { name: `text-${about}`, weight, why };
  }
}

/** Many small reasons are one: a moderator reads the large ones. */
function gather(signals: readonly Signal[], least: number): Signal[] {
  const large = signals.filter(({ weight }) => Math.abs(weight) >= least);
  const weight = signals.reduce((sum, signal) => (Math.abs(signal.weight) < least ? sum + signal.weight : sum), 0);
  if (weight === 0) return large;
  return [...large, { name: 'text-rest', weight, why: 'what is left of its words and build, each of little weight' }];
}
