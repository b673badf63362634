// Whose links a comment holds: the registered name behind each host, so that a seller who makes a new subdomain for
// each comment stays the same seller. It says nothing of what that name is known for.
import { domainToASCII } from 'node:url';
import { getDomain } from 'tldts';
import { readLink, separateLinks } from './links.js';

/** Twenty names tell a list of links from a reference; each further one would only cost a look-up. */
const MOST_DOMAINS = 20;

/**
 * The name that its owner registered, or was given by a host of many (`ada.github.io`, `shop.blogspot.com`); an address
 * of numbers is its own. One spelling of it: Unicode names as DNS has them.
 */
export function domainOf(host: string): string {
  const domain = getDomain(host, { allowPrivateDomains: true }) ?? host;
  return domainToASCII(domain) || domain;
}

/** The different domains that a comment links to, the author's URL included, in the order they are found. */
export function linkDomains(body: string, authorUrl: string | null): readonly string[] {
  const authorLink = authorUrl === null ? null : readLink(authorUrl);
  const { links } = separateLinks(body);
  const domains = new Set<string>();
  for (const { host } of authorLink === null ? links : [authorLink, ...links]) {
    domains.add(domainOf(host));
    if (domains.size === MOST_DOMAINS) break;
  }
  return [...domains];
}
