import { Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Job } from 'bullmq';
import { Settings } from '../platform/config/settings.js';
import { closeInTime } from '../platform/queue/close-in-time.js';
import { QueueBackend, type OpenWorker } from '../platform/queue/queue-backend.js';
import { QueueLogger } from '../platform/queue/queue-logger.js';
import { HealthSigns } from '../platform/health/health-signs.js';
import { Fatal } from '../platform/fatal.js';
import { Progress } from './progress.js';
import { ScreenCommentsJob } from './screen-comments.job.js';
import { SCREENING_QUEUE, type ScreeningJobs } from './screening.queue.js';
import { NEXT_LOOK_SECONDS, SweepJob } from './sweep.job.js';

const CLOSE_WITHIN_MS = 15_000;
/** How often old spam, old addresses and old keys are looked for. */
const RETIRE_EVERY_SWEEPS = 60;

type Handlers = { readonly [Name in keyof ScreeningJobs]: (data: ScreeningJobs[Name]) => Promise<unknown> };

/** Runs the screening jobs and the sweep of one process, and gives up loudly when they make no progress. */
@Injectable()
export class ScreeningWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #handlers: Handlers;
  readonly #progress = new Progress();
  #worker: OpenWorker | null = null;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | null = null;
  #sweeps = 0;
  #overdueAt = -Infinity;

  constructor(
    screenComments: ScreenCommentsJob,
    private readonly sweep: SweepJob,
    private readonly backend: QueueBackend,
    private readonly settings: Settings,
    private readonly trouble: { readonly log: QueueLogger; readonly fatal: Fatal; readonly signs: HealthSigns },
  ) {
    this.#handlers = { 'screen-comments': (data) => screenComments.run(data) };
  }

  onApplicationBootstrap(): void {
    this.#worker = this.#open();
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

  #open(): OpenWorker {
    const { concurrency } = this.settings.screening;
    const worker = this.backend.openWorker<never>(SCREENING_QUEUE, (job) => this.#run(job), { concurrency });
    worker.on('completed', () => {
      this.#progress.completed();
      this.trouble.signs.reportScreening('ok');
    });
    worker.on('failed', (_job, error) => {
      this.trouble.log.report(error);
    });
    return worker;
  }

  async #run(job: Job<never>): Promise<void> {
    const handler = this.#handlers[job.name as keyof ScreeningJobs];
    await handler(job.data);
  }

  async #sweep(): Promise<void> {
    try {
      const overdue = await this.sweep.bringOverdue();
      await this.#watch(overdue);
      if (this.#sweeps++ % RETIRE_EVERY_SWEEPS === 0) await this.sweep.retire();
    } catch (error) {
      this.trouble.log.report(error as Error);
    }
  }

  async #watch(overdue: number): Promise<void> {
    const now = performance.now();
    if (overdue > 0) this.#overdueAt = now;
    // The sweep leaves a comment alone for a minute after it has brought it, so for that long it counts as due.
    const isDue = now - this.#overdueAt < NEXT_LOOK_SECONDS * 1000;
    const health = this.#progress.look(isDue ? 1 : 0, now);
    if (!isDue) this.trouble.signs.reportScreening('ok');
    if (health === 'working') return;
    this.trouble.signs.reportScreening((await this.sweep.isQueueAnswering()) ? 'stuck' : 'waiting');
    if (health === 'hopeless' && (await this.#mayGiveUp())) {
      this.trouble.fatal.exit('The screening worker makes no progress, even after it was rebuilt.');
      return;
    }
    this.trouble.log.report(new Error('The screening worker makes no progress; it is rebuilt.'));
    await closeInTime(this.#worker, CLOSE_WITHIN_MS);
    this.#worker = this.#open();
  }

  /** Ending helps when this process is stuck, not when the queue is away; and never when it answers readers too. */
  async #mayGiveUp(): Promise<boolean> {
    return this.settings.role === 'worker' && (await this.sweep.isQueueAnswering());
  }
}
