import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { CommandFault } from '../command-fault.js';

/* The file a backup is written to: under another name until it is whole, for its owner alone, over no other file. */

const OWNER_ALONE = 0o600;

/** @throws CommandFault when there is such a file, or it cannot be written */
export async function writeWholeFile(path: string, write: (out: Writable) => Promise<void>): Promise<void> {
  await refuseToOverwrite(path);
  const half = `${path}.half-${process.pid}`;
  const out = createWriteStream(half, { flags: 'wx', mode: OWNER_ALONE, flush: true });
  out.on('error', () => undefined);
  try {
    await write(out);
    await finished(out);
    await refuseToOverwrite(path);
    await rename(half, path);
    await flushFolder(dirname(path));
  } catch (error) {
    out.destroy();
    await rm(half, { force: true });
    throw explain(path, error);
  }
}

async function refuseToOverwrite(path: string): Promise<void> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw new CommandFault(`${path} is there already, and a backup overwrites nothing: name another file.`);
}

/** Until its folder is on the disk, a power cut could take the name away. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function explain(path: string, error: unknown): unknown {
  const { syscall, code } = error as { syscall?: string; code?: string };
  if (syscall === undefined || !['open', 'write', 'rename', 'fsync'].includes(syscall)) return error;
  return new CommandFault(`${path} cannot be written (${code ?? syscall}): name another place.`);
}
