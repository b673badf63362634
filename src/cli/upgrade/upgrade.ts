import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { dataDirectory, embeddedDatabase, type OpenedDatabase } from '../../open-database.js';
import type { BackupManifest } from '../../platform/backup/backup-format.js';
import { planMajorUpgrade, type MajorUpgrade } from '../../platform/embedded/major-upgrade.js';
import { howToGetBinaries } from '../../platform/embedded/old-binaries.js';
import type { Settings } from '../../platform/config/settings.js';
import { describeRows, saveDatabase } from '../backup/save-database.js';
import type { Command, Surroundings } from '../command.js';
import { CommandFault, EXIT_OK, EXIT_USAGE } from '../command-fault.js';
import { explainStart, readOrFail } from '../open-tables.js';
import { restoreInto } from '../restore/restore-into.js';

const UPGRADE_HELP = `Usage: winnow upgrade --old-binaries <folder>

Moves the embedded database in DATA_DIR to the PostgreSQL that this Winnow brings, when an older one has written it. The
service must be stopped. Without --old-binaries it says whether there is anything to do, and how to get the programs of
the older PostgreSQL, which alone can read its data.

It starts the old database, writes a backup beside it, makes a new database, restores the backup and checks every sum,
and only then gives the new one its place. The old folder and the backup stay until you remove them; both need room.
Stopped or killed at any point, it is simply run again. It has nothing to do with a database in DATABASE_URL.

  --old-binaries <folder>  where the old programs are: the folder of bin/postgres, or of the npm package

Exit code: 0 when the data are of this version, 1 otherwise, 2 when the command line is wrong.`;

export const upgrade: Command = {
  summary: 'moves the embedded database to a newer PostgreSQL',
  help: UPGRADE_HELP,
  run: runUpgrade,
};

async function runUpgrade(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const binaries = readOldBinaries(args);
  const settings = readOrFail(surroundings.environment);
  if (settings.database.url) {
    throw new CommandFault('DATABASE_URL is set: that PostgreSQL is brought up by whoever runs it.');
  }
  const plan = await planMajorUpgrade(dataDirectory(settings)).catch(explainStart);
  if (plan === null) {
    surroundings.out.write('Nothing to do: no data of an older PostgreSQL are in DATA_DIR.\n');
    return EXIT_OK;
  }
  if (binaries === undefined) {
    throw new CommandFault(
      `The data in ${plan.oldCluster} are of PostgreSQL ${plan.from}, and only its own programs can read them. ` +
        `Stop the service, then:\n  ${howToGetBinaries(plan.from)}`,
    );
  }
  await move(plan, binaries, settings, surroundings).catch(explainStart);
  return EXIT_OK;
}

function readOldBinaries(args: readonly string[]): string | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options: { 'old-binaries': { type: 'string' } } });
    return values['old-binaries'];
  } catch {
    throw new CommandFault('winnow upgrade takes --old-binaries <folder>. winnow help upgrade says more.', EXIT_USAGE);
  }
}

async function move(
  plan: MajorUpgrade,
  binaries: string,
  settings: Settings,
  surroundings: Surroundings,
): Promise<void> {
  const { out } = surroundings;
  const file = join(plan.folder, `before-postgres-${plan.to}.backup`);
  const saved = await saveOld(plan, binaries, file, surroundings);
  out.write(`Saved      PostgreSQL ${plan.from}: ${describeRows(saved)}, in ${file}\n`);
  const database = await embeddedDatabase(await plan.startNew());
  try {
    await restoreInto({ ...database, settings }, createReadStream(file), surroundings);
  } finally {
    await database.close();
  }
  await plan.finish();
  out.write(`Restored   PostgreSQL ${plan.to}: every checksum is right.\n`);
  out.write(`Start the service. When all is well, remove ${plan.oldCluster} and ${file}.\n`);
}

/** Anew at every try: since the last one, the old service may have run again. */
async function saveOld(
  plan: MajorUpgrade,
  binaries: string,
  file: string,
  surroundings: Surroundings,
): Promise<BackupManifest> {
  const half = `${file}.half`;
  await rm(half, { force: true });
  const database: OpenedDatabase = await embeddedDatabase(await plan.startOld(binaries));
  try {
    const sink = createWriteStream(half, { flags: 'wx', mode: 0o600, flush: true });
    const manifest = await saveDatabase(database.logins.owner, sink, surroundings);
    await finished(sink);
    await rename(half, file);
    return manifest;
  } finally {
    await database.close();
    await rm(half, { force: true });
  }
}
