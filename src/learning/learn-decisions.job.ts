import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import type { SiteId } from '../platform/ids.js';
import { Metrics } from '../platform/metrics/metrics.js';
import type { LearningJobs } from './learning.queue.js';
import { learnSite } from './learn-site.js';
import { ExampleReader } from './read-example.js';

/** Learns what was decided on the sites of a job. May run twice, and beside another: the second finds nothing to do. */
@Injectable()
export class LearnDecisionsJob {
  constructor(
    private readonly database: Database,
    private readonly reader: ExampleReader,
    private readonly metrics: Metrics,
  ) {}

  async run({ sites }: LearningJobs['learn-decisions']): Promise<void> {
    const faults: unknown[] = [];
    for (const site of sites) {
      // All are tried, whatever becomes of one: a job that fails has still learned the others.
      await this.#learn(site).catch((fault: unknown) => faults.push(fault));
    }
    if (faults.length > 0) throw faults[0];
  }

  async #learn(site: SiteId): Promise<void> {
    for (let hasMore = true; hasMore;) {
      const learned = await this.database.inSite(site, (manager) => learnSite(manager, site, this.reader));
      this.metrics.learned(learned);
      ({ hasMore } = learned);
    }
  }
}
