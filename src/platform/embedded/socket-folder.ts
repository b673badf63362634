import { chmod, chown, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgresFault, errorCode, explainingRefusals } from './embedded-postgres-fault.js';
import { shortHash, type ClusterHome } from './cluster-home.js';
import { mayEnter } from './server-account.js';

// The address of a Unix socket holds 107 bytes on Linux and 103 on macOS; "/.s.PGSQL.5432" takes fourteen of them.
const LONGEST_FOLDER_BYTES = 85;

/** Makes the folder of the server's socket, which nobody else may enter: `run` in the home or, where that path is too long for a socket, one under the temporary folder. */
export async function makeSocketFolder(home: ClusterHome): Promise<string> {
  const folder = join(home.folder, 'run');
  return fits(folder) ? makeInHome(folder, home) : makeInTemporaryFolder(home);
}

async function makeInHome(folder: string, home: ClusterHome): Promise<string> {
  return explainingRefusals(home.folder, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    if (home.account !== undefined) {
      await chown(folder, home.account.uid, home.account.gid);
    }
    return folder;
  });
}

// Anyone may have made the name first, in a folder that all may write to: then it is a door for them to our database.
async function makeInTemporaryFolder(home: ClusterHome): Promise<string> {
  const folder = join(tmpdir(), `winnow-${shortHash(home.folder)}`);
  if (!fits(folder) || (home.account !== undefined && !(await mayEnter(home.account, tmpdir())))) {
    throw new EmbeddedPostgresFault(
      `The path ${home.folder} is too long for a socket, and ${tmpdir()} does not serve instead: choose a shorter DATA_DIR, or set DATABASE_URL.`,
    );
  }
  await explainingRefusals(tmpdir(), async () => {
    try {
      await mkdir(folder, { mode: 0o700 });
      if (home.account !== undefined) {
        await chown(folder, home.account.uid, home.account.gid);
      }
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') {
        throw error;
      }
    }
  });
  const found = await lstat(folder);
  const ownerId = home.account?.uid ?? process.getuid?.();
  if (!found.isDirectory() || (found.mode & 0o777) !== 0o700 || found.uid !== ownerId) {
    throw new EmbeddedPostgresFault(
      `${folder} is not a folder of ours alone (mode 0700, owner uid ${ownerId ?? '?'}): remove it, or choose a shorter DATA_DIR.`,
    );
  }
  return folder;
}

function fits(folder: string): boolean {
  return Buffer.byteLength(folder) <= LONGEST_FOLDER_BYTES;
}
