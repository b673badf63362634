import { parseArgs, type ParseArgsConfig } from 'node:util';
import { CommandFault, EXIT_USAGE } from './command-fault.js';

/** A wrong command line, and where it is said what a right one is. */
export type Wrong = (message: string) => CommandFault;

export function wrongFor(command: string): Wrong {
  return (message) => new CommandFault(`${message}\nwinnow help ${command} says what there is.`, EXIT_USAGE);
}

/**
 * Options and words of a command line.
 * @throws CommandFault by `wrong`, in the first sentence of what Node says against it
 */
export function parseWords<Syntax extends Omit<ParseArgsConfig, 'args'>>(
  syntax: Syntax,
  args: readonly string[],
  wrong: Wrong,
): ReturnType<typeof parseArgs<Syntax>> {
  try {
    return parseArgs({ ...syntax, args: [...args] }) as ReturnType<typeof parseArgs<Syntax>>;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    throw wrong(`${message.split('. ')[0]?.replace(/\.$/, '') ?? message}.`);
  }
}
