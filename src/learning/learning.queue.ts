import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Settings } from '../platform/config/settings.js';
import type { SiteId } from '../platform/ids.js';
import { JobProducer } from '../platform/queue/job-producer.js';
import { QueueLogger } from '../platform/queue/queue-logger.js';
import { QueueBackend, type PackedJob } from '../platform/queue/queue-backend.js';

export const LEARNING_QUEUE = 'learning';

/** Job names and what each carries: sites only. What was decided there stands in their events. */
export interface LearningJobs {
  readonly 'learn-decisions': { readonly sites: readonly SiteId[] };
}

/** Sites in one job: decisions across sites come by the hundred, and workers share them. */
const JOB_SIZE = 20;

/** Wakes the learning workers. A job only says that something was decided on these sites. */
@Injectable()
export class LearningQueue implements OnApplicationShutdown {
  readonly #producer: JobProducer<SiteId>;

  constructor(
    backend: QueueBackend,
    private readonly settings: Settings,
    logger: QueueLogger,
  ) {
    this.#producer = new JobProducer(
      backend,
      LEARNING_QUEUE,
      (sites) => this.#pack(sites),
      (error) => {
        logger.report(error);
      },
    );
  }

  /** Returns at once: nobody waits for the queue, and the sweep learns what is lost. */
  wake(sites: readonly SiteId[]): void {
    this.#producer.offer(sites);
  }

  depth(): Promise<number | null> {
    return this.#producer.depth();
  }

  /** After the HTTP server is closed: until then requests still wake it. */
  async onApplicationShutdown(): Promise<void> {
    await this.#producer.close();
  }

  #pack(sites: readonly SiteId[]): PackedJob[] {
    const { attempts, backoffMs, keepFailedDays } = this.settings.screening;
    const opts = {
      attempts,
      backoff: { type: 'exponential', delay: backoffMs },
      removeOnComplete: true,
      removeOnFail: { age: keepFailedDays * 86_400 },
    };
    const distinct = [...new Set(sites)];
    const jobs: PackedJob[] = [];
    for (let start = 0; start < distinct.length; start += JOB_SIZE) {
      const data: LearningJobs['learn-decisions'] = { sites: distinct.slice(start, start + JOB_SIZE) };
      jobs.push({ name: 'learn-decisions', data, opts });
    }
    return jobs;
  }
}
