import { ROLES, type Role } from '../../platform/http/access.js';
import { parseWords, wrongFor } from '../parse-words.js';

/** What the command line asks for. */
export type AdminTask =
  | { readonly kind: 'invite-operator'; readonly email: string }
  | { readonly kind: 'invite-member'; readonly email: string; readonly site: string; readonly role: Role }
  | { readonly kind: 'reset-password'; readonly email: string }
  | { readonly kind: 'list' };

const SYNTAX = {
  options: { operator: { type: 'boolean' }, site: { type: 'string' }, role: { type: 'string' } },
  allowPositionals: true,
  strict: true,
} as const;

const wrong = wrongFor('admin');

interface Choices {
  readonly operator?: boolean;
  readonly site?: string;
  readonly role?: string;
}

/** @throws CommandFault with exit code 2 and a sentence for what is wrong */
export function readAdminTask(args: readonly string[]): AdminTask {
  const { values, positionals } = parseWords(SYNTAX, args, wrong);
  const [what, email, ...rest] = positionals;
  if (rest.length > 0) throw wrong(`"${rest.join(' ')}" is too much.`);
  if (what === 'list') return readList(email, values);
  if (what === 'invite') return readInvitation(readEmail(email), values);
  if (what === 'reset-password') {
    if (Object.keys(values).length > 0) throw wrong('A password is reset for the whole account, without options.');
    return { kind: 'reset-password', email: readEmail(email) };
  }
  throw wrong(
    what === undefined ? 'Say what: invite, reset-password or list.' : `"winnow admin ${what}" is not known.`,
  );
}

function readList(email: string | undefined, values: Choices): AdminTask {
  if (email === undefined && Object.keys(values).length === 0) return { kind: 'list' };
  throw wrong('The list takes no options: it shows every account.');
}

function readInvitation(email: string, { operator, site, role }: Choices): AdminTask {
  if (operator && site === undefined && role === undefined) return { kind: 'invite-operator', email };
  if (operator || site === undefined || role === undefined) {
    throw wrong('Invite with --operator, or with --site <key> --role <role>.');
  }
  const known = ROLES.find((one) => one === role);
  if (!known) throw wrong(`The role is one of ${ROLES.join(', ')}.`);
  return { kind: 'invite-member', email, site, role: known };
}

function readEmail(email: string | undefined): string {
  if (email === undefined) throw wrong('Name the e-mail address of the person.');
  return email;
}
