import { parseWords, wrongFor } from '../parse-words.js';

export interface PersonTask {
  readonly kind: 'export' | 'erase';
  readonly email: string;
  /** The key of one site; all of them without. */
  readonly site: string | null;
}

const SYNTAX = { options: { site: { type: 'string' } }, allowPositionals: true, strict: true } as const;

const wrong = wrongFor('person');

/** @throws CommandFault with exit code 2 and a sentence for what is wrong */
export function readPersonTask(args: readonly string[]): PersonTask {
  const { values, positionals } = parseWords(SYNTAX, args, wrong);
  const [kind, email, ...rest] = positionals;
  if (rest.length > 0) throw wrong(`"${rest.join(' ')}" is too much.`);
  if (kind === undefined) throw wrong('Say what: export or erase.');
  if (kind !== 'export' && kind !== 'erase') throw wrong(`"winnow person ${kind}" is not known.`);
  if (email === undefined) throw wrong('Name the e-mail address of the person.');
  return { kind, email, site: values.site ?? null };
}
