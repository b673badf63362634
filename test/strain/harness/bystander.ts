import { setTimeout as delay } from 'node:timers/promises';
import { TestClient } from '../../support/test-client.js';
import { percentile } from '../../faults/harness/history.js';

/** The pace of a reader. */
const EVERY_MS = 40;

/** Reads one thing again and again while others misbehave, and is not to notice. */
export class Bystander {
  #isOver = false;
  readonly #reading: Promise<number[]>;

  constructor(url: string, path: string) {
    this.#reading = this.#read(new TestClient(url), path);
  }

  stop(): void {
    this.#isOver = true;
  }

  /** @returns how many answers there were until it was stopped, and their 99th percentile in milliseconds */
  async told(): Promise<{ readonly count: number; readonly p99: number }> {
    const took = await this.#reading;
    return { count: took.length, p99: Math.round(percentile(took, 99)) };
  }

  async #read(reader: TestClient, path: string): Promise<number[]> {
    const took: number[] = [];
    while (!this.#isOver) {
      const startedAt = performance.now();
      expect((await reader.get(path)).status).toBe(200);
      took.push(performance.now() - startedAt);
      await delay(EVERY_MS);
    }
    return took;
  }
}
