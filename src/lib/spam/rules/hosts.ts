// Hosts as owners write them and as texts hold them. Names in other scripts are compared in their ASCII form.
import { domainToASCII } from 'node:url';

const NOT_ASCII = /[^\0-\x7f]/;
const DRESS = /^[a-z][a-z0-9+.-]*:\/\/|^\/\//;
const HOST = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;
// A label and a dot cannot be told apart in two ways, so the match goes forward only. What stands behind an @ is part of
// an e-mail address, and no page.
const DOTTED = /(?<![\p{L}\p{N}@._-])[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+/gu;
const LINKED = /https?:\/\/(?:www\.)?([\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*)/gu;
// "casino[.]example", "casino (dot) example", "casino dot example".
const WRITTEN_DOT = / ?[[({] ?(?:\.|dot) ?[\])}] ?| dot /g;

/** `https://www.Casino.example/` and `*.casino.example` as `casino.example`; null for what is no host. */
export function readHost(folded: string): string | null {
  const bare = folded
    .replace(DRESS, '')
    .replace(/^(?:\*?\.)?(?:www\.)?/, '')
    .replace(/\.?\/?$/, '');
  const host = asAscii(bare);
  return HOST.test(host) ? host : null;
}

export function asAscii(host: string): string {
  return NOT_ASCII.test(host) ? domainToASCII(host) : host;
}

/** The hosts of what begins with http:// or https:// in a folded text, under whatever top-level domain. */
export function hostsLinkedIn(foldedText: string): readonly string[] {
  return [...foldedText.matchAll(LINKED)].map(([, host = '']) => asAscii(host));
}

/** What is written like a host in a folded text, as a link or not. "great.it" is, so one label alone says nothing. */
export function hostsWrittenIn(foldedText: string): readonly string[] {
  const text = foldedText.replace(WRITTEN_DOT, '.');
  return (text.match(DOTTED) ?? []).map((host) => asAscii(host.replace(/^www\./, '')));
}

/** No name in the DNS is longer (RFC 1035), and a text of dots alone would have thousands of labels. */
const LONGEST_HOST = 253;

/** The host and all domains it lies under, the widest last: `a.b.example`, `b.example`, `example`. */
export function domainsOf(host: string): readonly string[] {
  if (host.length > LONGEST_HOST) return [];
  const labels = host.split('.');
  return labels.map((_, place) => labels.slice(place).join('.'));
}
