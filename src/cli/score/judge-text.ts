import { emailSignals } from '../../lib/email/email-signals.js';
import type { Filter } from '../../lib/spam/classifier/filter.js';
import type { SiteModel } from '../../lib/spam/classifier/site-model.js';
import type { Evidence } from '../../lib/spam/evidence.js';
import { RuleSet } from '../../lib/spam/rules/rule-set.js';
import { judge } from '../../lib/spam/judge.js';
import type { Verdict } from '../../lib/spam/verdict.js';

/** A comment as it is given to be scored. */
export interface GivenComment {
  readonly text: string;
  readonly author: string;
  readonly email: string;
  readonly url: string | null;
}

/** @returns what is wrong with the line, if it is none */
export function readGiven(line: string): GivenComment | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  if (typeof value !== 'object' || value === null) return 'not an object';
  const { text, author, email, url } = value as Readonly<Record<string, unknown>>;
  if (typeof text !== 'string') return 'without a "text"';
  return {
    text,
    author: typeof author === 'string' ? author : '',
    email: typeof email === 'string' ? email : '',
    url: typeof url === 'string' && url !== '' ? url : null,
  };
}

/** Content alone: as a comment on a site that knows nothing of its author, its network or its links. */
export function judgeText(given: GivenComment, siteModel: SiteModel | null, filter?: Filter): Verdict {
  const evidence: Evidence = {
    comment: {
      body: given.text,
      authorName: given.author,
      authorEmail: given.email,
      authorUrl: given.url,
      language: null,
      articleTitle: null,
    },
    facts: { ...NOTHING_KNOWN, siteModel },
  };
  return judge(evidence, { extraSignals: emailSignals(given.email), ...(filter ? { filter } : {}) });
}

const NOTHING_KNOWN: Omit<Evidence['facts'], 'siteModel'> = {
  honeypotFilled: false,
  secondsToWrite: null,
  lacksProof: false,
  blockedWords: [],
  rules: new RuleSet([]),
  clientNetwork: null,
  ownHosts: [],
  recentCopies: 0,
  nearCopies: 0,
  spamCopies: 0,
  confirmedElsewhere: { sites: 0, byOperator: false },
  authorPublished: 0,
  authorSpam: 0,
  networkSpam: 0,
  networkHam: 0,
  authorRecent: 0,
  networkRecent: 0,
  linkDomains: [],
};
