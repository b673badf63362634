import { parseArgs } from 'node:util';
import { prepare } from '../../open-database.js';
import { reasonOf } from '../../platform/reason.js';
import type { Prepared } from '../../prepare-database.js';
import { StartFault } from '../../start-fault.js';
import type { Command, Surroundings } from '../command.js';
import { CommandFault, EXIT_OK, EXIT_USAGE } from '../command-fault.js';
import { openTables, type OpenedTables } from '../open-tables.js';

const MIGRATE_HELP = `Usage: winnow migrate

Brings the database to what this version of Winnow needs: roles, tables, rights, and the tables of the queue when it
runs on PostgreSQL. It takes the settings the service takes (the environment, and .env in the current folder): with
DATABASE_URL it works as the login of MIGRATION_DATABASE_URL, without it on the embedded database, beside a running
service too.

It may be run at any time and as often as you like; two at once wait for each other. Each migration is kept whole or
not at all. Exit code: 0 when the database is as it should be, 1 otherwise.`;

export const migrate: Command = {
  summary: 'brings the database to what this version needs',
  help: MIGRATE_HELP,
  run: runMigrate,
};

async function runMigrate(args: readonly string[], { out, environment }: Surroundings): Promise<number> {
  refuseArguments(args);
  const database = await openTables(environment, { mayMake: true });
  try {
    out.write(`Database   ${database.place}\n`);
    out.write(describe(await migrateDatabase(database)));
  } finally {
    await database.close();
  }
  return EXIT_OK;
}

function refuseArguments(args: readonly string[]): void {
  try {
    parseArgs({ args: [...args], options: {}, allowPositionals: false });
  } catch {
    throw new CommandFault('winnow migrate takes no arguments. winnow help migrate says what it does.', EXIT_USAGE);
  }
}

async function migrateDatabase({ logins, settings }: OpenedTables): Promise<Prepared> {
  try {
    return await prepare(logins, settings);
  } catch (error) {
    if (error instanceof StartFault) throw new CommandFault(error.message);
    throw new CommandFault(`A migration failed, and nothing of it was kept: ${reasonOf(error)}.`);
  }
}

function describe({ migrations, hasChangedQueue }: Prepared): string {
  if (migrations.length === 0 && !hasChangedQueue) return 'Nothing to do.\n';
  const lines = migrations.map((name) => `Ran        ${name}`);
  if (hasChangedQueue) lines.push('Ran        the migrations of the queue');
  return [...lines, 'The database is ready.', ''].join('\n');
}
