import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Rule } from '../lib/spam/rules/rule.js';
import { RuleSet } from '../lib/spam/rules/rule-set.js';
import { Changes } from '../platform/database/changes.js';
import { Database } from '../platform/database/database.js';
import type { SiteId } from '../platform/ids.js';
import { SiteRule } from './site-rule.entity.js';

/** Rules of all remembered sites together, some 20 MB; a site without any counts as one. */
const MOST_REMEMBERED = 20_000;
/** As how many rules a site counts that has expressions: their automata remember up to a quarter of a megabyte each. */
const WEIGHT_OF_PATTERNS = 500;
/** As with the sites themselves: without news from the database what is remembered is trusted shortly. */
const BLIND_LIFE_MS = 2_000;
const LIFE_MS = 60_000;

interface Remembered {
  readonly rules: RuleSet;
  readonly at: number;
}

/** The rules of a site, made ready for screening, remembered in this process until a site changes in any process. */
@Injectable()
export class SiteRules {
  readonly #bySite = new LRUCache<SiteId, Remembered>({
    maxSize: MOST_REMEMBERED,
    sizeCalculation: ({ rules }) => 1 + rules.size + (rules.hasPatterns ? WEIGHT_OF_PATTERNS : 0),
  });
  #generation = 0;

  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {
    changes.onSitesChanged(() => {
      this.#generation++;
      this.#bySite.clear();
    });
  }

  async of(site: SiteId): Promise<RuleSet> {
    const known = this.#bySite.get(site);
    const life = this.changes.isLive ? LIFE_MS : BLIND_LIFE_MS;
    if (known && performance.now() - known.at < life) return known.rules;
    const generation = this.#generation;
    const rows: Rule[] = await this.database.readInSite(site, (manager) =>
      manager.find(SiteRule, {
        select: { field: true, match: true, value: true, action: true },
        where: { siteId: site },
        order: { id: 'asc' },
      }),
    );
    const rules = new RuleSet(rows);
    // What was read before a change came in is not kept after it.
    if (generation === this.#generation) this.#bySite.set(site, { rules, at: performance.now() });
    return rules;
  }
}
