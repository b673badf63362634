// Guesses the provider or the ending a reader meant to type. It only suggests and never blocks, and it would rather say
// nothing than call somebody's own domain a mistake: every rule below needs a name close to a large provider's, or an
// ending that does not exist.
import { parse } from 'tldts';

import { editDistance } from './edit-distance.js';
import { checkEmailFormat, type Email } from './email-format.js';
import { readWordList } from './word-list.js';

const PROVIDERS: readonly string[] = readWordList('mail-providers');
const PROVIDER_SET: ReadonlySet<string> = new Set(PROVIDERS);
const OTHER_MAIL_DOMAINS: ReadonlySet<string> = new Set(readWordList('other-mail-domains'));

/** Endings worth mending. Of two letters there is none: nearly every pair of letters is a country. */
const ENDINGS: readonly string[] = ['com', 'net', 'org', 'info', 'co.uk', 'com.au', 'com.br'];

/** Real endings (Colombia, Cameroon, Oman) that after the whole name of a provider are a `.com` cut short. */
const CUT_SHORT: ReadonlySet<string> = new Set(['co', 'cm', 'om']);

/** Names shorter than this have too many honest neighbours (`aol` and `aon`, `live` and `love`) to be compared. */
const SHORTEST_NAME = 5;
/** From here on the first letter may be wrong too; below, `mail` and `email` are neighbours of `gmail`. */
const SHORTEST_NAME_WITH_ANY_FIRST_LETTER = 7;
/** From here on two slips are still closer to the provider than to any other word. */
const SHORTEST_NAME_WITH_TWO_SLIPS = 8;

interface Candidate {
  readonly domain: string;
  readonly distance: number;
}

/**
 * The whole address with its domain mended, or null when there is nothing to mend.
 * `ownDomains` are further domains the caller's readers are likely to have, such as the site's own.
 */
export function suggestEmail(email: Email, ownDomains: readonly string[] = []): string | null {
  if (isKnown(email.domain, ownDomains)) return null;
  const domain = ownDomains.length > 0 ? mendDomain(email.domain, ownDomains) : mendOften(email.domain);
  return domain === null ? null : `${email.local}@${domain}`;
}

/** Comparing a domain with every provider takes a tenth of a submission's time, and readers share few domains. */
const mended = new Map<string, string | null>();
const MOST_MENDED = 2_000;

function mendOften(domain: string): string | null {
  const known = mended.get(domain);
  if (known !== undefined) return known;
  if (mended.size >= MOST_MENDED) mended.clear();
  const result = mendDomain(domain, []);
  mended.set(domain, result);
  return result;
}

function mendDomain(domain: string, ownDomains: readonly string[]): string | null {
  return nearestProvider(domain, [...ownDomains, ...PROVIDERS]) ?? mendEnding(domain);
}

/**
 * The same for what the format check refused: without the characters that no domain can hold (`#gmail.com`), with dots
 * for commas and none too many, is it the address of a known provider, or a typo of one? Null for every other address.
 */
export function suggestTypedEmail(typed: string, ownDomains: readonly string[] = []): string | null {
  const given = checkEmailFormat(typed);
  if (given.ok) return suggestEmail(given.email, ownDomains);
  if (given.fault === 'too-long') return null;
  const at = typed.lastIndexOf('@');
  const labels = typed
    .slice(at + 1)
    .replace(/,/gu, '.')
    .replace(/[^\p{L}\p{M}\p{Nd}.-]/gu, '')
    .split('.');
  const mended = checkEmailFormat(`${typed.slice(0, at)}@${labels.filter((label) => label !== '').join('.')}`);
  if (at === -1 || !mended.ok) return null;
  return isKnown(mended.email.domain, ownDomains) ? mended.email.address : suggestEmail(mended.email, ownDomains);
}

function isKnown(domain: string, ownDomains: readonly string[]): boolean {
  return PROVIDER_SET.has(domain) || OTHER_MAIL_DOMAINS.has(domain) || ownDomains.includes(domain);
}

/** The closest provider; of equally close ones the first, because the list has the large ones first. */
function nearestProvider(domain: string, providers: readonly string[]): string | null {
  const hasRealEnding = parse(domain).isIcann === true;
  let best: Candidate | null = null;
  for (const provider of providers) {
    const distance = slipsBetween(domain, provider, hasRealEnding);
    if (distance !== null && (best === null || distance < best.distance)) best = { domain: provider, distance };
  }
  return best?.domain ?? null;
}

/** How many slips lead from `provider` to `domain`, or null when it is more likely to be a domain of its own. */
function slipsBetween(domain: string, provider: string, hasRealEnding: boolean): number | null {
  const [name, ending] = cutAtFirstDot(domain);
  const [knownName, knownEnding] = cutAtFirstDot(provider);
  if (isMisplacedDot(domain, provider, knownName)) return 1;
  const nameSlips = slipsInName(name, knownName);
  if (nameSlips === null) return null;
  if (ending === knownEnding) return nameSlips;
  if (hasRealEnding) {
    const isCutShort = nameSlips === 0 && knownName.length >= SHORTEST_NAME && knownEnding === 'com';
    return isCutShort && CUT_SHORT.has(ending) ? 1 : null;
  }
  const endingSlips = editDistance(ending, knownEnding);
  // Behind the whole name an ending of three letters may be as wrong as `.nry`; behind a mended name it may not.
  const allowed = nameSlips === 0 && knownEnding.length > 2 ? 2 : 1;
  return endingSlips <= allowed ? nameSlips + endingSlips : null;
}

/** `gmailc.om` and `g.mail.com` differ from the provider by the place of one dot. */
function isMisplacedDot(domain: string, provider: string, knownName: string): boolean {
  if (Math.abs(domain.length - provider.length) > 1) return false;
  const isSameWithoutDots = domain.replaceAll('.', '') === provider.replaceAll('.', '');
  return isSameWithoutDots && knownName.length >= SHORTEST_NAME && editDistance(domain, provider) === 1;
}

function slipsInName(name: string, knownName: string): number | null {
  if (name === knownName) return 0;
  const { length } = knownName;
  if (length < SHORTEST_NAME || Math.abs(length - name.length) > 2) return null;
  if (length < SHORTEST_NAME_WITH_ANY_FIRST_LETTER && !beginsAlike(name, knownName)) return null;
  const slips = editDistance(name, knownName);
  return slips <= (length < SHORTEST_NAME_WITH_TWO_SLIPS ? 1 : 2) ? slips : null;
}

/** The same first letter, or the first two swapped (`mgail`). */
function beginsAlike(name: string, knownName: string): boolean {
  const [first = '', second = ''] = knownName;
  return name.startsWith(first) || name.startsWith(second + first);
}

/** For a domain that ends in nothing that exists (`shop.cmo`): the same with the common ending one slip away. */
function mendEnding(domain: string): string | null {
  if (parse(domain).isIcann === true) return null;
  for (const ending of ENDINGS) {
    const labels = domain.split('.');
    const name = labels.slice(0, -ending.split('.').length).join('.');
    const typedEnding = labels.slice(-ending.split('.').length).join('.');
    if (name !== '' && editDistance(typedEnding, ending) === 1) return `${name}.${ending}`;
  }
  return null;
}

function cutAtFirstDot(domain: string): readonly [string, string] {
  const dot = domain.indexOf('.');
  return [domain.slice(0, dot), domain.slice(dot + 1)];
}
