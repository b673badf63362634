import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Settings } from '../../platform/config/settings.js';
import type { JobId, SiteId } from '../../platform/ids.js';
import { JobProducer } from '../../platform/queue/job-producer.js';
import { QueueLogger } from '../../platform/queue/queue-logger.js';
import { QueueBackend, type PackedJob } from '../../platform/queue/queue-backend.js';

export const BULK_QUEUE = 'bulk';

/** One turn of a job of moderators. A turn that was taken is not taken again, however often it is asked for. */
export interface Turn {
  readonly site: SiteId;
  readonly job: JobId;
  readonly turn: number;
}

/** Job names and what each carries: ids only. */
export interface BulkJobs {
  readonly 'take-turn': Turn;
}

/** Asks for the next turn of large acts. After each turn a job stands at the end, so that none keeps the others waiting. */
@Injectable()
export class BulkQueue implements OnApplicationShutdown {
  readonly #producer: JobProducer<Turn>;

  constructor(
    backend: QueueBackend,
    private readonly settings: Settings,
    logger: QueueLogger,
  ) {
    this.#producer = new JobProducer(
      backend,
      BULK_QUEUE,
      (turns) => turns.map((turn) => this.#pack(turn)),
      (error) => {
        logger.report(error);
      },
    );
  }

  /** Returns at once: nobody waits for the queue, and the sweep brings what is lost. */
  wake(turns: readonly Turn[]): void {
    this.#producer.offer(turns);
  }

  depth(): Promise<number | null> {
    return this.#producer.depth();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#producer.close();
  }

  #pack(data: BulkJobs['take-turn']): PackedJob {
    const { attempts, backoffMs, keepFailedDays } = this.settings.screening;
    const opts = {
      attempts,
      backoff: { type: 'exponential', delay: backoffMs },
      removeOnComplete: true,
      removeOnFail: { age: keepFailedDays * 86_400 },
    };
    return { name: 'take-turn', data, opts };
  }
}
