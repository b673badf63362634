import { parseArgs } from 'node:util';
import { CommandFault, EXIT_USAGE } from '../command-fault.js';

export interface PersonTask {
  readonly kind: 'export' | 'erase';
  readonly email: string;
  /** The key of one site; all of them without. */
  readonly site: string | null;
}

const SYNTAX = { options: { site: { type: 'string' } }, allowPositionals: true, strict: true } as const;

/** @throws CommandFault with exit code 2 and a sentence for what is wrong */
export function readPersonTask(args: readonly string[]): PersonTask {
  const { values, positionals } = parse(args);
  const [kind, email, ...rest] = positionals;
  if (rest.length > 0) throw wrong(`"${rest.join(' ')}" is too much.`);
  if (kind === undefined) throw wrong('Say what: export or erase.');
  if (kind !== 'export' && kind !== 'erase') throw wrong(`"winnow person ${kind}" is not known.`);
  if (email === undefined) throw wrong('Name the e-mail address of the person.');
  return { kind, email, site: values.site ?? null };
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
  return new CommandFault(`${message}\nwinnow help person says what there is.`, EXIT_USAGE);
}
