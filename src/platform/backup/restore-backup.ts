import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import type { ArchiveEntry } from './archive.js';
import {
  BackupFault,
  type BackupHeader,
  type BackupManifest,
  type BackupTable,
  type TableSum,
} from './backup-format.js';
import { listTables } from './backup-tables.js';
import { Copying, damaged } from './copy-in.js';

export interface RestoreTask {
  readonly header: BackupHeader;
  /** SHA-256 of the header as it was read. */
  readonly headerSum: string;
  /** What follows the header. */
  readonly entries: AsyncIterable<ArchiveEntry>;
  readonly onTable?: (sum: TableSum) => void;
}

/** @throws BackupFault when any table of Winnow in the database holds a row */
export async function refuseRows(client: pg.Client): Promise<void> {
  await client.query(`select set_config('app.across_sites', 'on', false)`);
  for (const { name } of await listTables(client)) {
    const { rowCount } = await client.query(`select from ${pg.escapeIdentifier(name)} limit 1`);
    if (rowCount === 0) continue;
    throw new BackupFault(
      `The database is not empty: its table ${name} has rows. Restore into an empty one: a new DATA_DIR, or a new ` +
        'database in DATABASE_URL. Where a service has started, there is a first account and a site `demo`.',
    );
  }
}

/**
 * Puts all rows back in one transaction, which is committed only when every sum is what the manifest says.
 * @param client logged in as the owner of the tables, which stand as the migrations of the backup leave them
 * @throws BackupFault
 */
export async function restoreRows(client: pg.Client, task: RestoreTask): Promise<BackupManifest> {
  await client.query('begin');
  try {
    await client.query(`set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;
       set local client_encoding = 'UTF8'`);
    const tables = await takeTables(client, task.header);
    const walled = await lowerWalls(client);
    const manifest = await copyAll(client, task, tables);
    await compareCounts(client, manifest);
    for (const name of walled) await client.query(`alter table ${pg.escapeIdentifier(name)} force row level security`);
    await client.query('commit');
    return manifest;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Nobody else writes until it is over: a service that starts meanwhile waits for the lock. */
async function takeTables(client: pg.Client, header: BackupHeader): Promise<ReadonlyMap<string, BackupTable>> {
  const tables = await listTables(client);
  for (const { name } of tables) await client.query(`lock table ${pg.escapeIdentifier(name)} in exclusive mode`);
  await refuseRows(client);
  const sorted = (list: readonly BackupTable[]): unknown =>
    list.map(({ name, columns }) => [name, [...columns].sort()]).sort();
  if (!isDeepStrictEqual(sorted(tables), sorted(header.tables))) {
    throw new BackupFault(
      'The tables of the backup are not those that its migrations make: it cannot be restored here.',
    );
  }
  return new Map(header.tables.map((table) => [table.name, table]));
}

/** COPY does not write through row-level security. Only this transaction, which holds the tables, sees them without it. */
async function lowerWalls(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select t.relname as name from pg_class t where t.relnamespace = 'public'::regnamespace and t.relforcerowsecurity`,
  );
  const names = rows.map(({ name }) => name);
  for (const name of names) await client.query(`alter table ${pg.escapeIdentifier(name)} no force row level security`);
  return names;
}

async function copyAll(
  client: pg.Client,
  task: RestoreTask,
  tables: ReadonlyMap<string, BackupTable>,
): Promise<BackupManifest> {
  const copying = new Copying(client, tables, task.onTable);
  try {
    for await (const { name, body } of task.entries) await copying.take(name, body);
  } catch (error) {
    await copying.abandon();
    throw error;
  }
  const { manifest, sums } = copying;
  if (!manifest) throw damaged('its end is missing');
  if (manifest.header !== task.headerSum) throw damaged('what it says of itself was changed');
  compareSums(task.header, sums, manifest);
  return manifest;
}

function compareSums(header: BackupHeader, sums: ReadonlyMap<string, TableSum>, manifest: BackupManifest): void {
  const emptySum = createHash('sha256').digest('hex');
  for (const { name } of header.tables) {
    const found = sums.get(name) ?? { name, rows: 0, bytes: 0, sha256: emptySum };
    const said = manifest.tables.find((sum) => sum.name === name);
    if (!isDeepStrictEqual(found, said)) throw damaged(`the rows of ${name} are not those that were written`);
  }
}

async function compareCounts(client: pg.Client, { tables }: BackupManifest): Promise<void> {
  for (const { name, rows: said } of tables) {
    const { rows } = await client.query<{ count: string }>(`select count(*) from ${pg.escapeIdentifier(name)}`);
    if (Number(rows[0]?.count) !== said) throw damaged(`${name} would have ${rows[0]?.count ?? 0} rows, not ${said}`);
  }
}
