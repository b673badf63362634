// All that a check may look at, as plain data. Gathering it (database, clock, form token) is the caller's work.
import type { RuleSet } from './rules/rule-set.js';

import type { SiteModel } from './classifier/site-model.js';

/** The comment as its author typed it. */
export interface CommentText {
  readonly body: string;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly authorUrl: string | null;
  readonly language: string | null;
  readonly articleTitle: string | null;
}

/** What the site knows around the comment. */
export interface Facts {
  readonly honeypotFilled: boolean;
  /** Seconds between handing out the form and receiving it; null when there was no form token. */
  readonly secondsToWrite: number | null;
  /** Came while the site was flooded, without the proof of work that the form asked for. */
  readonly lacksProof: boolean;
  /** The owner's words: plain text, a word or a phrase each. */
  readonly blockedWords: readonly string[];
  /** The owner's rules, made ready: `new RuleSet(rules)`. */
  readonly rules: RuleSet;
  /** The network the comment came from, its address cut to /24 or /48; null when it is not known. For rules only. */
  readonly clientNetwork: string | null;
  /** Host names of the site itself; links to them and to their subdomains do not count. */
  readonly ownHosts: readonly string[];
  /** Comments with the same fingerprint on this site in the last 24 hours, this one excluded. */
  readonly recentCopies: number;
  /** Near-identical comments on this site in the last 24 hours: exact copies too, this one excluded. */
  readonly nearCopies: number;
  /** Near-identical comments that a person of this site has put away as spam. */
  readonly spamCopies: number;
  /** How many unrelated other sites, and whether an operator, confirmed near-identical comments as spam. */
  readonly confirmedElsewhere: { readonly sites: number; readonly byOperator: boolean };
  /** Comments of this author published on this site so far. */
  readonly authorPublished: number;
  /** Comments of this author on this site that a person marked as spam. */
  readonly authorSpam: number;
  /** Comments from the same network on this site in the last 7 days that a person marked as spam, and accepted. */
  readonly networkSpam: number;
  readonly networkHam: number;
  /** Other comments of this author on this site in the 10 minutes before. */
  readonly authorRecent: number;
  /** Comments of other authors from the same network on this site in the 10 minutes before. */
  readonly networkRecent: number;
  /** The domains that the comment links to, as far as anything is known of them. */
  readonly linkDomains: readonly LinkDomain[];
  /** What the site's moderators have taught; null where they have not decided anything yet. */
  readonly siteModel: SiteModel | null;
}

/** What people decided on comments that link to a domain. */
export interface LinkDomain {
  /** As `domainOf` gives it. */
  readonly domain: string;
  /** Comments on this site: marked as spam; approved, or published for long and never marked. */
  readonly spamHere: number;
  readonly hamHere: number;
  /** Other sites with at least one such comment, no two of which have an owner in common. */
  readonly spamSites: number;
  readonly hamSites: number;
}

export interface Evidence {
  readonly comment: CommentText;
  readonly facts: Facts;
}
