// From what somebody types who only wants comments on their pages to what a site is made of: its key and its origin.
import { parseUrl } from '../../lib/markup/parse-url.js';

const LONGEST_KEY = 50;
const OWN_MACHINE = /^(localhost|127\.|\[::1\]|[^/]*\.localhost\b)/i;

/** The origin of any address of a page: with its path or without, with `https://` or without. */
export function originOf(typed: string): string | null {
  const text = typed.trim();
  const isWhole = /^https?:\/\//i.test(text);
  const scheme = OWN_MACHINE.test(text) ? 'http' : 'https';
  const url = /[\s*]/.test(text) ? null : parseUrl(isWhole ? text : `${scheme}://${text}`);
  const isHost = url !== null && (url.hostname.includes('.') || OWN_MACHINE.test(url.hostname) || isWhole);
  return isHost && /^https?:$/.test(url.protocol) && url.username === '' ? url.origin : null;
}

/** `Ada’s café` is `adas-cafe`; a name without a Latin letter or digit gives way to the host. */
export function keyOf(name: string, origin: string): string {
  return slugOf(name) || slugOf(origin.replace(/^https?:\/\/(www\.)?/, '')) || 'site';
}

function slugOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_KEY)
    .replace(/^-|-$/g, '');
}
