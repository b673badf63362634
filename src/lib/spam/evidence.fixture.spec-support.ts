// For specs only: a comment of which there is nothing to say, to be varied by each test.
import type { CommentText, Evidence, Facts } from './evidence.js';
import { encodeWeights, noTopics, type Filter } from './classifier/filter.js';
import { FEATURE_COUNT } from './classifier/hashing.js';
import type { Check } from './check.js';
import { readComment } from './reading.js';
import { RuleSet } from './rules/rule-set.js';
import type { Signal } from './verdict.js';

/** Evidence of an unremarkable comment, with some of its texts and facts replaced. */
export function plainEvidence(comment: Partial<CommentText> = {}, facts: Partial<Facts> = {}): Evidence {
  return {
    comment: {
      body: 'I read this twice and still think that the second photograph is the better one.',
      authorName: 'Ada Byron',
      authorEmail: 'ada@example.org',
      authorUrl: null,
      language: null,
      articleTitle: null,
      ...comment,
    },
    facts: {
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
      siteModel: null,
      ...facts,
    },
  };
}

/** Finds nothing in any words: the checks alone speak, from log-odds of -3. */
export const SILENT_FILTER: Filter = {
  ...encodeWeights(new Float64Array(FEATURE_COUNT)),
  bias: -3,
  met: new Uint8Array(FEATURE_COUNT >> 3),
  calibration: { slope: 1, offset: 0 },
  thresholds: { hold: 0, spam: 3 },
  usual: noTopics(),
};

/** What one check says about such evidence. */
export function signalsOf(check: Check, comment: Partial<CommentText>, facts: Partial<Facts> = {}): readonly Signal[] {
  const evidence = plainEvidence(comment, facts);
  return check(evidence, readComment(evidence));
}
