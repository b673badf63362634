import { SharedReading } from '../shared-reading.js';

const WITHIN_MS = 1_000;
const LIFE_MS = 4_000;

/** How many jobs each queue holds, asked at most every few seconds. A queue that is away has a depth of null. */
export class QueueDepths {
  readonly #readings = new Map<string, SharedReading<number>>();

  /** @param depth null or a failure means that the queue does not answer */
  watch(queue: string, depth: () => Promise<number | null>): void {
    const read = async (): Promise<number> => {
      const jobs = await depth();
      if (jobs === null) throw new Error(`The queue ${queue} does not answer.`);
      return jobs;
    };
    this.#readings.set(queue, new SharedReading(read, { withinMs: WITHIN_MS, lifeMs: LIFE_MS }));
  }

  async read(): Promise<ReadonlyMap<string, number | null>> {
    const depths = [...this.#readings].map(async ([queue, reading]) => [queue, await reading.value()] as const);
    return new Map(await Promise.all(depths));
  }

  /** Whether every queue that is watched answers. */
  async areAnswering(): Promise<boolean> {
    return [...(await this.read()).values()].every((depth) => depth !== null);
  }
}
