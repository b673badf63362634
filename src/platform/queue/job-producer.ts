import { setTimeout as delay } from 'node:timers/promises';
import type { OpenQueue, PackedJob, QueueBackend } from './queue-backend.js';

const ADD_WITHIN_MS = 5_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/**
 * Under load the next add begins at least this long after the last: on PostgreSQL an add costs about 15 ms of its SQL
 * whatever it holds, and so does finishing a job, so few large jobs leave the processor to the comments.
 */
const ADD_EVERY_MS = 30;
/** What waits for a queue that is down, at most. What falls out is brought back by the sweep. */
const MOST_WAITING = 20_000;

/**
 * Adds jobs without anybody waiting for it. What is offered while an add is under way goes into the next one, so the
 * batch grows with the load. A queue that is down or slow costs the caller nothing; after a failure the queue object is
 * thrown away and a new one built, because the old one may never recover.
 */
export class JobProducer<Item> {
  #waiting: Item[] = [];
  #open: OpenQueue | null = null;
  #running: Promise<void> | null = null;
  #pauseMs = FIRST_PAUSE_MS;
  #addedAt = -Infinity;
  #resumeAt = 0;
  #isClosed = false;

  constructor(
    private readonly backend: QueueBackend,
    private readonly name: string,
    private readonly pack: (items: readonly Item[]) => PackedJob[],
    private readonly onError: (error: Error) => void,
  ) {}

  offer(items: readonly Item[]): void {
    if (this.#isClosed || items.length === 0) return;
    for (const item of items) this.#waiting.push(item);
    if (this.#waiting.length > MOST_WAITING) this.#waiting = this.#waiting.slice(-MOST_WAITING);
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  /** Jobs that wait and jobs that run, or null when the queue does not answer. */
  async depth(): Promise<number | null> {
    try {
      const queue = await this.#queue();
      const counts = await withDeadline(queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed'));
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    } catch {
      return null;
    }
  }

  /** Gives what waits one last chance, within the deadline of an add. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
    await this.#open?.close().catch(this.onError);
  }

  async #run(): Promise<void> {
    // One turn of the event loop: what arrives together is added together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0 && Date.now() >= this.#resumeAt) {
      const earlyMs = this.#addedAt + ADD_EVERY_MS - performance.now();
      if (earlyMs > 0) await delay(earlyMs);
      this.#addedAt = performance.now();
      const items = this.#waiting;
      this.#waiting = [];
      try {
        const queue = await this.#queue();
        await withDeadline(queue.addBulk(this.pack(items)));
        this.#pauseMs = FIRST_PAUSE_MS;
      } catch (error) {
        this.#fail(error as Error);
      }
    }
    if (Date.now() < this.#resumeAt) this.#waiting = [];
  }

  async #queue(): Promise<OpenQueue> {
    this.#open ??= await withDeadline(this.backend.openQueue(this.name));
    return this.#open;
  }

  #fail(error: Error): void {
    this.onError(error);
    const broken = this.#open;
    this.#open = null;
    void broken?.close().catch(() => undefined);
    this.#resumeAt = Date.now() + this.#pauseMs;
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

async function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`The queue did not answer within ${ADD_WITHIN_MS} ms.`));
    }, ADD_WITHIN_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
