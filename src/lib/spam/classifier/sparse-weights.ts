import { log } from './arithmetic.js';

const EMPTY = -1;
const FIRST_SIZE = 1 << 10;
/** Spreads numbers that are near each other (Knuth's multiplicative hashing). */
const SPREAD = 0x9e3779b1;
const SMALLEST_SQUARE = 1e-8;
const MOST_COUNTED = 0xffff;
/** Number, weight, squares: four bytes each; two counts of two. */
const SLOT_BYTES = 16;

const HALVES = Float64Array.from({ length: 2_048 }, (_, count) => log(count + 0.5));

/** The log of a count and a half, so that what never happened is no impossibility. */
function logOfHalves(count: number): number {
  return HALVES[count] ?? log(count + 0.5);
}

/** How often a feature was in comments that moderators called so. */
export interface Counts {
  readonly spam: number;
  readonly ham: number;
}

/** Weights by feature number, of those that were ever met: an open table, because a Map takes five times the room. */
export class SparseWeights {
  #numbers = new Int32Array(FIRST_SIZE).fill(EMPTY);
  #weights = new Float32Array(FIRST_SIZE);
  #squares = new Float32Array(FIRST_SIZE);
  #spam = new Uint16Array(FIRST_SIZE);
  #ham = new Uint16Array(FIRST_SIZE);
  #used = 0;

  get bytes(): number {
    return this.#numbers.length * SLOT_BYTES;
  }

  get(number: number): number {
    return this.#weights[this.#find(number)] ?? 0;
  }

  countsOf(number: number): Counts {
    const slot = this.#find(number);
    return { spam: this.#spam[slot] ?? 0, ham: this.#ham[slot] ?? 0 };
  }

  sum(numbers: Int32Array): number {
    let sum = 0;
    for (const number of numbers) sum += this.#weights[this.#find(number)] ?? 0;
    return sum;
  }

  /** The logs of how much likelier the features were in `ofAll.spam` comments than in `ofAll.ham`; 0 for what was in none. */
  sumRatios(numbers: Int32Array, ofAll: Counts): number {
    let sum = 0;
    for (const number of numbers) sum += this.ratio(number, ofAll);
    return sum;
  }

  ratio(number: number, ofAll: Counts): number {
    const slot = this.#find(number);
    const [spam, ham] = [this.#spam[slot] ?? 0, this.#ham[slot] ?? 0];
    if (spam === 0 && ham === 0) return 0;
    return logOfHalves(spam) - logOfHalves(ofAll.spam) - logOfHalves(ham) + logOfHalves(ofAll.ham);
  }

  count(numbers: Int32Array, isSpam: boolean): void {
    for (const number of numbers) {
      const slot = this.#claim(number);
      const counts = isSpam ? this.#spam : this.#ham;
      counts[slot] = Math.min(MOST_COUNTED, (counts[slot] ?? 0) + 1);
    }
  }

  /** One step of AdaGrad. */
  move(numbers: Int32Array, slope: number, rate: number): void {
    for (const number of numbers) {
      const slot = this.#claim(number);
      const squares = (this.#squares[slot] ?? 0) + slope * slope;
      this.#squares[slot] = squares;
      this.#weights[slot] = (this.#weights[slot] ?? 0) - (rate * slope) / Math.sqrt(squares + SMALLEST_SQUARE);
    }
  }

  /** All of it in the order of the numbers, after the given ones. */
  encode(first: Float64Array): Uint8Array {
    const slots = [...this.#numbers.keys()].filter((slot) => this.#numbers[slot] !== EMPTY);
    slots.sort((one, other) => (this.#numbers[one] ?? 0) - (this.#numbers[other] ?? 0));
    const bytes = new DataView(new ArrayBuffer(first.byteLength + slots.length * SLOT_BYTES));
    first.forEach((value, at) => {
      bytes.setFloat64(at * Float64Array.BYTES_PER_ELEMENT, value, true);
    });
    slots.forEach((slot, index) => {
      const at = first.byteLength + index * SLOT_BYTES;
      bytes.setInt32(at, this.#numbers[slot] ?? 0, true);
      bytes.setFloat32(at + 4, this.#weights[slot] ?? 0, true);
      bytes.setFloat32(at + 8, this.#squares[slot] ?? 0, true);
      bytes.setUint16(at + 12, this.#spam[slot] ?? 0, true);
      bytes.setUint16(at + 14, this.#ham[slot] ?? 0, true);
    });
    return new Uint8Array(bytes.buffer);
  }

  /** The slot of a number, or the empty one where it would stand. */
  #find(number: number): number {
    const mask = this.#numbers.length - 1;
    let slot = (Math.imul(number, SPREAD) >>> 8) & mask;
    while (this.#numbers[slot] !== number && this.#numbers[slot] !== EMPTY) slot = (slot + 1) & mask;
    return slot;
  }

  #claim(number: number): number {
    const slot = this.#find(number);
    if (this.#numbers[slot] === number) return slot;
    if (2 * (this.#used + 1) > this.#numbers.length) {
      this.#grow();
      return this.#claim(number);
    }
    this.#used++;
    this.#numbers[slot] = number;
    return slot;
  }

  #grow(): void {
    const [numbers, weights, squares, spam, ham] = [this.#numbers, this.#weights, this.#squares, this.#spam, this.#ham];
    const size = numbers.length * 2;
    this.#numbers = new Int32Array(size).fill(EMPTY);
    this.#weights = new Float32Array(size);
    this.#squares = new Float32Array(size);
    this.#spam = new Uint16Array(size);
    this.#ham = new Uint16Array(size);
    numbers.forEach((number, from) => {
      if (number === EMPTY) return;
      const to = this.#find(number);
      this.#numbers[to] = number;
      this.#weights[to] = weights[from] ?? 0;
      this.#squares[to] = squares[from] ?? 0;
      this.#spam[to] = spam[from] ?? 0;
      this.#ham[to] = ham[from] ?? 0;
    });
  }
}
