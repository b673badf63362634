// Medians of interleaved rounds. A ratio is taken within each round, where both sides saw the same weather.

export function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value that the given share of the sorted values does not pass. */
export function percentile(sorted, share) {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The median with its spread; null when nothing was measured. */
export function spread(values) {
  const known = values.filter((value) => Number.isFinite(value));
  if (known.length === 0) return null;
  return { median: median(known), min: Math.min(...known), max: Math.max(...known) };
}

/** Round by round, one by the other. */
export function ratio(ours, theirs) {
  return spread(ours.map((value, round) => value / theirs[round]));
}

/**
 * Runs the tasks in turn, A B C A B C, so that what disturbs the machine disturbs all of them.
 * @param {Record<string, () => Promise<object>>} tasks
 * @returns the results of each task, by its name, a round each
 */
export async function interleave(rounds, tasks, say) {
  const results = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      const result = await task();
      results[name].push(result);
      say(`  round ${round} of ${rounds}, ${name}: ${result.line}`);
    }
  }
  return results;
}

/** One member of each round's result. */
export function column(results, member) {
  return results.map((result) => result[member] ?? Number.NaN);
}

export function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return 'not measured';
  const size = Math.abs(value);
  const digits = size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** "1,684 (1,501..1,890)" */
export function withSpread(measured, unit = '') {
  if (!measured) return 'not measured';
  const { median: middle, min, max } = measured;
  const words = /^(|x|\/.*)$/.test(unit) ? unit : ` ${unit}`;
  return min === max ? `${number(middle)}${words}` : `${number(middle)}${words} (${number(min)}..${number(max)})`;
}
