import { setTimeout as delay } from 'node:timers/promises';
import type { OpenQueue, PackedJob, QueueBackend } from './queue-backend.js';

const ADD_WITHIN_MS = 5_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** In the long run an add begins this long after the last: few large jobs leave the processor to the comments. */
const ADD_EVERY_MS = 100;
/** After a quiet time so many adds need not wait for that, and a comment among few is screened at once. */
const MOST_AT_ONCE = 10;
/** What waits for a queue that is down, at most. What falls out is brought back by the sweep. */
const MOST_WAITING = 20_000;

/**
 * Adds jobs without anybody waiting for it. What is offered while an add is under way goes into the next one, so the
 * batch grows with the load. A queue that is down or slow costs the caller nothing; after a failure the queue object is
 * thrown away and a new one built, because the old one may never recover.
 */
export class JobProducer<Item> {
  #waiting: Item[] = [];
  #opening: Promise<OpenQueue> | null = null;
  #isRunning = false;
  #run: Promise<void> = Promise.resolve();
  #pauseMs = FIRST_PAUSE_MS;
  /** When the add would begin that goes by the long run; behind the clock after a quiet time. */
  #dueAt = -Infinity;
  /** By the steady clock: a time of day that is set back would leave the queue alone for as long. */
  #resumeAt = -Infinity;
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
    // Trimmed now and then, not at every offer: each trim copies what is left.
    if (this.#waiting.length > 2 * MOST_WAITING) this.#waiting = this.#waiting.slice(-MOST_WAITING);
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#run = this.#addAll();
  }

  /**
   * For who can bring them again: adds these now, apart from what waits.
   * @returns whether the queue has taken them
   */
  async deliver(items: readonly Item[]): Promise<boolean> {
    if (this.#isClosed || performance.now() < this.#resumeAt) return false;
    try {
      const queue = await this.#queue();
      await withDeadline(queue.addBulk(this.pack(items)));
      this.#pauseMs = FIRST_PAUSE_MS;
      return true;
    } catch (error) {
      this.#fail(error as Error);
      return false;
    }
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

  /** Gives what waits one last chance, within the deadline of an add, and lets go of a queue that does not close. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#run;
    const queue = await this.#opening?.catch(() => null);
    if (queue) await withDeadline(queue.close()).catch(this.onError);
  }

  async #addAll(): Promise<void> {
    // One turn of the event loop: what arrives together is added together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0 && performance.now() >= this.#resumeAt) {
      await this.#takeTurn();
      const items = this.#waiting.slice(-MOST_WAITING);
      this.#waiting = [];
      try {
        const queue = await this.#queue();
        await withDeadline(queue.addBulk(this.pack(items)));
        this.#pauseMs = FIRST_PAUSE_MS;
      } catch (error) {
        this.#fail(error as Error);
      }
    }
    if (performance.now() < this.#resumeAt) this.#waiting = [];
    // In the same breath as the last look at what waits, so that nothing offered in between is stranded.
    this.#isRunning = false;
  }

  async #takeTurn(): Promise<void> {
    const now = performance.now();
    this.#dueAt = Math.max(this.#dueAt, now - MOST_AT_ONCE * ADD_EVERY_MS) + ADD_EVERY_MS;
    if (this.#dueAt > now) await delay(this.#dueAt - now);
  }

  /** One queue, however many ask at once; one that opens only after it was given up is closed again. */
  async #queue(): Promise<OpenQueue> {
    if (this.#opening) return this.#opening;
    const opening = this.backend.openQueue(this.name);
    let isGivenUp = false;
    void opening.then((queue) => (isGivenUp ? queue.close() : undefined)).catch(() => undefined);
    const guarded = withDeadline(opening).catch((error: unknown) => {
      isGivenUp = true;
      if (this.#opening === guarded) this.#opening = null;
      throw error;
    });
    this.#opening = guarded;
    return guarded;
  }

  #fail(error: Error): void {
    this.onError(error);
    void this.#opening?.then((broken) => broken.close()).catch(() => undefined);
    this.#opening = null;
    this.#resumeAt = performance.now() + this.#pauseMs;
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
