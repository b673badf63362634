import { parseUrl } from '../lib/markup/parse-url.js';
import { isRegistered } from '../sites/origins.js';

/**
 * Where a form may send its reader back to: a page of a registered origin or of the service itself, with the receipt in
 * the fragment, which no server sees. Anything else is no target.
 */
export function redirectTarget(
  typed: string | null,
  registered: readonly string[],
  ownOrigins: readonly string[],
  receipt: string,
): string | null {
  const url = typed === null ? null : parseUrl(typed);
  if (!url) return null;
  // A `blob:` has the origin of the page that made it.
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return null;
  if (!isRegistered(url.origin, [...registered, ...ownOrigins])) return null;
  url.hash = `winnow-receipt=${receipt}`;
  return url.href;
}
