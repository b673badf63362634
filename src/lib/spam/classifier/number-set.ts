import { FEATURE_COUNT } from './hashing.js';

/**
 * A set of feature numbers that is filled and emptied a thousand times a second: four megabytes of stamps instead of a
 * hash table for each comment.
 */
export class NumberSet {
  readonly #stamps = new Int32Array(FEATURE_COUNT);
  #stamp = 0;
  #held = new Int32Array(4_096);
  #size = 0;

  clear(): void {
    this.#size = 0;
    this.#stamp++;
    // After two thousand million comments.
    if (this.#stamp === 0x7fffffff) {
      this.#stamps.fill(0);
      this.#stamp = 1;
    }
  }

  add(number: number): void {
    if (this.#stamps[number] === this.#stamp) return;
    this.#stamps[number] = this.#stamp;
    if (this.#size === this.#held.length) this.#grow();
    this.#held[this.#size++] = number;
  }

  /** In the order in which they were added. */
  numbers(): Int32Array {
    return this.#held.slice(0, this.#size);
  }

  #grow(): void {
    const larger = new Int32Array(this.#held.length * 2);
    larger.set(this.#held);
    this.#held = larger;
  }
}
