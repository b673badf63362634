import { createHash } from 'node:crypto';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { writeArchive, type ArchiveWriter } from './archive.js';
import {
  BackupFault,
  FORMAT,
  HEADER_NAME,
  MANIFEST_NAME,
  pieceName,
  sha256,
  type BackupHeader,
  type BackupManifest,
  type BackupTable,
  type TableSum,
} from './backup-format.js';
import { listMigrations, listTables } from './backup-tables.js';

const PIECE_BYTES = 1024 * 1024;

export interface BackupTask {
  /** The version of Winnow. */
  readonly winnow: string;
  readonly createdAt: Date;
  readonly out: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  readonly onTable?: (sum: TableSum) => void;
}

/**
 * Writes all rows as they are at one moment, in one read-only transaction, while the service goes on.
 * @param client logged in as the owner of the tables
 * @throws BackupFault where there is nothing to back up
 */
export async function writeBackup(client: pg.Client, task: BackupTask): Promise<BackupManifest> {
  await client.query('begin transaction isolation level repeatable read read only');
  // The wall binds the owner too.
  await client.query(`set local app.across_sites = 'on'; set local statement_timeout = 0;
     set local idle_in_transaction_session_timeout = 0; set local client_encoding = 'UTF8'`);
  const header = await describeDatabase(client, task);
  const archive = writeArchive(task.out, task.createdAt, task.signal);
  try {
    const head = toJson(header);
    await archive.add(HEADER_NAME, head);
    const tables: TableSum[] = [];
    for (const table of header.tables) {
      const sum = await copyOut(client, table, archive);
      tables.push(sum);
      task.onTable?.(sum);
    }
    const manifest: BackupManifest = { header: sha256(head), tables };
    await archive.add(MANIFEST_NAME, toJson(manifest));
    await archive.end();
    await client.query('commit');
    return manifest;
  } catch (error) {
    await archive.abandon(error);
    throw error;
  }
}

async function describeDatabase(client: pg.Client, { winnow, createdAt }: BackupTask): Promise<BackupHeader> {
  const migrations = await listMigrations(client);
  const tables = await listTables(client);
  if (migrations === null || tables.length === 0) {
    throw new BackupFault('There is nothing to back up: no table of Winnow is in this database.');
  }
  // From here on no migration changes a table under the copy.
  for (const { name } of tables) await client.query(`lock table ${pg.escapeIdentifier(name)} in access share mode`);
  const { rows } = await client.query<{ major: number }>(
    `select current_setting('server_version_num')::int / 10000 as major`,
  );
  return {
    format: FORMAT,
    winnow,
    createdAt: createdAt.toISOString(),
    postgres: rows[0]?.major ?? 0,
    migrations,
    tables,
  };
}

async function copyOut(client: pg.Client, { name, columns }: BackupTable, archive: ArchiveWriter): Promise<TableSum> {
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const stream = client.query(copyTo(`copy (select ${list} from ${pg.escapeIdentifier(name)}) to stdout`));
  const hash = createHash('sha256');
  let [bytes, number] = [0, 0];
  for await (const piece of inPieces(stream)) {
    hash.update(piece);
    bytes += piece.length;
    await archive.add(pieceName(name, ++number), piece);
  }
  return { name, rows: stream.rowCount, bytes, sha256: hash.digest('hex') };
}

/** A file in a tar says its length before its content, and a COPY says its length to nobody. */
async function* inPieces(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    parts.push(part);
    size += part.length;
    if (size < PIECE_BYTES) continue;
    yield Buffer.concat(parts);
    [parts, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(parts);
}

function toJson(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
}
