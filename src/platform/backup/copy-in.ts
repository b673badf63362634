import { createHash, type Hash } from 'node:crypto';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { readWhole } from './archive.js';
import {
  BackupFault,
  MANIFEST_NAME,
  parseManifest,
  tableOfPiece,
  type BackupManifest,
  type BackupTable,
  type TableSum,
} from './backup-format.js';

/* The rows of a backup on their way into the tables, piece by piece, and what they come to. It commits nothing. */

const LONGEST_MANIFEST_BYTES = 1024 * 1024;

export class Copying {
  readonly sums = new Map<string, TableSum>();
  /** Set once it was read, which is at the end. */
  manifest: BackupManifest | null = null;
  #copy: TableCopy | null = null;

  constructor(
    private readonly client: pg.Client,
    private readonly tables: ReadonlyMap<string, BackupTable>,
    private readonly onTable: (sum: TableSum) => void = () => undefined,
  ) {}

  /** Takes the next file of the archive. */
  async take(name: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    const table = this.tables.get(tableOfPiece(name) ?? '');
    if (this.manifest || (!table && name !== MANIFEST_NAME)) {
      throw damaged(`it holds ${name}, which does not belong to it`);
    }
    if (!table || this.#copy?.name !== table.name) await this.#finishTable();
    if (!table) {
      this.manifest = parseManifest(await readWhole(body, LONGEST_MANIFEST_BYTES));
      return;
    }
    if (this.sums.has(table.name)) throw damaged(`the rows of ${table.name} are not in one place`);
    this.#copy ??= new TableCopy(this.client, table);
    for await (const part of body) await this.#copy.write(part);
  }

  /** Ends a COPY that will not be finished, so that the connection can be spoken to again. */
  async abandon(): Promise<void> {
    await this.#copy?.abandon();
    this.#copy = null;
  }

  async #finishTable(): Promise<void> {
    if (!this.#copy) return;
    const sum = await this.#copy.end();
    this.#copy = null;
    this.sums.set(sum.name, sum);
    this.onTable(sum);
  }
}

class TableCopy {
  readonly name: string;
  readonly #hash: Hash = createHash('sha256');
  readonly #stream: ReturnType<typeof copyFrom>;
  /** How the COPY ended. */
  readonly #done: Promise<void>;
  #bytes = 0;

  constructor(client: pg.Client, { name, columns }: BackupTable) {
    this.name = name;
    const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
    this.#stream = client.query(copyFrom(`copy ${pg.escapeIdentifier(name)} (${list}) from stdin`));
    this.#done = finished(this.#stream);
    // It is told where it is waited for.
    this.#done.catch(() => undefined);
  }

  async write(part: Uint8Array): Promise<void> {
    this.#hash.update(part);
    this.#bytes += part.length;
    const taken = new Promise<void>((resolve) => {
      this.#stream.write(part, () => {
        resolve();
      });
    });
    // On a connection that has just ended `write` fails by what is missing then; how the COPY ended says why.
    await Promise.race([taken.catch(() => this.#done), this.#done]).catch(fail);
  }

  async end(): Promise<TableSum> {
    this.#stream.end();
    await this.#done.catch(fail);
    const { name } = this;
    return { name, rows: this.#stream.rowCount, bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }

  async abandon(): Promise<void> {
    this.#stream.destroy();
    await this.#done.catch(() => undefined);
  }
}

export function damaged(why: string): BackupFault {
  return new BackupFault(`The backup is damaged: ${why}. Take another one. Nothing was restored.`);
}

/** A row that does not fit is SQLSTATE class 22 or 23. PostgreSQL's own words would repeat the row. */
function fail(error: unknown): never {
  const { code } = error as { code?: string };
  throw /^2[23]/.test(code ?? '') ? damaged(`PostgreSQL refuses a row of it (${code ?? ''})`) : error;
}
