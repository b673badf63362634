import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job } from 'bullmq';
import { Settings } from '../../platform/config/settings.js';
import { closeInTime } from '../../platform/queue/close-in-time.js';
import { QueueBackend, type OpenWorker } from '../../platform/queue/queue-backend.js';
import { QueueLogger } from '../../platform/queue/queue-logger.js';
import { BULK_QUEUE, BulkQueue, type BulkJobs } from './bulk.queue.js';
import { SweepBulkJob } from './sweep-bulk.job.js';
import { TakeTurnJob } from './take-turn.job.js';

/** Turns at once in one process: the screening shares it, and turns of one site wait for each other anyway. */
const CONCURRENCY = 2;
/** A turn that is cut off has not been: the next process takes it. */
const CLOSE_WITHIN_MS = 3_000;
/** How often what has been kept long enough is looked for. */
const RETIRE_EVERY_SWEEPS = 60;

type Handlers = { readonly [Name in keyof BulkJobs]: (payload: BulkJobs[Name]) => Promise<unknown> };

interface Parts {
  readonly settings: Settings;
  readonly log: QueueLogger;
}

/** Runs the turns of large acts and their sweep in one process. Should the queue fall silent, the sweep asks again. */
@Injectable()
export class BulkWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #handlers: Handlers;
  #worker: OpenWorker | null = null;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | null = null;
  #sweeps = 0;

  constructor(
    takeTurn: TakeTurnJob,
    queue: BulkQueue,
    private readonly sweep: SweepBulkJob,
    private readonly backend: QueueBackend,
    private readonly parts: Parts,
  ) {
    this.#handlers = {
      'take-turn': async (turn) => {
        const next = await takeTurn.run(turn);
        if (next) queue.wake([next]);
      },
    };
  }

  onApplicationBootstrap(): void {
    const { settings, log } = this.parts;
    this.#worker = this.backend.openWorker<never>(BULK_QUEUE, (job) => this.#run(job), { concurrency: CONCURRENCY });
    this.#worker.on('failed', (_job, error) => {
      log.report(error);
    });
    this.#timer = setInterval(() => {
      this.#sweeping ??= this.#sweep().finally(() => {
        this.#sweeping = null;
      });
    }, settings.screening.sweepEverySeconds * 1000);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
    await closeInTime(this.#worker, CLOSE_WITHIN_MS);
  }

  async #run(job: Job<never>): Promise<void> {
    const handler = this.#handlers[job.name as keyof BulkJobs];
    await handler(job.data);
  }

  async #sweep(): Promise<void> {
    try {
      await this.sweep.bringOverdue();
      if (this.#sweeps++ % RETIRE_EVERY_SWEEPS === 0) await this.sweep.retire();
    } catch (error) {
      this.parts.log.report(error as Error);
    }
  }
}
