import { mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, explainingRefusals } from './embedded-postgres-fault.js';

const HALF_MADE = /^(cluster|postgres)-.+\.making-/;
const ABANDONED_AFTER_MS = 3_600_000;

/**
 * Fills a new folder by `fill` and puts it in place by one rename, so that `target` is whole or absent however this
 * process ends. When another process was faster, its folder stays and ours goes.
 */
export async function makeOnce(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  await explainingRefusals(dirname(target), async () => {
    if (await exists(target)) {
      return;
    }
    const making = await mkdtemp(`${target}.making-`);
    try {
      await fill(making);
      await rename(making, target);
    } catch (error) {
      await rm(making, { recursive: true, force: true });
      const code = errorCode(error);
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') {
        throw error;
      }
    }
    await flushToDisk(dirname(target));
  });
}

/** Removes what a start killed in the middle of its work has left in the folder, once it is an hour old. */
export async function sweepHalfMade(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => HALF_MADE.test(each))) {
    const path = join(folder, name);
    const modifiedMs = await stat(path).then(
      (found) => found.mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - modifiedMs > ABANDONED_AFTER_MS) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

// A rename is kept through a power failure only once the folder that holds the name is flushed; without it, acknowledged
// rows could come back under the name of a half-made cluster.
export async function flushToDisk(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
