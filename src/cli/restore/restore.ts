import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { describeRows } from '../backup/save-database.js';
import type { Command, Surroundings } from '../command.js';
import { CommandFault, EXIT_OK } from '../command-fault.js';
import { openTables } from '../open-tables.js';
import { readFileWord } from '../read-file-word.js';
import { restoreInto } from './restore-into.js';

const RESTORE_HELP = `Usage: winnow restore <file>
       winnow restore - < <file>

Puts a backup into an empty database: a DATA_DIR that is not there yet, or a new database in DATABASE_URL (with
MIGRATION_DATABASE_URL it works as that login). A database that has rows is refused, so nothing is ever overwritten.

It makes the tables as they were when the backup was written, copies all rows in one transaction, keeps them only when
every checksum and count is right, and then runs the migrations that came since. If it is stopped or killed, run it
again. A backup of a newer Winnow is refused.

Afterwards start the service. Comments that were not screened yet are screened then, and a queue that remembers more
than the backup does no harm.

To rehearse: DATA_DIR=/tmp/rehearsal winnow restore <file>, and look at it with DATA_DIR=/tmp/rehearsal PORT=3999.
Exit code: 0 when everything is back and checked, 1 otherwise.`;

export const restore: Command = {
  summary: 'puts a backup into an empty database, and checks it',
  help: RESTORE_HELP,
  run: runRestore,
};

async function runRestore(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const word = readFileWord('restore', args);
  const source = word === '-' ? Readable.from(surroundings.in) : await openFile(resolve(word));
  try {
    const database = await openTables(surroundings.environment, { mayMake: true });
    try {
      surroundings.out.write(`Database   ${database.place}\n`);
      const { header, manifest, migrations } = await restoreInto(database, source, surroundings);
      surroundings.out.write(`Backup     of ${header.createdAt}, written by Winnow ${header.winnow}\n`);
      for (const name of migrations) surroundings.out.write(`Ran        ${name}\n`);
      surroundings.out.write(`Restored   ${describeRows(manifest)}; every checksum is right.\n`);
    } finally {
      await database.close();
    }
  } finally {
    source.destroy();
  }
  return EXIT_OK;
}

/** Looked at first, so that a wrong name makes no database. */
async function openFile(path: string): Promise<Readable> {
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw new CommandFault(`${path} cannot be read (${(error as { code?: string }).code ?? 'unknown'}).`);
  });
  return createReadStream(path);
}
