/*
 * The rules of the HTTP Observatory for one page, written down as checks with points (its score table of November 2026).
 * It begins at 100; what is above zero counts only where nothing has brought the page below 90.
 */

export interface ObservedPage {
  readonly headers: Headers;
  /** The cookies that the service sets, as they are written. */
  readonly cookies: readonly string[];
  readonly text: string;
}

interface Check {
  readonly name: string;
  readonly points: (page: ObservedPage) => number;
}

const SIX_MONTHS_S = 15_768_000;
const UNSAFE = /'unsafe-|\bdata:|\bhttp:|\bhttps:(?!\/\/)|\*/;
const PRIVATE = ['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin'];

export const CHECKS: readonly Check[] = [
  { name: 'content security policy', points: pointsOfPolicy },
  { name: 'cookies', points: ({ cookies }) => worst(cookies.map(pointsOfCookie), 0) },
  {
    name: 'cross-origin resource sharing',
    points: ({ headers }) => (headers.has('access-control-allow-credentials') ? -50 : 0),
  },
  {
    name: 'cross-origin resource policy',
    points: ({ headers }) => (headers.get('cross-origin-resource-policy') === 'same-origin' ? 10 : 0),
  },
  {
    name: 'referrer policy',
    points: ({ headers }) => (PRIVATE.includes(headers.get('referrer-policy') ?? '') ? 5 : 0),
  },
  {
    name: 'strict transport security',
    points: ({ headers }) => {
      const [, seconds = '0'] = /max-age=(\d+)/.exec(headers.get('strict-transport-security') ?? '') ?? [];
      return Number(seconds) >= SIX_MONTHS_S ? 0 : -20;
    },
  },
  {
    name: 'subresource integrity',
    // Scripts of the page's own origin need none.
    points: ({ text }) => (/<script[^>]+src="(https?:)?\/\//.test(text) ? -5 : 0),
  },
  {
    name: 'content type options',
    points: ({ headers }) => (headers.get('x-content-type-options') === 'nosniff' ? 0 : -5),
  },
  {
    name: 'frame options',
    points: ({ headers }) =>
      /frame-ancestors '(none|self)'/.test(headers.get('content-security-policy') ?? '') ? 5 : -20,
  },
];

export function scoreOf(page: ObservedPage): number {
  const points = CHECKS.map((check) => check.points(page));
  const base = points.filter((one) => one < 0).reduce((sum, one) => sum + one, 100);
  return base < 90 ? base : points.filter((one) => one > 0).reduce((sum, one) => sum + one, base);
}

function pointsOfPolicy({ headers }: ObservedPage): number {
  const policy = headers.get('content-security-policy');
  if (policy === null) return -25;
  if (UNSAFE.test(policy)) return -20;
  const isClosed = /(^|; )default-src 'none'(;|$)/.test(policy) && /(^|; )form-action '(none|self)'(;|$)/.test(policy);
  return isClosed ? 10 : 5;
}

function pointsOfCookie(cookie: string): number {
  const has = (attribute: RegExp): boolean => attribute.test(cookie);
  if (!has(/; Secure/i)) return -40;
  if (!has(/; HttpOnly/i)) return -30;
  return has(/; SameSite=(Lax|Strict)/i) ? 5 : 0;
}

function worst(points: readonly number[], ofNone: number): number {
  return points.length === 0 ? ofNone : Math.min(...points);
}
