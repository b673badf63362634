import { parseArgs } from 'node:util';
import { CommandFault, EXIT_USAGE } from '../command-fault.js';

/** The key of one site, or all of them. */
export type RelearnTask = { readonly kind: 'site'; readonly key: string } | { readonly kind: 'all' };

const SYNTAX = { options: { all: { type: 'boolean' } }, allowPositionals: true, strict: true } as const;

/** @throws CommandFault with exit code 2 and a sentence for what is wrong */
export function readRelearnTask(args: readonly string[]): RelearnTask {
  const { values, positionals } = parse(args);
  const [key, ...rest] = positionals;
  if (rest.length > 0) throw wrong(`"${rest.join(' ')}" is too much.`);
  if (values.all) {
    if (key !== undefined) throw wrong('Name a site or say --all, not both.');
    return { kind: 'all' };
  }
  if (key === undefined) throw wrong('Name the site by its key, or say --all.');
  return { kind: 'site', key };
}

function parse(args: readonly string[]): ReturnType<typeof parseArgs<typeof SYNTAX>> {
  try {
    return parseArgs({ ...SYNTAX, args: [...args] });
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    throw wrong(`${message.split('. ')[0]?.replace(/\.$/, '') ?? message}.`);
  }
}

function wrong(message: string): CommandFault {
  return new CommandFault(`${message}\nwinnow help relearn says what there is.`, EXIT_USAGE);
}
