import type { Readable } from 'node:stream';
import { prepare, type Logins } from '../../open-database.js';
import { readArchive, readWhole, type ArchiveEntry } from '../../platform/backup/archive.js';
import {
  BackupFault,
  HEADER_NAME,
  notABackup,
  parseHeader,
  sha256,
  type BackupHeader,
  type BackupManifest,
} from '../../platform/backup/backup-format.js';
import { refuseRows, restoreRows } from '../../platform/backup/restore-backup.js';
import type { Settings } from '../../platform/config/settings.js';
import { withClient } from '../../platform/database/login.js';
import { schema } from '../../schema.js';
import { tellTables } from '../backup/save-database.js';
import type { Surroundings } from '../command.js';
import { CommandFault } from '../command-fault.js';
import { explainStart } from '../open-tables.js';
import { explainRestore } from './explain-restore.js';

const LONGEST_HEADER_BYTES = 1024 * 1024;

export interface Target {
  readonly logins: Logins;
  readonly settings: Settings;
}

export interface Restored {
  readonly header: BackupHeader;
  readonly manifest: BackupManifest;
  /** Those that ran after the rows were there, because the backup was older. */
  readonly migrations: readonly string[];
}

/**
 * Puts a backup into an empty database, in this order, so that one that is killed is simply begun again: the tables as
 * the backup's migrations make them, all rows in one transaction, then the migrations that came later.
 * @throws CommandFault
 */
export async function restoreInto(
  { logins, settings }: Target,
  source: Readable,
  { err, interrupted }: Pick<Surroundings, 'err' | 'interrupted'>,
): Promise<Restored> {
  const entries = readArchive(source, interrupted);
  let areRowsIn = false as boolean;
  try {
    const { header, headerSum } = await readHeader(entries);
    await withClient(logins.owner, refuseRows);
    await prepare(logins, settings, header.migrations).catch(explainStart);
    const task = { header, headerSum, entries, onTable: tellTables(err) };
    const manifest = await withClient(logins.owner, async (client) => {
      const restored = await restoreRows(client, task);
      areRowsIn = true;
      // The planner knows nothing of rows that have just come.
      await client.query('analyze');
      return restored;
    });
    const { migrations } = await prepare(logins, settings).catch(explainStart);
    return { header, manifest, migrations };
  } catch (error) {
    if (interrupted.aborted) {
      const end = areRowsIn
        ? 'all rows were restored. Run `winnow migrate` to finish.'
        : 'nothing was restored. Run it again to begin anew.';
      throw new CommandFault(`Stopped; ${end}`);
    }
    if (error instanceof BackupFault) throw new CommandFault(error.message);
    throw explainRestore(error, areRowsIn);
  } finally {
    await entries.return(undefined);
  }
}

async function readHeader(entries: AsyncGenerator<ArchiveEntry>): Promise<{ header: BackupHeader; headerSum: string }> {
  const { value: first } = (await entries.next()) as { value?: ArchiveEntry };
  if (first?.name !== HEADER_NAME) throw notABackup();
  const bytes = await readWhole(first.body, LONGEST_HEADER_BYTES);
  const header = parseHeader(bytes);
  const known = new Set(schema.migrations.map(({ name }) => name));
  if (header.migrations.some((name) => !known.has(name))) {
    throw new BackupFault(
      `The backup was written by a newer Winnow (${header.winnow}), whose tables this one does not know: bring this one ` +
        'up to that version, then restore.',
    );
  }
  return { header, headerSum: sha256(bytes) };
}
