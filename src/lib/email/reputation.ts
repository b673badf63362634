// What a well-formed address says about itself: given away for a day, shared by an office, or fit for no mail at all.
// Facts for a score, never grounds to refuse: each list is somebody's opinion, and lists grow old.
import type { Email } from './email-format.js';
import { isRoleLocalPart } from './role-local-part.js';
import { readWordList } from './word-list.js';

export interface EmailReputation {
  /** The domain, or one above it, hands out throw-away mailboxes. */
  readonly disposable: boolean;
  /** The local part names a function (`info`), not a person. */
  readonly role: boolean;
  /** The domain is set aside, so no mail can reach it over the public net. */
  readonly specialUse: boolean;
}

/** Read when the first address asks for it: 2.4 ms that a process which screens nothing does not spend. */
let disposable: ReadonlySet<string> | undefined;

/** RFC 6761 (with `example.*` of RFC 2606), 6762, 7686, 8375, 9476, and ICANN resolution 2024.07.29.06. */
const SPECIAL_USE: ReadonlySet<string> = new Set(
  ['test', 'invalid', 'localhost', 'example', 'example.com', 'example.net', 'example.org', 'local', 'onion'].concat([
    'home.arpa',
    'alt',
    'internal',
  ]),
);

/** Looks one address up in the shipped lists. */
export function emailReputation(email: Email): EmailReputation {
  return {
    disposable: hasAncestorIn((disposable ??= new Set(readWordList('disposable-domains'))), email.domain),
    role: isRoleLocalPart(email.local),
    specialUse: hasAncestorIn(SPECIAL_USE, email.domain),
  };
}

/** Whether the domain or any above it is listed: whoever owns a domain owns every name below. */
function hasAncestorIn(list: ReadonlySet<string>, domain: string): boolean {
  for (let start = 0; start !== -1; start = nextLabel(domain, start)) {
    if (list.has(domain.slice(start))) return true;
  }
  return false;
}

function nextLabel(domain: string, start: number): number {
  const dot = domain.indexOf('.', start);
  return dot === -1 ? -1 : dot + 1;
}
