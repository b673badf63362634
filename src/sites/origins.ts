import { parseUrl } from '../lib/markup/parse-url.js';

/*
 * Which web pages may post to a site. An origin is scheme, host and port (RFC 6454); a registered one may begin with
 * one wildcard label, which stands for exactly one label: `https://*.preview.example`.
 */

const REGISTERED = /^https?:\/\/(\*\.)?[a-z0-9.:[\]-]+$/;

/** An origin as browsers send it, or null when the text is none: `HTTPS://Blog.Example:443/` is `https://blog.example`. */
export function normaliseOrigin(typed: string): string | null {
  const wildcard = /^(https?:\/\/)\*\./i.exec(typed);
  const plain = wildcard ? typed.replace('*.', '') : typed;
  const url = parseUrl(plain);
  if (!url) return null;
  const isBare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (!/^https?:$/.test(url.protocol) || !isBare || plain.includes('*')) return null;
  const origin = wildcard ? url.origin.replace('://', '://*.') : url.origin;
  return REGISTERED.test(origin) ? origin : null;
}

export function isRegistered(origin: string, registered: readonly string[]): boolean {
  if (origin.includes('*')) return false;
  return registered.some((entry) => entry === origin || matchesWildcard(origin, entry));
}

function matchesWildcard(origin: string, entry: string): boolean {
  const at = entry.indexOf('://*.');
  if (at < 0) return false;
  const scheme = entry.slice(0, at + 3);
  const rest = entry.slice(at + 4);
  if (!origin.startsWith(scheme) || !origin.endsWith(rest)) return false;
  const label = origin.slice(scheme.length, origin.length - rest.length);
  return /^[a-z0-9-]+$/.test(label);
}

/** The hosts a site's pages are on: links to them are no advertisement. A wildcard stands for its parent host. */
export function ownHosts({ origins }: { readonly origins: readonly string[] }): string[] {
  return origins.map((origin) => origin.replace(/^https?:\/\/(\*\.)?/, '').replace(/:\d+$/, ''));
}
