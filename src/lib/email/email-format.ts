// The form of an e-mail address as a comment form should take it: accepted and normalised, or refused with a reason.
// It never asks the network, never throws, and refuses only what cannot be an ordinary address; doubts are signals.
//
// Decided: the local part may hold letters, marks and digits of every script (SMTPUTF8, RFC 6531) and the domain may be
// international (UTS 46), because a reader whose name is not ASCII has as good an address as anybody, and the price of a
// wrong refusal (a lost comment) is higher than that of an undeliverable receipt. Refused are the forms of RFC 5322 that
// only attackers and test suites type: quoted local parts, comments, folding, domain literals, display names.
import { readDomain } from './email-domain.js';
import { refuse, type RefusedEmail } from './email-fault.js';

export type { EmailFault } from './email-fault.js';

/** An address whose form is right. */
export interface Email {
  /** `local`, `@` and `domain`: the form to store, compare and send to. */
  readonly address: string;
  /** In NFC, with its case kept: only the receiving host knows whether case matters (RFC 5321 2.4). */
  readonly local: string;
  /** The lower-case A-label form. */
  readonly domain: string;
  /** The same domain as people write it. */
  readonly displayDomain: string;
}

export type EmailFormatResult = { readonly ok: true; readonly email: Email } | RefusedEmail;

/**
 * UTF-16 units. Everything acceptable is at most 254 bytes, but decomposed letters take three units for one; whatever is
 * longer than this is refused unread, so the work has a bound whatever is sent.
 */
const LONGEST_TYPED = 1024;
/** Bytes: the path of RFC 5321 4.5.3.1.3 is 256 with its angle brackets. */
const LONGEST_ADDRESS = 254;
/** Bytes, RFC 5321 4.5.3.1.1. */
const LONGEST_LOCAL = 64;

/** Controls, format characters (bidi, zero width), lone surrogates, private use, unassigned: nobody types them on purpose. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/u;
/** `atext` of RFC 5322 3.2.3 with the letters, marks and digits that RFC 6532 adds. */
const NOT_IN_ATOM = /[^\p{L}\p{M}\p{Nd}!#$%&'*+/=?^_`{|}~-]/u;

/** Checks the form of what was typed and normalises it; surrounding white space is not held against anybody. */
export function checkEmailFormat(typed: string): EmailFormatResult {
  // One submission asks several times: its rules, its author, its suggestion.
  if (typed === last?.typed) return last.result;
  const result = check(typed);
  last = { typed, result };
  return result;
}

let last: { readonly typed: string; readonly result: EmailFormatResult } | null = null;

function check(typed: string): EmailFormatResult {
  if (typed.length > LONGEST_TYPED) return refuse('too-long');
  const trimmed = typed.trim();
  if (trimmed === '') return refuse('empty');
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, Math.max(at, 0)).normalize('NFC');
  const refusal = refuseOtherForms(trimmed, at) ?? refuseLocal(local);
  if (refusal !== null) return refusal;

  const domain = readDomain(trimmed.slice(at + 1));
  if (!domain.ok) return refuse(domain.fault, domain.character);
  const address = `${local}@${domain.ascii}`;
  // Both forms go over the wire: the A-label one to old hosts, the U-label one to those that speak SMTPUTF8.
  if (bytes(address) > LONGEST_ADDRESS || bytes(`${local}@${domain.unicode}`) > LONGEST_ADDRESS) {
    return refuse('too-long');
  }
  return { ok: true, email: { address, local, domain: domain.ascii, displayDomain: domain.unicode } };
}

/** What is no plain `local@domain` at all. The order decides which sentence a reader gets when several are true. */
function refuseOtherForms(trimmed: string, at: number): RefusedEmail | null {
  if (/[<>]/u.test(trimmed)) return refuse('display-name');
  if (trimmed.includes('"')) return refuse('quoted-local');
  if (/[()]/u.test(trimmed)) return refuse('comment');
  if (at === -1) return refuse('no-at');
  if (/[\s\p{Z}]/u.test(trimmed)) return refuse('inner-space');
  if (HIDDEN.test(trimmed)) return refuse('hidden-character');
  if (at === 0) return refuse('no-local');
  if (at === trimmed.length - 1) return refuse('no-domain');
  if (trimmed.startsWith('[', at + 1)) return refuse('domain-literal');
  return null;
}

/** A dot-atom: atoms with single dots between them. An atom that begins with a mark would draw it over the dot. */
function refuseLocal(local: string): RefusedEmail | null {
  if (bytes(local) > LONGEST_LOCAL) return refuse('local-too-long');
  if (local.includes('@')) return refuse('several-at');
  for (const atom of local.split('.')) {
    if (atom === '') return refuse('local-dots');
    const character = NOT_IN_ATOM.exec(atom)?.[0];
    if (character !== undefined) return refuse('local-character', character);
    if (/^\p{M}/u.test(atom)) return refuse('local-character');
  }
  return null;
}

function bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
