// How far a share that was counted in a sample may lie from the true one.

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The point of the normal distribution beyond which, on both sides together, lie 5 %. */
const Z = 1.959963984540054;

/**
 * The score interval of E. B. Wilson ("Probable Inference, the Law of Succession, and Statistical Inference", Journal of
 * the American Statistical Association 22, 1927, pages 209 to 212), at 95 %: all true shares that the count does not
 * contradict. Unlike the usual "plus or minus" it stays within 0 and 1 and is honest about small samples: none found of
 * ten is still "up to 28 %". Null for an empty sample, of which nothing is known.
 */
export function wilsonInterval(found: number, of: number): Interval | null {
  if (of <= 0) return null;
  const share = found / of;
  const weight = (Z * Z) / of;
  const middle = (share + weight / 2) / (1 + weight);
  const reach = (Z / (1 + weight)) * Math.sqrt((share * (1 - share)) / of + weight / (4 * of));
  // At the ends the formula gives exactly 0 and 1, and floating point all but that.
  return {
    low: found === 0 ? 0 : Math.max(0, middle - reach),
    high: found === of ? 1 : Math.min(1, middle + reach),
  };
}
