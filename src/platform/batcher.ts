import { Problem } from './problem/problem.js';

const IN_FLIGHT = 2;
const LARGEST_BATCH = 500;
/** More than this waiting means that the database cannot follow: better a 503 now than a hang. */
const MOST_WAITING = 10_000;

const NOT_NOW = {
  detail: 'More comes in than can be stored right now. Nothing was taken: send it again when `Retry-After` says.',
};

interface Waiting<Item, Outcome> {
  readonly item: Item;
  readonly since: number;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchWork<Item, Outcome> {
  /** All or nothing: does them in one transaction and answers each, in order. */
  run(items: readonly Item[]): Promise<Outcome[]>;
  /** Whether one item can be to blame, so that the others deserve another try without it. */
  isItemFault(error: unknown): boolean;
  /** Milliseconds the first in line may wait before no more are taken; unset: for ever. */
  readonly patienceMs?: number;
}

/**
 * Lets items that arrive together share one transaction, without a timer: the first of an idle moment goes at once;
 * while two batches are in flight the others collect. The batch grows with the load. A batch that fails is tried
 * again by halves, so that one bad row never fails its neighbours.
 */
export class Batcher<Item, Outcome> {
  #waiting: Waiting<Item, Outcome>[] = [];
  #inFlight = 0;
  #isScheduled = false;

  constructor(
    private readonly work: BatchWork<Item, Outcome>,
    private readonly onBatch: (size: number) => void = () => undefined,
  ) {}

  /** @throws Problem `unavailable` when too many wait already, or too long; else what the work throws for this item. */
  submit(item: Item): Promise<Outcome> {
    if (this.isFull) return Promise.reject(new Problem('unavailable', NOT_NOW));
    const since = performance.now();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, since, resolve, reject });
      this.#schedule();
    });
  }

  /** What comes now would be refused: it would wait longer than who is first in line has already. */
  get isFull(): boolean {
    const [first] = this.#waiting;
    if (!first) return false;
    const { patienceMs = Infinity } = this.work;
    return this.#waiting.length >= MOST_WAITING || performance.now() - first.since > patienceMs;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#inFlight >= IN_FLIGHT) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const batch = this.#waiting.splice(0, LARGEST_BATCH);
    if (batch.length === 0) return;
    this.#inFlight++;
    if (this.#waiting.length > 0) this.#schedule();
    this.onBatch(batch.length);
    await this.#run(batch);
    this.#inFlight--;
    if (this.#waiting.length > 0) this.#schedule();
  }

  async #run(batch: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.work.run(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => {
        resolve(outcomes[index] as Outcome);
      });
    } catch (error) {
      if (batch.length === 1 || !this.work.isItemFault(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await this.#run(batch.slice(0, half));
      await this.#run(batch.slice(half));
    }
  }
}
