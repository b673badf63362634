// Weeks as ISO 8601 counts them, in UTC: from Monday on, and the first of a year is the one that holds its first Thursday.

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** The Monday on which the week of this moment begins, as a date: `2026-11-23`. */
export function mondayOf(at: Date): string {
  const daysSinceMonday = (at.getUTCDay() + 6) % 7;
  return dateOf(at.getTime() - daysSinceMonday * DAY_MS);
}

/** The Monday so many weeks before another. */
export function mondayBefore(monday: string, weeks: number): string {
  return dateOf(Date.parse(monday) - weeks * WEEK_MS);
}

/** `2026-W48`: the year is that of the week's Thursday. */
export function nameOfWeek(monday: string): string {
  const thursday = Date.parse(monday) + 3 * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const number = Math.floor((thursday - Date.UTC(year, 0, 1)) / WEEK_MS) + 1;
  return `${String(year)}-W${String(number).padStart(2, '0')}`;
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
