import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, readdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresFault } from './embedded-postgres-fault.js';
import { makeOnce } from './make-once.js';
import { runProgram } from './run-program.js';

/*
 * The PostgreSQL programs of the npm package, copied to where the server account may run them: node_modules may lie in a
 * folder closed to it, and an `npm ci` would pull the programs from under a running server.
 */

export interface PostgresPackage {
  /** The folder of the package. */
  readonly folder: string;
  /** Of the npm package, such as "18.4.0-beta.17". */
  readonly version: string;
  /** PostgreSQL's major version, which names the format of a cluster. */
  readonly major: string;
}

/** Finds the npm package with the programs for this platform. */
export async function findPostgresPackage(): Promise<PostgresPackage> {
  const platform = `${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(`@embedded-postgres/${platform}`);
  } catch (error) {
    throw new EmbeddedPostgresFault(
      `There is no embedded PostgreSQL for ${platform} in node_modules: set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    );
  }
  const folder = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { folder, version, major: version.split('.')[0] ?? version };
}

/** Copies the programs to `postgres-<version>` in the folder, once, and returns the folder of the executables. */
export async function installBinaries(source: PostgresPackage, folder: string): Promise<string> {
  const target = join(folder, `postgres-${source.version}`);
  await makeOnce(target, async (making) => {
    await copyTree(join(source.folder, 'native'), making);
    await linkLibraries(source, making);
    await checkThatTheyRun(join(making, 'bin', 'postgres'), folder);
  });
  return join(target, 'bin');
}

// Modes are set, not inherited: under umask 077 the server account could not read what root has copied.
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await copyTree(source, target);
    } else if (entry.isFile() && !entry.name.endsWith('.a')) {
      await copyFile(source, target, constants.COPYFILE_FICLONE);
      await chmod(target, basename(from) === 'bin' ? 0o755 : 0o644);
    }
  }
}

// npm packages cannot hold symbolic links; the package makes them in a post-install script, which --ignore-scripts and
// our own allowScripts leave out. Without them initdb ends with "libicuuc.so.60: cannot open shared object file".
async function linkLibraries(source: PostgresPackage, to: string): Promise<void> {
  const list = await readFile(join(source.folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of JSON.parse(list) as readonly { source: string; target: string }[]) {
    const [name, points] = [relative('native', link.target), relative('native', link.source)];
    await symlink(relative(dirname(name), points), join(to, name));
  }
}

async function checkThatTheyRun(postgres: string, folder: string): Promise<void> {
  const { problem } = await runProgram(postgres, ['--version']);
  if (problem !== undefined) {
    throw new EmbeddedPostgresFault(
      `The embedded PostgreSQL does not run from ${folder} (it needs glibc 2.27 and a file system that allows programs): choose another DATA_DIR, or set DATABASE_URL. ${problem}`,
    );
  }
}
