import { setTimeout as delay } from 'node:timers/promises';

/* How often a row of the matrix is tried, and at which moments: few times by default, in full with FAULT_ROUNDS=full. */

const asked = process.env.FAULT_ROUNDS ?? '';

/** The short run tries every row, `npm run soak` as often as the matrix asks; a number is tried by every row. */
export function rounds(short: number, full: number): number {
  if (asked === 'full') return full;
  return asked === '' ? short : Number(asked);
}

/** Submissions a second. */
export const RATE = Number(process.env.FAULT_RATE ?? (asked === 'full' ? 100 : 25));

/** Of this run; FAULT_SEED gives it again. */
export const SEED = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Random moments and choices that the same seed gives again (mulberry32). */
export class Chance {
  #state: number;

  constructor(row: string) {
    this.#state = Buffer.from(row).reduce((sum, byte) => Math.imul(sum, 31) + byte, SEED);
    process.stderr.write(`${row}: FAULT_SEED=${SEED}\n`);
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return least + Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (most - least + 1));
  }

  /** Until the moment of the next fault: any, so that it meets whatever is under way. Nothing is waited for by it. */
  async pause(leastMs: number, mostMs: number): Promise<void> {
    await delay(this.between(leastMs, mostMs));
  }
}
