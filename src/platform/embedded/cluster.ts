import { chown, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterHome } from './cluster-home.js';
import { EmbeddedPostgresFault, errorCode, explainingRefusals } from './embedded-postgres-fault.js';
import { makeOnce } from './make-once.js';
import { runProgram } from './run-program.js';
import type { ServerAccount } from './server-identity.js';

/* Makes the cluster (the folder with the databases), refuses one of another version, and says who may log in to it. */

export type ClusterRole = 'postgres' | 'owner' | 'app' | 'queue';

const ROLES: readonly ClusterRole[] = ['postgres', 'owner', 'app', 'queue'];

/** Makes `cluster-<major>` in the home, once, and returns its folder. */
export async function makeCluster(home: ClusterHome, binariesFolder: string, major: string): Promise<string> {
  const cluster = join(home.folder, `cluster-${major}`);
  await refuseOtherVersions(home.folder, major);
  await makeOnce(cluster, (making) => fillCluster(making, home, binariesFolder));
  return cluster;
}

/** Makes an empty cluster of an empty folder. */
export async function fillCluster(folder: string, home: ClusterHome, binariesFolder: string): Promise<void> {
  await giveTo(home.account, folder);
  const words = [
    ...['-D', folder, '-U', 'postgres', '-E', 'UTF8', '--auth=peer'],
    // PostgreSQL's own C.UTF-8 keeps one sort order on every machine. The system's is named too because pg_trgm asks
    // it what a letter is: under plain C, words outside ASCII have no trigrams.
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C.UTF-8'],
  ];
  const { problem } = await runProgram(join(binariesFolder, 'initdb'), words, home.account);
  if (problem !== undefined) {
    throw new EmbeddedPostgresFault(
      `PostgreSQL could not make its data folder in ${home.folder}: choose another DATA_DIR, or set DATABASE_URL. ${problem}`,
    );
  }
}

/** The newest cluster of an older version than `major`, where none of `major` is; null when nothing is to be moved. */
export async function findOlderCluster(
  folder: string,
  major: string,
): Promise<{ cluster: string; major: string } | null> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^cluster-\d+$/.test(name));
  if (names.includes(`cluster-${major}`)) return null;
  const versions = names
    .map((name) => Number(name.replace('cluster-', '')))
    .filter((version) => version < Number(major));
  if (versions.length === 0) return null;
  const newest = String(Math.max(...versions));
  return { cluster: join(folder, `cluster-${newest}`), major: newest };
}

/**
 * Writes who may log in: the user of this process, by the socket, as any of our roles, and nobody else. Written before
 * every start of the server, because a copied cluster may serve under another user name.
 */
export async function writeLogins(cluster: string, user: string, account: ServerAccount | undefined): Promise<void> {
  await explainingRefusals(cluster, async () => {
    await replaceFile(join(cluster, 'pg_hba.conf'), 'local all all peer map=service\n', account);
    await replaceFile(join(cluster, 'pg_ident.conf'), identMap(user), account);
  });
}

/** The lines of pg_ident.conf that let the system user log in as each of our roles. */
export function identMap(user: string): string {
  const quoted = `"${user.replaceAll('"', '""')}"`;
  return ROLES.map((role) => `service ${quoted} ${role}\n`).join('');
}

async function refuseOtherVersions(folder: string, major: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^cluster-\d+$/.test(name));
  const own = `cluster-${major}`;
  // One of the right version beside an older one means that the operator has moved the data over.
  const name = names.includes(own) ? own : names[0];
  if (name === undefined) {
    return;
  }
  const found = await explainingRefusals(folder, () => readVersion(join(folder, name)));
  if (found === '') {
    throw new EmbeddedPostgresFault(
      `${join(folder, name)} is not a data folder of PostgreSQL: move it away, or choose another DATA_DIR.`,
    );
  }
  if (found !== major || name !== own) {
    const next =
      Number(found) < Number(major)
        ? 'run `winnow upgrade`, which moves the data over and keeps the old folder'
        : 'start the newer Winnow that wrote it, or choose another DATA_DIR';
    throw new EmbeddedPostgresFault(
      `The data in ${join(folder, name)} was written by PostgreSQL ${found} and this version of Winnow brings PostgreSQL ${major}: ${next}.`,
    );
  }
}

async function readVersion(cluster: string): Promise<string> {
  try {
    return (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return '';
    }
    throw error;
  }
}

// Written beside and renamed: a server that starts at the same moment reads the old file or the new one, and a link put
// in its place is replaced, not followed.
async function replaceFile(path: string, text: string, account: ServerAccount | undefined): Promise<void> {
  const beside = `${path}.${process.pid}`;
  await rm(beside, { force: true });
  await writeFile(beside, text, { mode: 0o600, flag: 'wx' });
  await giveTo(account, beside);
  await rename(beside, path);
}

async function giveTo(account: ServerAccount | undefined, path: string): Promise<void> {
  if (account !== undefined) {
    await chown(path, account.uid, account.gid);
  }
}
