import { createHash } from 'node:crypto';

/*
 * What a backup holds: a gzipped tar of `winnow-backup.json` (what it is), `tables/<name>/<number>.copy` (the rows as
 * COPY writes them, in pieces), and last `manifest.json` (what all of it must come to). Any tar opens it.
 */

export const FORMAT = 1;
export const HEADER_NAME = 'winnow-backup.json';
export const MANIFEST_NAME = 'manifest.json';

export interface BackupTable {
  readonly name: string;
  /** In the order of the rows' fields. */
  readonly columns: readonly string[];
}

export interface BackupHeader {
  readonly format: number;
  /** The version of Winnow that wrote it. */
  readonly winnow: string;
  readonly createdAt: string;
  /** The major version of the PostgreSQL it was read from. */
  readonly postgres: number;
  /** Those that had run, in order. */
  readonly migrations: readonly string[];
  /** A table stands after those its foreign keys point to. */
  readonly tables: readonly BackupTable[];
}

export interface TableSum {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface BackupManifest {
  /** SHA-256 of the header. */
  readonly header: string;
  readonly tables: readonly TableSum[];
}

/** What the person with the backup can mend; its message is whole sentences. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault';
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function pieceName(table: string, number: number): string {
  return `tables/${table}/${String(number).padStart(6, '0')}.copy`;
}

/** The table whose rows a piece holds; undefined for any other name. */
export function tableOfPiece(name: string): string | undefined {
  return /^tables\/([^/]+)\/\d+\.copy$/.exec(name)?.[1];
}

/** @throws BackupFault for what is no header, or one of a later format */
export function parseHeader(bytes: Uint8Array): BackupHeader {
  const found = parse(bytes) as Partial<BackupHeader>;
  if (typeof found.format === 'number' && found.format > FORMAT) {
    throw new BackupFault(
      `The backup was written by a newer Winnow (${found.winnow ?? 'unknown'}): restore it with that version.`,
    );
  }
  if (found.format !== FORMAT || !Array.isArray(found.migrations) || !Array.isArray(found.tables)) throw notABackup();
  return found as BackupHeader;
}

/** @throws BackupFault */
export function parseManifest(bytes: Uint8Array): BackupManifest {
  const found = parse(bytes) as Partial<BackupManifest>;
  if (!Array.isArray(found.tables)) throw notABackup();
  return found as BackupManifest;
}

export function notABackup(): BackupFault {
  return new BackupFault('The file is no backup of Winnow: `winnow backup` writes those.');
}

function parse(bytes: Uint8Array): object {
  try {
    const found: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof found === 'object' && found !== null) return found;
  } catch {
    // Said below.
  }
  throw notABackup();
}
