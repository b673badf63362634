import { html, type Html } from '../../platform/pages/html.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "22 Nov 2026, 21:40 UTC": a page without a script cannot know the reader's own time. */
export function momentOf(iso: string): Html {
  return html`<time datetime="${iso}">${dayInWords(iso)}, ${iso.slice(11, 16)} UTC</time>`;
}

/** "22 Nov 2026" */
export function dayOf(date: string): Html {
  return html`<time datetime="${date}">${dayInWords(date)}</time>`;
}

function dayInWords(iso: string): string {
  const date = new Date(iso);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

/** "5 minutes ago", in one unit. */
export function agoInWords(iso: string, now: Date): string {
  const ms = now.getTime() - new Date(iso).getTime();
  if (ms < MINUTE_MS) return 'just now';
  if (ms < HOUR_MS) return ago(ms / MINUTE_MS, 'minute');
  if (ms < DAY_MS) return ago(ms / HOUR_MS, 'hour');
  return ago(ms / DAY_MS, 'day');
}

function ago(amount: number, unit: string): string {
  const whole = Math.floor(amount);
  return `${whole} ${unit}${whole === 1 ? '' : 's'} ago`;
}
