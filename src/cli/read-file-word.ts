import { parseArgs } from 'node:util';
import { CommandFault, EXIT_USAGE } from './command-fault.js';

/**
 * The one word of a command that takes a file and nothing else; `-` stands for standard input or output.
 * @throws CommandFault with exit code 2
 */
export function readFileWord(command: string, args: readonly string[]): string {
  const words = parse(args);
  const [word] = words;
  if (word !== undefined && word !== '' && words.length === 1) return word;
  throw new CommandFault(
    `winnow ${command} takes the name of one file, or - . winnow help ${command} says more.`,
    EXIT_USAGE,
  );
}

function parse(args: readonly string[]): readonly string[] {
  try {
    return parseArgs({ args: [...args], options: {}, allowPositionals: true }).positionals;
  } catch {
    return [];
  }
}
