import { admin } from './admin/admin.js';
import { backup } from './backup/backup.js';
import type { Command, Surroundings } from './command.js';
import { CommandFault, EXIT_OK, EXIT_USAGE } from './command-fault.js';
import { doctor } from './doctor/doctor.js';
import { evaluate } from './evaluate/evaluate.js';
import { migrate } from './migrate/migrate.js';
import { person } from './person/person.js';
import { relearn } from './relearn/relearn.js';
import { replay } from './replay/replay.js';
import { restore } from './restore/restore.js';
import { score } from './score/score.js';
import { train } from './train/train.js';
import { upgrade } from './upgrade/upgrade.js';

const COMMANDS: Readonly<Record<string, Command>> = {
  ...{ migrate, backup, restore, upgrade },
  ...{ admin, doctor, relearn, person, replay },
  ...{ score, train, evaluate },
};

/**
 * `winnow <command> …`, without the process around it.
 * @returns the exit code
 */
export async function runWinnow(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await dispatch(args, surroundings);
  } catch (error) {
    if (!(error instanceof CommandFault)) throw error;
    surroundings.err.write(`winnow: ${error.message}\n`);
    return error.exitCode;
  }
}

async function dispatch([name, ...rest]: readonly string[], surroundings: Surroundings): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h') return print(describeCommands(), surroundings);
  if (name === 'help') {
    const [about] = rest;
    return print(about === undefined ? describeCommands() : findCommand(about).help, surroundings);
  }
  const command = findCommand(name);
  if (rest.includes('--help') || rest.includes('-h')) return print(command.help, surroundings);
  return command.run(rest, surroundings);
}

function findCommand(name: string): Command {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return command;
  throw new CommandFault(`There is no command "${name}". winnow --help lists those there are.`, EXIT_USAGE);
}

function describeCommands(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const list = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'Usage: winnow <command> [options]',
    '',
    'Commands:',
    ...list,
    '',
    'winnow help <command> says more about one of them.',
  ].join('\n');
}

function print(text: string, { out }: Surroundings): number {
  out.write(`${text}\n`);
  return EXIT_OK;
}
