import { createHash } from 'node:crypto';

export const LABELS = ['spam', 'ham', 'unlabelled'] as const;
export type CommentLabel = (typeof LABELS)[number];

/** One comment of a file, ready to be sent. */
export interface ReplayComment {
  /** From 1, in its file. */
  readonly line: number;
  readonly label: CommentLabel;
  readonly author: { readonly name: string; readonly email: string; readonly url?: string };
  readonly body: string;
  /** The file held more than a comment may have. */
  readonly wasCut: boolean;
  /** The file named no address. */
  readonly hasMadeUpEmail: boolean;
}

export type ReadLine =
  { readonly ok: true; readonly comment: ReplayComment } | { readonly ok: false; readonly why: string };

/** Code points after normal form C, as the API counts. */
const LONGEST_BODY = 10_000;
const LONGEST_NAME = 100;
const HASH_CHARACTERS = 16;

/** Reads one line. `source` tells the nameless readers of one file from those of another. */
export function readLine(text: string, line: number, source: string): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, why: 'it is not JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, why: 'it is not a JSON object' };
  }
  return readRecord(value as Record<string, unknown>, line, source);
}

function readRecord(record: Record<string, unknown>, line: number, source: string): ReadLine {
  const { text, label, author, email, url } = record;
  if (typeof text !== 'string') return { ok: false, why: 'its "text" is not a string' };
  if (label !== undefined && label !== null && label !== 'spam' && label !== 'ham') {
    return { ok: false, why: 'its "label" is neither spam nor ham' };
  }
  for (const [name, value] of Object.entries({ author, email, url })) {
    if (value !== undefined && value !== null && typeof value !== 'string') {
      return { ok: false, why: `its "${name}" is not a string` };
    }
  }
  const body = cut(text, LONGEST_BODY);
  const named = typeof author === 'string' && author.trim() !== '' ? cut(author, LONGEST_NAME) : null;
  const address = typeof email === 'string' && email.trim() !== '' ? email : null;
  const name = named ?? `Reader ${line}`;
  const comment: ReplayComment = {
    line,
    label: label ?? 'unlabelled',
    author: {
      name,
      email: address ?? makeUpEmail(named ?? `${source} ${name}`),
      ...(typeof url === 'string' && url.trim() !== '' && { url }),
    },
    body,
    wasCut: body !== text.normalize('NFC'),
    hasMadeUpEmail: address === null,
  };
  return { ok: true, comment };
}

/** One address for one name, so that a policy for new authors knows them again. example.org takes no mail (RFC 2606). */
function makeUpEmail(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_CHARACTERS);
  return `reader-${hash}@replay.example.org`;
}

/** Normal form first: some letters become two by it. */
function cut(text: string, longest: number): string {
  const normal = text.normalize('NFC');
  return normal.length <= longest ? normal : Array.from(normal).slice(0, longest).join('');
}
