import 'reflect-metadata';
import { jest } from '@jest/globals';
import { readSettings } from '../platform/config/read-settings.js';
import { HealthSigns } from '../platform/health/health-signs.js';
import { Fatal } from '../platform/fatal.js';
import type { OpenWorker, QueueBackend } from '../platform/queue/queue-backend.js';
import type { QueueLogger } from '../platform/queue/queue-logger.js';
import type { ScreenCommentsJob } from './screen-comments.job.js';
import { ScreeningWorker } from './screening.worker.js';
import type { SweepJob } from './sweep.job.js';

/** A queue that nobody answers for: workers open and no job ever comes. */
class DeafBackend {
  opened = 0;

  openWorker(): OpenWorker {
    this.opened++;
    return { on: () => undefined, close: () => Promise.resolve() };
  }
}

/** Comments wait all the time; the sweep brings each of them once a minute, as the real one does. */
class BusySweep {
  brought = 0;
  isBroken = false;
  isQueueThere = false;
  retired = 0;

  bringOverdue(): Promise<number> {
    if (this.isBroken) return Promise.reject(new Error('the database is away'));
    return Promise.resolve(this.brought++ % 12 === 0 ? 3 : 0);
  }

  isQueueAnswering(): Promise<boolean> {
    return Promise.resolve(this.isQueueThere);
  }

  retire(): Promise<void> {
    this.retired++;
    return Promise.resolve();
  }
}

interface Stage {
  readonly worker: ScreeningWorker;
  readonly backend: DeafBackend;
  readonly sweep: BusySweep;
  readonly ended: string[];
  readonly told: string[];
  readonly signs: HealthSigns;
}

function setUp(): Stage {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  const backend = new DeafBackend();
  const sweep = new BusySweep();
  const ended: string[] = [];
  const told: string[] = [];
  const fatal = new Fatal();
  const signs = new HealthSigns();
  fatal.onExit((why) => ended.push(why));
  const log = { report: (error: Error) => told.push(error.message) };
  const job = { run: () => Promise.resolve(0) };
  const worker = new ScreeningWorker(
    job as unknown as ScreenCommentsJob,
    sweep as unknown as SweepJob,
    backend as unknown as QueueBackend,
    readSettings({}),
    { log: log as unknown as QueueLogger, fatal, signs },
  );
  return { worker, backend, sweep, ended, told, signs };
}

async function pass(minutes: number): Promise<void> {
  for (let seconds = 0; seconds < minutes * 60; seconds += 5) await jest.advanceTimersByTimeAsync(5_000);
}

afterEach(() => {
  jest.useRealTimers();
});

describe('ScreeningWorker', () => {
  it('builds its worker anew after a minute without progress, and says so', async () => {
    const { worker, backend, told } = setUp();
    worker.onApplicationBootstrap();
    await pass(1.5);
    expect(backend.opened).toBe(2);
    expect(told.join()).toContain('no progress');
    await worker.beforeApplicationShutdown();
  });

  // G2: losing the queue asks nothing of the operator. In the default role the process that ends is also the web server.
  it('does not end the process while it is the queue that is away', async () => {
    const { worker, ended } = setUp();
    worker.onApplicationBootstrap();
    await pass(10);
    expect(ended).toEqual([]);
    await worker.beforeApplicationShutdown();
  });

  it('shows that it waits for the queue, or that it is stuck although the queue is there', async () => {
    const { worker, sweep, signs } = setUp();
    worker.onApplicationBootstrap();
    await pass(0.5);
    expect(signs.screening).toBe('ok');
    await pass(1);
    expect(signs.screening).toBe('waiting');
    sweep.isQueueThere = true;
    await pass(1.5);
    expect(signs.screening).toBe('stuck');
    await worker.beforeApplicationShutdown();
  });

  it('goes on sweeping after a sweep that failed', async () => {
    const { worker, sweep, told } = setUp();
    sweep.isBroken = true;
    worker.onApplicationBootstrap();
    await pass(0.5);
    expect(told).toContain('the database is away');
    sweep.isBroken = false;
    await pass(0.5);
    expect(sweep.brought).toBeGreaterThan(0);
    await worker.beforeApplicationShutdown();
  });

  it('retires what is old at the first sweep and every sixtieth', async () => {
    const { worker, sweep } = setUp();
    worker.onApplicationBootstrap();
    await pass(0.5);
    expect(sweep.retired).toBe(1);
    await pass(5);
    expect(sweep.retired).toBe(2);
    await worker.beforeApplicationShutdown();
  });

  it('sweeps no more once it is shut down', async () => {
    const { worker, sweep } = setUp();
    worker.onApplicationBootstrap();
    await pass(0.5);
    await worker.beforeApplicationShutdown();
    const before = sweep.brought;
    await pass(1);
    expect(sweep.brought).toBe(before);
  });
});
