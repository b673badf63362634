import { parseArgs } from 'node:util';
import { findDatabaseFaults } from '../../find-start-faults.js';
import { openDatabase, prepare, type OpenedDatabase } from '../../open-database.js';
import { readSettings, SettingsFault } from '../../platform/config/read-settings.js';
import type { Settings } from '../../platform/config/settings.js';
import { EmbeddedPostgresFault } from '../../platform/embedded/embedded-postgres.js';
import { reasonOf } from '../../platform/reason.js';
import type { Prepared } from '../../prepare-database.js';
import { StartFault } from '../../start-fault.js';
import type { Command, Surroundings } from '../command.js';
import { CommandFault, EXIT_OK, EXIT_USAGE } from '../command-fault.js';

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
  const settings = readOrFail(environment);
  const faults = await findDatabaseFaults(settings, true);
  if (faults.length > 0) throw new CommandFault(faults.join('\n'));
  const database = await openDatabase(settings).catch(explain);
  try {
    const { embedded } = database;
    const place = embedded ? `embedded PostgreSQL in ${embedded.dataDirectory}` : 'PostgreSQL of DATABASE_URL';
    out.write(`Database   ${place}\n`);
    out.write(describe(await migrateDatabase(database, settings)));
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

function readOrFail(environment: Surroundings['environment']): Settings {
  try {
    return readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsFault) throw new CommandFault(error.message);
    throw error;
  }
}

async function migrateDatabase({ logins }: OpenedDatabase, settings: Settings): Promise<Prepared> {
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

function explain(error: unknown): never {
  if (error instanceof StartFault || error instanceof EmbeddedPostgresFault) throw new CommandFault(error.message);
  throw error;
}
