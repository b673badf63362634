import { findDatabaseFaults } from '../find-start-faults.js';
import { dataDirectory, openDatabase, type OpenedDatabase } from '../open-database.js';
import { readSettings, SettingsFault } from '../platform/config/read-settings.js';
import type { Settings } from '../platform/config/settings.js';
import { findHome } from '../platform/embedded/cluster-home.js';
import { EmbeddedPostgresFault } from '../platform/embedded/embedded-postgres.js';
import { StartFault } from '../start-fault.js';
import type { Surroundings } from './command.js';
import { CommandFault } from './command-fault.js';

/* The database of the settings, for a command that works on the tables themselves. Joins a running service's. */

export interface OpenedTables extends OpenedDatabase {
  readonly settings: Settings;
  /** Where it is, as a person says it. */
  readonly place: string;
}

/**
 * @param mayMake whether an embedded database is made where there is none
 * @throws CommandFault
 */
export async function openTables(
  environment: Surroundings['environment'],
  { mayMake }: { readonly mayMake: boolean },
): Promise<OpenedTables> {
  const settings = readOrFail(environment);
  const faults = await findDatabaseFaults(settings, true);
  if (faults.length > 0) throw new CommandFault(faults.join('\n'));
  if (!mayMake && !settings.database.url && (await findHome(dataDirectory(settings))) === null) {
    throw new CommandFault(`There is no database in ${dataDirectory(settings)}: set DATA_DIR or DATABASE_URL to it.`);
  }
  const database = await openDatabase(settings).catch(explainStart);
  const { embedded } = database;
  const place = embedded ? `embedded PostgreSQL in ${embedded.dataDirectory}` : 'PostgreSQL of DATABASE_URL';
  return { ...database, settings, place };
}

/** @throws CommandFault */
export function readOrFail(environment: Surroundings['environment']): Settings {
  try {
    return readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsFault) throw new CommandFault(error.message);
    throw error;
  }
}

/** What a start would tell the operator, as the fault of a command. */
export function explainStart(error: unknown): never {
  if (error instanceof StartFault || error instanceof EmbeddedPostgresFault) throw new CommandFault(error.message);
  throw error;
}
