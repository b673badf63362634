import { FEATURE_COUNT } from './hashing.js';

/**
 * A set of feature numbers that is filled and emptied a thousand times a second: four megabytes of stamps instead of a
 * hash table for each comment. With each number it keeps the owner that brought it first.
 */
export class NumberSet {
  readonly #stamps = new Int32Array(FEATURE_COUNT);
  #stamp = 0;
  #held = new Int32Array(4_096);
  #owners = new Uint16Array(4_096);
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

  add(number: number, owner: number): void {
    if (this.#stamps[number] === this.#stamp) return;
    this.#stamps[number] = this.#stamp;
    if (this.#size === this.#held.length) this.#grow();
    this.#held[this.#size] = number;
    this.#owners[this.#size++] = owner;
  }

  /** In the order in which they were added. */
  numbers(): Int32Array {
    return this.#held.slice(0, this.#size);
  }

  /** The owner of each of the numbers. */
  owners(): Uint16Array {
    return this.#owners.slice(0, this.#size);
  }

  #grow(): void {
    const held = new Int32Array(this.#held.length * 2);
    held.set(this.#held);
    this.#held = held;
    const owners = new Uint16Array(held.length);
    owners.set(this.#owners);
    this.#owners = owners;
  }
}
