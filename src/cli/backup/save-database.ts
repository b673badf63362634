import { count } from '../../lib/spam/wording.js';
import { withClient } from '../../platform/database/login.js';
import { BackupFault, type BackupManifest, type TableSum } from '../../platform/backup/backup-format.js';
import { writeBackup } from '../../platform/backup/write-backup.js';
import { readVersion } from '../../platform/version.js';
import type { Surroundings } from '../command.js';
import { CommandFault } from '../command-fault.js';

/**
 * @param url the login that owns the tables
 * @throws CommandFault
 */
export async function saveDatabase(
  url: string,
  out: NodeJS.WritableStream,
  { err, interrupted }: Pick<Surroundings, 'err' | 'interrupted'>,
): Promise<BackupManifest> {
  const onTable = tellTables(err);
  const task = { winnow: readVersion(), createdAt: new Date(), out, signal: interrupted, onTable };
  try {
    return await withClient(url, (client) => writeBackup(client, task));
  } catch (error) {
    if (interrupted.aborted) throw new CommandFault('Stopped; nothing was kept.');
    if (error instanceof BackupFault) throw new CommandFault(error.message);
    throw error;
  }
}

/** For a person who watches; a nightly run is silent unless something is wrong. */
export function tellTables(err: Surroundings['err']): (sum: TableSum) => void {
  return ({ name, rows }) => {
    if (err.isTTY && rows > 0) err.write(`  ${name.padEnd(24)} ${rows} rows\n`);
  };
}

export function describeRows({ tables }: BackupManifest): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const comments = tables.find(({ name }) => name === 'comment')?.rows ?? 0;
  return `${count(rows, 'row')} in ${count(tables.length, 'table')}, among them ${count(comments, 'comment')}`;
}
