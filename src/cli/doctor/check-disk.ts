import { access, constants, statfs } from 'node:fs/promises';
import { reasonOf } from '../../platform/reason.js';
import { note, ok, wrong, type Finding } from './finding.js';

const MIB = 1024 * 1024;
/** PostgreSQL may write this much log before it makes a checkpoint. */
const FULL_BELOW_BYTES = 768 * MIB;
const TIGHT_BELOW_BYTES = 4096 * MIB;
const FULL_BELOW_FILES = 1_000;

/** The disk of the embedded database. That of DATABASE_URL is another machine's, and cannot be seen from here. */
export async function checkDisk(folder: string): Promise<Finding[]> {
  try {
    await access(folder, constants.R_OK | constants.X_OK);
    const { bavail, bsize, ffree, files } = await statfs(folder);
    return [judgeSpace(folder, bavail * bsize), ...judgeFiles(folder, files, ffree)];
  } catch (error) {
    const next = 'Give the folder to the user that runs Winnow, or choose another DATA_DIR.';
    return [wrong('disk', `${folder} cannot be looked at (${reasonOf(error)}).`, next)];
  }
}

function judgeSpace(folder: string, freeBytes: number): Finding {
  const free = `${folder} has ${Math.round(freeBytes / MIB)} MiB free`;
  if (freeBytes < FULL_BELOW_BYTES) {
    return wrong('disk', `${free}: the database will soon take no more comments.`, 'Make room now.');
  }
  if (freeBytes < TIGHT_BELOW_BYTES) return note('disk', `${free}.`, 'Make room soon.');
  return ok('disk', `${free}.`);
}

/** Some file systems (btrfs) have no fixed number of files and say 0. */
function judgeFiles(folder: string, files: number, free: number): Finding[] {
  if (files === 0 || free >= FULL_BELOW_FILES) return [];
  return [wrong('disk', `${folder} has room for ${free} more files only.`, 'Remove small files you do not need.')];
}
