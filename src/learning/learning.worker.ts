import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job } from 'bullmq';
import { Settings } from '../platform/config/settings.js';
import { closeInTime } from '../platform/queue/close-in-time.js';
import { QueueBackend, type OpenWorker } from '../platform/queue/queue-backend.js';
import { QueueLogger } from '../platform/queue/queue-logger.js';
import { LearnDecisionsJob } from './learn-decisions.job.js';
import { LEARNING_QUEUE, type LearningJobs } from './learning.queue.js';
import { SweepUnlearnedJob } from './sweep-unlearned.job.js';

/** Learning is never urgent, and screening shares the process. */
const CONCURRENCY = 2;
/** The screening may have taken most of the time that a stop has; a job that is cut off is learned by the next process. */
const CLOSE_WITHIN_MS = 3_000;

type Handlers = { readonly [Name in keyof LearningJobs]: (payload: LearningJobs[Name]) => Promise<unknown> };

/**
 * Runs the learning jobs and their sweep of one process. Nobody watches the queue's worker here: should it fall silent,
 * the sweep learns in its place, some seconds later.
 */
@Injectable()
export class LearningWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #handlers: Handlers;
  #worker: OpenWorker | null = null;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | null = null;

  constructor(
    learnDecisions: LearnDecisionsJob,
    private readonly sweep: SweepUnlearnedJob,
    private readonly backend: QueueBackend,
    private readonly settings: Settings,
    private readonly log: QueueLogger,
  ) {
    this.#handlers = { 'learn-decisions': (payload) => learnDecisions.run(payload) };
  }

  onApplicationBootstrap(): void {
    const worker = this.backend.openWorker<never>(LEARNING_QUEUE, (job) => this.#run(job), {
      concurrency: CONCURRENCY,
    });
    worker.on('failed', (_job, error) => {
      this.log.report(error);
    });
    this.#worker = worker;
    this.#timer = setInterval(() => {
      this.#sweeping ??= this.#sweep().finally(() => {
        this.#sweeping = null;
      });
    }, this.settings.screening.sweepEverySeconds * 1000);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
    await closeInTime(this.#worker, CLOSE_WITHIN_MS);
  }

  async #run(job: Job<never>): Promise<void> {
    const handler = this.#handlers[job.name as keyof LearningJobs];
    await handler(job.data);
  }

  async #sweep(): Promise<void> {
    try {
      await this.sweep.learnOverdue();
    } catch (error) {
      this.log.report(error as Error);
    }
  }
}
