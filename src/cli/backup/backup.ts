import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { BackupManifest } from '../../platform/backup/backup-format.js';
import type { Command, Surroundings } from '../command.js';
import { EXIT_OK } from '../command-fault.js';
import { openTables } from '../open-tables.js';
import { readFileWord } from '../read-file-word.js';
import { writeWholeFile } from './backup-file.js';
import { describeRows, saveDatabase } from './save-database.js';

const BACKUP_HELP = `Usage: winnow backup <file>
       winnow backup - > <file>

Writes everything Winnow knows to one file: sites, people, comments, decisions, what the filter was taught. It works
beside a running service, which goes on taking comments: the file holds what was there at the moment it began. It takes
the settings of the service (DATA_DIR or DATABASE_URL; with MIGRATION_DATABASE_URL it works as that login).

The queue is not in it and needs no backup. Passwords are in it as hashes only, but e-mail addresses, and without
SECRET_KEY the secret that signs receipts, as they are: the file is for its owner's eyes (mode 0600). Keep it on another
machine. It overwrites nothing, and there is no half file under its name.

It is a gzipped tar of PostgreSQL's own COPY format with a SHA-256 for each table; winnow restore reads it back.
Exit code: 0 when the file is whole and on the disk, 1 otherwise.`;

export const backup: Command = {
  summary: 'writes everything to one file, beside a running service too',
  help: BACKUP_HELP,
  run: runBackup,
};

const MIB = 1024 * 1024;

async function runBackup(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const word = readFileWord('backup', args);
  const database = await openTables(surroundings.environment, { mayMake: false });
  try {
    const { owner } = database.logins;
    if (word === '-') {
      await saveDatabase(owner, surroundings.out, surroundings);
      return EXIT_OK;
    }
    const path = resolve(word);
    let manifest: BackupManifest | undefined;
    await writeWholeFile(path, async (out) => {
      manifest = await saveDatabase(owner, out, surroundings);
    });
    const { size } = await stat(path);
    if (manifest) surroundings.out.write(`${path}: ${describeRows(manifest)}, ${(size / MIB).toFixed(1)} MiB.\n`);
    return EXIT_OK;
  } finally {
    await database.close();
  }
}
