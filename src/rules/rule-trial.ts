import { Injectable } from '@nestjs/common';
import { setImmediate as letOthersWork } from 'node:timers/promises';
import { matchingRules } from '../lib/spam/checks/site-rules.js';
import type { Facts } from '../lib/spam/evidence.js';
import { readComment } from '../lib/spam/reading.js';
import type { Rule } from '../lib/spam/rules/rule.js';
import { RuleSet } from '../lib/spam/rules/rule-set.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { Problem } from '../platform/problem/problem.js';
import { ownHosts } from '../sites/origins.js';
import type { KnownSite } from '../sites/site-directory.js';
import { readDecided, type DecidedComment } from './decided-comments.js';
import { stepsOf } from './rule-keeper.js';

const DAYS = 30;
const DAY_MS = 86_400_000;
const MOST_EXAMPLES = 5;
const LONGEST_EXCERPT = 200;
/** A trial in a process holds a connection and its one thread now and then; more than these would be felt by readers. */
const MOST_AT_ONCE = 2;

export interface TrialLimits {
  /** Decided comments that are looked at. */
  readonly most: number;
  /** No further comments are read after this long. */
  readonly budgetMs: number;
  /** So long the process does nothing else. */
  readonly stretchMs: number;
}

const LIMITS: TrialLimits = { most: 10_000, budgetMs: 5_000, stretchMs: 10 };

export interface TrialExample {
  readonly id: string;
  readonly authorName: string;
  readonly article: string;
  /** The beginning of the text, on one line. */
  readonly excerpt: string;
  readonly decidedAt: string;
}

/** What a rule would have done with the comments of which a person has said what they are. */
export interface Trial {
  readonly days: number;
  readonly decided: number;
  /** All that it matches. */
  readonly caught: number;
  /** Of these: approved ones that it would hold or put away, or spam that it would allow. */
  readonly wrongly: number;
  /** Whether there was more than could be looked at; the newest were. */
  readonly capped: boolean;
  readonly examples: { readonly caught: readonly TrialExample[]; readonly wrong: readonly TrialExample[] };
}

/** Tries a rule on what people decided in the last days. Nothing is stored, and nothing moves. */
@Injectable()
export class RuleTrial {
  #running = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `invalid-body`, `unavailable` */
  async run(site: KnownSite, rule: Rule, limits = LIMITS): Promise<Trial> {
    stepsOf(rule);
    if (this.#running >= MOST_AT_ONCE) throw new Problem('unavailable');
    this.#running++;
    try {
      return await this.#tally(site, rule, limits);
    } finally {
      this.#running--;
    }
  }

  async #tally(site: KnownSite, rule: Rule, { most, budgetMs, stretchMs }: TrialLimits): Promise<Trial> {
    const isMatch = matcherOf(rule, ownHosts(site));
    const tally = new Tally(rule);
    const since = new Date(this.clock.now().getTime() - DAYS * DAY_MS);
    const begunAt = performance.now();
    let restedAt = begunAt;
    for await (const comments of readDecided(this.database, site.id, since)) {
      for (const comment of comments) {
        if (tally.decided >= most || performance.now() - begunAt > budgetMs) return tally.result(true);
        tally.count(comment, isMatch(comment));
        if (performance.now() - restedAt < stretchMs) continue;
        await letOthersWork();
        restedAt = performance.now();
      }
    }
    return tally.result(false);
  }
}

class Tally {
  readonly #isMeantForSpam: boolean;
  readonly #right: TrialExample[] = [];
  readonly #wrong: TrialExample[] = [];
  #decided = 0;
  #caught = 0;
  #wrongly = 0;

  constructor({ action }: Rule) {
    this.#isMeantForSpam = action !== 'allow';
  }

  get decided(): number {
    return this.#decided;
  }

  count(comment: DecidedComment, isMatch: boolean): void {
    this.#decided++;
    if (!isMatch) return;
    this.#caught++;
    const isRight = comment.isSpam === this.#isMeantForSpam;
    if (!isRight) this.#wrongly++;
    const examples = isRight ? this.#right : this.#wrong;
    if (examples.length < MOST_EXAMPLES) examples.push(describeExample(comment));
  }

  result(capped: boolean): Trial {
    const examples = { caught: this.#right, wrong: this.#wrong };
    return { days: DAYS, decided: this.#decided, caught: this.#caught, wrongly: this.#wrongly, capped, examples };
  }
}

/** With the texts alone: what else is known of a comment no rule asks for. */
function matcherOf(rule: Rule, hosts: readonly string[]): (comment: DecidedComment) => boolean {
  const facts: Facts = {
    ...{
      honeypotFilled: false,
      secondsToWrite: null,
      lacksProof: false,
      recentCopies: 0,
      authorPublished: 0,
      authorSpam: 0,
    },
    ...{ nearCopies: 0, spamCopies: 0, confirmedElsewhere: { sites: 0, byOperator: false } },
    ...{ networkSpam: 0, networkHam: 0, authorRecent: 0, networkRecent: 0, linkDomains: [], siteModel: null },
    ...{ blockedWords: [], rules: new RuleSet([rule]), clientNetwork: null, ownHosts: hosts },
  };
  return ({ body, authorName, authorEmail, authorUrl, clientNetwork }) => {
    const comment = { body, authorName, authorEmail, authorUrl, language: null, articleTitle: null };
    const evidence = { comment, facts: { ...facts, clientNetwork } };
    return matchingRules(evidence, readComment(evidence)).length > 0;
  };
}

function describeExample({ id, authorName, articleKey, body, decidedAt }: DecidedComment): TrialExample {
  const line = Array.from(body.slice(0, 2 * LONGEST_EXCERPT + 2).replace(/\s+/g, ' '));
  const excerpt = line.slice(0, LONGEST_EXCERPT).join('');
  const isCut = line.length > LONGEST_EXCERPT || body.length > 2 * LONGEST_EXCERPT + 2;
  return {
    id,
    authorName,
    article: articleKey,
    excerpt: isCut ? `${excerpt}…` : excerpt,
    decidedAt: decidedAt.toISOString(),
  };
}
