// Exponential and logarithm from the four operations alone, which IEEE 754 fixes to the last bit. Math.exp and Math.log
// may differ between machines, and a model must come out the same on all of them.

const { LN2, SQRT2, SQRT1_2 } = Math;
/** Where a double overflows, and where it is nothing. */
const LARGEST = 709;
const TERMS = 18;
const TWO_TO_52 = 2 ** 52;

/** e to the power of x, to about 15 digits. */
export function exp(x: number): number {
  if (!(x < LARGEST)) return Number.isNaN(x) ? NaN : Infinity;
  if (x < -LARGEST) return 0;
  const twos = Math.round(x / LN2);
  const rest = x - twos * LN2;
  let sum = 1;
  for (let term = TERMS; term > 0; term--) sum = 1 + (rest / term) * sum;
  // A power of two is exact.
  return sum * 2 ** twos;
}

/** The natural logarithm of a positive number, to about 15 digits. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  let twos = 0;
  let rest = x;
  while (rest >= TWO_TO_52) {
    rest /= TWO_TO_52;
    twos += 52;
  }
  while (rest < 1 / TWO_TO_52) {
    rest *= TWO_TO_52;
    twos -= 52;
  }
  for (; rest > SQRT2; twos++) rest /= 2;
  for (; rest < SQRT1_2; twos--) rest *= 2;
  // log(rest) = 2 artanh((rest - 1) / (rest + 1)), and the fraction is below 0.172.
  const fraction = (rest - 1) / (rest + 1);
  const square = fraction * fraction;
  let sum = 0;
  for (let power = 21; power > 0; power -= 2) sum = sum * square + 1 / power;
  return 2 * fraction * sum + twos * LN2;
}

/** Log-odds to probability. */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

/** Probability to log-odds. */
export function logit(probability: number): number {
  return log(probability) - log(1 - probability);
}
