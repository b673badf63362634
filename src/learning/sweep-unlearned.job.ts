import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database } from '../platform/database/database.js';
import type { SiteId } from '../platform/ids.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { LearnDecisionsJob } from './learn-decisions.job.js';

/** Sites in one look: few enough that a process that is told to stop soon may. */
const MOST_SITES = 100;
const MOST_REMEMBERED = 10_000;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000' as SiteId;

interface Behind {
  readonly siteId: SiteId;
  readonly learned: string;
}

/**
 * Learns what the queue has lost. It does the work itself and adds no jobs: so it needs no queue at all, and one that is
 * only slow is not filled further.
 */
@Injectable()
export class SweepUnlearnedJob {
  /** How far each site was at the look before: one that has not moved since is waiting for nobody. */
  readonly #seen = new LRUCache<SiteId, string>({ max: MOST_REMEMBERED });
  #after = BEFORE_ALL;

  constructor(
    private readonly database: Database,
    private readonly job: LearnDecisionsJob,
    private readonly metrics: Metrics,
  ) {}

  /** @returns how many sites were overdue */
  async learnOverdue(): Promise<number> {
    const behind = await this.#look();
    this.metrics.unlearnedSites(behind.length);
    // A full page is a backlog, as after an upgrade: nothing of it is seen twice soon, and all of it is due.
    const isBacklog = behind.length === MOST_SITES;
    this.#after = isBacklog ? (behind.at(-1)?.siteId ?? BEFORE_ALL) : BEFORE_ALL;
    const overdue = behind.filter(({ siteId, learned }) => isBacklog || this.#seen.get(siteId) === learned);
    for (const { siteId, learned } of behind) this.#seen.set(siteId, learned);
    await this.job.run({ sites: overdue.map(({ siteId }) => siteId) });
    return overdue.length;
  }

  #look(): Promise<Behind[]> {
    return this.database.acrossSites('sweep', (manager) =>
      manager.query(
        `select site_id as "siteId", learned_seq as learned from site_counter
          where decided_seq > learned_seq and site_id > $1 order by site_id limit ${MOST_SITES}`,
        [this.#after],
      ),
    );
  }
}
