import { parseArgs } from 'node:util';
import { findDatabaseFaults } from '../../find-start-faults.js';
import { dataDirectory, openDatabase } from '../../open-database.js';
import type { Settings } from '../../platform/config/settings.js';
import { findHome } from '../../platform/embedded/cluster-home.js';
import { EmbeddedPostgresFault } from '../../platform/embedded/embedded-postgres.js';
import { reasonOf } from '../../platform/reason.js';
import type { Command, Surroundings } from '../command.js';
import { CommandFault, EXIT_FAILED, EXIT_OK, EXIT_USAGE } from '../command-fault.js';
import { checkBacklog } from './check-backlog.js';
import { checkDatabase } from './check-database.js';
import { checkDisk } from './check-disk.js';
import { checkQueue } from './check-queue.js';
import { checkNode, checkSettings } from './check-settings.js';
import { note, wrong, type Finding } from './finding.js';
import { renderFindings } from './render-findings.js';

const DOCTOR_HELP = `Usage: winnow doctor [--json]

Looks at everything the service stands on, and says of each thing in a line whether it is ok, could be better (note),
or is wrong, and what to do: settings, Node, address, disk, database, clocks, queue, and what waits to be screened.
It takes the settings the service takes (the environment, and .env in the current folder), and changes nothing. It
works beside a running service and without one; an embedded database that does not run is started for the look.

  --json    the findings as JSON

Exit code: 0 when nothing is wrong, 1 otherwise, 2 when the command line is wrong.`;

export const doctor: Command = {
  summary: 'says what is wrong with settings, database, queue, clock and disk',
  help: DOCTOR_HELP,
  run: runDoctor,
};

/** A half-open connection must not hold the doctor up. */
const CHECK_WITHIN_MS = 10_000;

async function runDoctor(args: readonly string[], { out, environment }: Surroundings): Promise<number> {
  const { isJson } = readOptions(args);
  const { settings, findings } = checkSettings(environment);
  const all = [checkNode(process.version), ...findings, ...(settings ? await look(settings) : [])];
  const isWell = all.every(({ state }) => state !== 'wrong');
  out.write(isJson ? `${JSON.stringify({ isWell, findings: all }, null, 2)}\n` : renderFindings(all));
  return isWell ? EXIT_OK : EXIT_FAILED;
}

function readOptions(args: readonly string[]): { isJson: boolean } {
  try {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } }, allowPositionals: false });
    return { isJson: values.json ?? false };
  } catch {
    throw new CommandFault('winnow doctor takes --json and nothing else.', EXIT_USAGE);
  }
}

async function look(settings: Settings): Promise<Finding[]> {
  if (settings.database.url) return lookAtGiven(settings);
  const home = await findHome(dataDirectory(settings));
  if (home !== null) return lookAtEmbedded(settings, home);
  const says = `There is no database in ${dataDirectory(settings)} yet.`;
  return [note('database', says, 'The first start makes it; or set DATABASE_URL.')];
}

async function lookAtGiven(settings: Settings): Promise<Finding[]> {
  const faults = await findDatabaseFaults(settings, settings.migration.databaseUrl !== '');
  if (faults.length > 0) {
    const next = 'Start it, or mend the setting: comments cannot be taken without it.';
    return faults.map((fault) => wrong('database', fault, next));
  }
  return lookInside(settings);
}

async function lookAtEmbedded(settings: Settings, home: string): Promise<Finding[]> {
  const disk = await checkDisk(home);
  return [...disk, ...(await lookInside(settings))];
}

async function lookInside(settings: Settings): Promise<Finding[]> {
  const database = await openDatabase(settings).catch((error: unknown) => error);
  if (!isOpen(database)) {
    if (!(database instanceof EmbeddedPostgresFault)) throw database;
    return [wrong('database', database.message, 'The service will not start before that.')];
  }
  const { logins } = database;
  try {
    const checks = await Promise.all([
      bounded('database', () => checkDatabase(logins, settings)),
      bounded('queue', () => checkQueue(settings, logins.queue)),
      bounded('backlog', () => checkBacklog(logins.app)),
    ]);
    return checks.flat();
  } finally {
    await database.close();
  }
}

type Opened = Awaited<ReturnType<typeof openDatabase>>;

function isOpen(database: unknown): database is Opened {
  return typeof database === 'object' && database !== null && 'logins' in database;
}

/** The findings of a check, or one that says that it could not be made. */
async function bounded(area: Finding['area'], check: () => Promise<Finding[]>): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${CHECK_WITHIN_MS / 1000} s`));
    }, CHECK_WITHIN_MS);
  });
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    return [
      wrong(area, `It could not be looked at (${reasonOf(error)}).`, 'Mend what is wrong above, then ask again.'),
    ];
  } finally {
    clearTimeout(timer);
  }
}
