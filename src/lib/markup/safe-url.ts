// Decides which addresses typed by strangers may become a link, and writes them in one unambiguous form. It never looks
// at where they lead: nothing here is good enough to fetch an address from our own network.

import { parseUrl } from './parse-url.js';

/** The contract's limit for an address, in characters; a longer one in a comment stays text. */
const maxUrlLength = 2048;

const httpAddress = /^https?:\/\/[^\s/\\?#]/i;

// Dots between labels, the last label beginning with a letter: `example.org:8080/me` is a host, `javascript:alert(1)`,
// `127.0.0.1`, `e.g.` and `me@example.org` are not.
const bareHost = /^[^\s/\\?#@:]+\.[\p{L}][^\s/\\?#@:.]+(?::\d{1,5})?(?:[/?#]|$)/u;

// Narrower than the WHATWG parser, which lets `exa(mple.org` and `a'b.org` pass as hosts.
const plainHost = /^(?:[a-z0-9_-]+\.)*[a-z0-9_-]+\.?$|^\[[0-9a-f:.]+\]$/;

const mailtoAddress = /^mailto:[\w.!#$&'*+/=^`{|}~-]+@[a-z0-9.-]+$/i;

// A browser drops tabs and newlines inside an address, so that `java\nscript:` works for it: no control survives here.
const control = /\p{Cc}/u;

function parseHttpUrl(address: string): string | null {
  const url = control.test(address) || !httpAddress.test(address) ? null : parseUrl(address);
  if (!url) return null;
  // `https://bank.example@evil.example` exists to be misread; no public link needs a user name.
  if (url.username !== '' || url.password !== '') return null;
  return plainHost.test(url.hostname) ? url.href : null;
}

/**
 * The normalised absolute http or https URL (WHATWG URL) of an address as a person types it, or null when there is none:
 * another scheme, no host, user name or password, control characters. `example.org/me` is read as `https://example.org/me`.
 * The answer is ASCII, so it can be longer than what was typed.
 */
export function safeHttpUrl(typed: string): string | null {
  const address = typed.trim();
  return parseHttpUrl(bareHost.test(address) ? `https://${address}` : address);
}

/**
 * The address a link inside a comment may have: an absolute http or https URL, or `mailto:` with one plain address, whose
 * header fields (`?bcc=`, `?body=`) are cut off. A relative address is null, because a comment is shown on its page, in
 * feed readers and at the moderator's desk, and would lead elsewhere from each (or, as `/logout`, do something there).
 */
export function safeLinkUrl(href: string): string | null {
  if (href.length > maxUrlLength) return null;
  const mailto = href.split('?', 1)[0] ?? '';
  return mailtoAddress.test(mailto) ? mailto : parseHttpUrl(href);
}
