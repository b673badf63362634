// Solves the challenge of a form while its reader writes. A file of its own, asked for only while a site is flooded. It
// hashes by itself: a browser does so only for pages with https, and a page's policy may allow neither workers nor eval.

export interface Challenge {
  readonly algorithm: string;
  readonly salt: string;
  readonly challenge: string;
  readonly maxNumber: number;
  readonly signature: string;
}

/** So long at a time, that nobody's typing waits for it. */
const SLICE_MS = 8;
const WORD = 2 ** 32;

const primes = firstPrimes(64);
const start = Int32Array.from(primes.slice(0, 8), (prime) => Math.sqrt(prime) * WORD);
const rounds = Int32Array.from(primes, (prime) => Math.cbrt(prime) * WORD);
const words = new Int32Array(64);

/** The proof as the service reads it; undefined when no number solves the challenge. */
export async function solve(asked: Challenge): Promise<string | undefined> {
  const { algorithm, salt, challenge, maxNumber, signature } = asked;
  const hashWith = hashBehind(salt);
  const first = parseInt(challenge.slice(0, 8), 16) | 0;
  let pauseAt = performance.now() + SLICE_MS;
  for (let number = 0; number <= maxNumber; number++) {
    const hash = hashWith(String(number));
    // Digits are dear, and seldom worth their while.
    if (hash[0] === first && inDigits(hash) === challenge)
      return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    if (performance.now() < pauseAt) continue;
    // No wait: the page has its turn, and its keys and clicks go first.
    await new Promise((resolve) => setTimeout(resolve));
    pauseAt = performance.now() + SLICE_MS;
  }
  return undefined;
}

/** SHA-256 (FIPS 180-4) of texts that begin alike, in ASCII: what they share is hashed once. */
export function hashBehind(prefix: string): (text: string) => Int32Array {
  const shared = prefix.length & ~63;
  const state = Int32Array.from(start);
  for (let at = 0; at < shared; at += 64) compress(state, wordsOf(prefix.slice(at, at + 64)));
  const rest = prefix.slice(shared);
  return (text) => {
    const own = Int32Array.from(state);
    const all = `${rest}${text}\x80`;
    const blocks = (all.length + 71) >> 6;
    for (let block = 1; block <= blocks; block++) {
      const read = wordsOf(all.slice((block - 1) * 64, block * 64));
      if (block === blocks) read[15] = (shared + all.length - 1) * 8;
      compress(own, read);
    }
    return own;
  };
}

export function inDigits(hash: Int32Array): string {
  return Array.from(hash, (sum) => (sum >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The same array each time. */
function wordsOf(text: string): Int32Array {
  words.fill(0, 0, 16);
  for (let at = 0; at < text.length; at++)
    words[at >> 2] = word(words, at >> 2) | (text.charCodeAt(at) << (24 - (at & 3) * 8));
  return words;
}

/** No index is beyond its array. */
function word(of: Int32Array, at: number): number {
  return of[at] ?? 0;
}

function compress(state: Int32Array, w: Int32Array): void {
  for (let i = 16; i < 64; i++) {
    const before = word(w, i - 15);
    const last = word(w, i - 2);
    w[i] = word(w, i - 16) + small(before, 7, 18, 3) + word(w, i - 7) + small(last, 17, 19, 10);
  }
  let [a, b, c, d] = [word(state, 0), word(state, 1), word(state, 2), word(state, 3)];
  let [e, f, g, h] = [word(state, 4), word(state, 5), word(state, 6), word(state, 7)];
  for (let i = 0; i < 64; i++) {
    const one = h + large(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + word(rounds, i) + word(w, i);
    const two = large(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  const sums = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] = word(state, i) + (sums[i] ?? 0);
}

function small(x: number, one: number, two: number, shift: number): number {
  return turn(x, one) ^ turn(x, two) ^ (x >>> shift);
}

function large(x: number, one: number, two: number, three: number): number {
  return turn(x, one) ^ turn(x, two) ^ turn(x, three);
}

function turn(x: number, by: number): number {
  return (x >>> by) | (x << (32 - by));
}

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime > 0)) found.push(n);
  return found;
}
