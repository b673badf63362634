// The domain of an address: what was typed becomes the lower-case A-label form that DNS knows, or a fault.
// It judges the form only; whether such a domain exists or receives mail is never asked here.
import { domainToASCII, domainToUnicode } from 'node:url';

import type { EmailFault } from './email-fault.js';

/** RFC 5321 4.5.3.1.2 says 255 octets with length bytes on the wire, which is 253 as text. */
const LONGEST_DOMAIN = 253;
const LONGEST_LABEL = 63;

/** UTS 46 section 4 reads the full stops of East Asian keyboards as dots. */
const OTHER_DOTS = /[\u3002\uff0e\uff61]/gu;

/**
 * Letters, marks, digits and hyphens, as RFC 5892 has it: symbols and emoji are no IDNA 2008 domain even where a
 * registry sells them. The two middle dots are the ones in use: Catalan `l·l` and the Japanese U+30FB.
 */
const NOT_IN_LABEL = /(?![-\p{L}\p{M}\p{Nd}\u30fb]|(?<=l)\u00b7(?=l))[^]/iu;

const ASCII_ONLY = /^[\0-\x7f]*$/u;
/** No top-level domain is a number (RFC 3696 section 2) or has a hyphen, except in the `xn--` of an A-label. */
const TOP_LEVEL = /^(?:[a-z][a-z0-9]*|xn--[a-z0-9-]+)$/u;

/** A domain in both its forms, or why it is none. */
export type DomainResult =
  | { readonly ok: true; readonly ascii: string; readonly unicode: string }
  | { readonly ok: false; readonly fault: EmailFault; readonly character?: string };

/**
 * Reads a typed domain of at most some thousand characters.
 * `ascii` is the lower-case A-label form (UTS 46, RFC 5890), `unicode` the form for people.
 */
export function readDomain(typed: string): DomainResult {
  const domain = typed.normalize('NFC').replace(OTHER_DOTS, '.');
  const labels = domain.split('.');
  if (labels.includes('')) return { ok: false, fault: 'domain-dots' };
  for (const label of labels) {
    const character = NOT_IN_LABEL.exec(label)?.[0];
    if (character !== undefined) return { ok: false, fault: 'domain-character', character };
  }
  if (labels.length < 2) return { ok: false, fault: 'no-top-level' };
  // Before UTS 46, because the WHATWG host parser behind `domainToASCII` would read a last label of digits as IPv4.
  if (/^\p{Nd}+$/u.test(labels.at(-1) ?? '')) return { ok: false, fault: 'top-level' };
  const ascii = toAscii(domain);
  if (ascii === null) return { ok: false, fault: 'invalid-idn' };
  const fault = faultOf(ascii);
  return fault === null ? { ok: true, ascii, unicode: domainToUnicode(ascii) } : { ok: false, fault };
}

/**
 * The A-label form, or null where UTS 46 has none. A name that is plain ASCII stays out of the host parser altogether.
 * The way back must give the same name: `xn--abc-` decodes to `abc`, so it would be a second spelling of another domain.
 */
function toAscii(domain: string): string | null {
  const lower = domain.toLowerCase();
  if (ASCII_ONLY.test(lower) && !lower.includes('xn--')) return lower;
  const ascii = domainToASCII(domain);
  const unicode = domainToUnicode(ascii);
  if (ascii === '' || domainToASCII(unicode) !== ascii) return null;
  return unicode.split('.').some((label) => NOT_IN_LABEL.test(label)) ? null : ascii;
}

/** The rules of RFC 1123 2.1 and RFC 5890 2.3.1 on a domain in ASCII. */
function faultOf(ascii: string): EmailFault | null {
  const labels = ascii.split('.');
  if (labels.some((label) => label.length > LONGEST_LABEL)) return 'label-too-long';
  if (ascii.length > LONGEST_DOMAIN) return 'domain-too-long';
  if (labels.some(hasMisplacedHyphen)) return 'label-hyphen';
  return TOP_LEVEL.test(labels.at(-1) ?? '') ? null : 'top-level';
}

/** Hyphens in the third and fourth place are reserved for tagged labels, of which `xn--` is the only one there is. */
function hasMisplacedHyphen(label: string): boolean {
  return label.startsWith('-') || label.endsWith('-') || (label.slice(2, 4) === '--' && !label.startsWith('xn'));
}
