// Times as the one who looks reads a clock.

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** "5 minutes ago", in one unit. */
export function ago(iso: string, now: number): string {
  const ms = now - Date.parse(iso);
  const unit = UNITS.find(([, length]) => ms >= length);
  return unit ? relative.format(-Math.floor(ms / unit[1]), unit[0]) : 'just now';
}

export function fullMoment(iso: string): string {
  return new Date(iso).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
}
