import type { FastifyRequest } from 'fastify';
import { parseUrl } from '../lib/markup/parse-url.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that carries a cookie comes from a page of the service itself. Browsers say so by `Sec-Fetch-Site`;
 * older ones by an `Origin` whose host is the `Host` asked (so both localhost and 127.0.0.1 work). A request with
 * neither comes from a program, which no foreign page can make send a cookie.
 */
export function isSameOrigin(request: FastifyRequest): boolean {
  if (SAFE_METHODS.has(request.method)) return true;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = request.headers;
  if (origin === undefined) return true;
  return hostOf(origin) === request.headers.host;
}

/** `Origin`'s host with its port, as `Host` writes it; null for `null` and for what is no origin. */
export function hostOf(origin: string): string | null {
  return parseUrl(origin)?.host ?? null;
}
