import { parseWords, wrongFor } from '../parse-words.js';

/** The key of one site, or all of them. */
export type RelearnTask = { readonly kind: 'site'; readonly key: string } | { readonly kind: 'all' };

const SYNTAX = { options: { all: { type: 'boolean' } }, allowPositionals: true, strict: true } as const;

const wrong = wrongFor('relearn');

/** @throws CommandFault with exit code 2 and a sentence for what is wrong */
export function readRelearnTask(args: readonly string[]): RelearnTask {
  const { values, positionals } = parseWords(SYNTAX, args, wrong);
  const [key, ...rest] = positionals;
  if (rest.length > 0) throw wrong(`"${rest.join(' ')}" is too much.`);
  if (values.all) {
    if (key !== undefined) throw wrong('Name a site or say --all, not both.');
    return { kind: 'all' };
  }
  if (key === undefined) throw wrong('Name the site by its key, or say --all.');
  return { kind: 'site', key };
}
