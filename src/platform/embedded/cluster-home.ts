import { createHash } from 'node:crypto';
import { access, chmod, chown, constants, mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresFault, explainingRefusals } from './embedded-postgres-fault.js';
import { exists } from './make-once.js';
import { findServerAccount, isRoot, mayEnter } from './server-account.js';
import type { ServerAccount } from './server-identity.js';

/*
 * Decides where the cluster lives and who owns it. Data that exist decide before any preference does: a start that
 * quietly began an empty database beside the old one would look like the loss of every comment.
 */

/** For root, what its server account may not be asked to keep under a closed folder, and the programs, once for all. */
const SYSTEM_FOLDER = '/var/lib/winnow';

export interface ClusterHome {
  /** Absolute and without symbolic links, so that two ways to write one folder are one home. */
  readonly folder: string;
  readonly binariesFolder: string;
  /** Who PostgreSQL runs as; undefined when it is the user of this process. */
  readonly account: ServerAccount | undefined;
}

/** Twelve hexadecimal digits that stand for the folder in the name of another. */
export function shortHash(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 12);
}

/** Finds the home that belongs to the data directory, and makes its folder. */
export async function settleHome(dataDirectory: string, notices: string[]): Promise<ClusterHome> {
  const wanted = await withoutLinks(resolve(dataDirectory));
  return isRoot() ? settleAsRoot(wanted, notices) : settleAsUser(wanted);
}

/** Where the data directory's cluster is; null when there is none yet. Makes nothing. */
export async function findHome(dataDirectory: string): Promise<string | null> {
  const wanted = await withoutLinks(resolve(dataDirectory));
  const places = isRoot() ? [wanted, join(SYSTEM_FOLDER, shortHash(wanted))] : [wanted];
  for (const folder of places) if (await hasCluster(folder)) return folder;
  return null;
}

async function hasCluster(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  return names.some((name) => /^cluster-\d+$/.test(name));
}

async function settleAsUser(folder: string): Promise<ClusterHome> {
  await explainingRefusals(folder, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  });
  return { folder, binariesFolder: folder, account: undefined };
}

async function settleAsRoot(wanted: string, notices: string[]): Promise<ClusterHome> {
  const inPlace = await clusterOwner(wanted);
  await makeSystemFolder();
  const account = inPlace ?? (await findServerAccount(join(SYSTEM_FOLDER, 'account.lock'), notices));
  if (inPlace !== undefined || (await mayEnter(account, await nearestFolder(dirname(wanted))))) {
    return takeFolder(wanted, account);
  }
  const folder = join(SYSTEM_FOLDER, shortHash(wanted));
  notices.push(`The data is in ${folder}, because the account of PostgreSQL may not enter ${dirname(wanted)}.`);
  return takeFolder(folder, (await clusterOwner(folder)) ?? account);
}

async function takeFolder(folder: string, account: ServerAccount): Promise<ClusterHome> {
  await explainingRefusals(folder, async () => {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    if ((await readdir(folder)).length === 0) {
      await chmod(folder, 0o700);
      await chown(folder, account.uid, account.gid);
    }
  });
  if (!(await mayEnter(account, folder))) {
    throw new EmbeddedPostgresFault(
      `PostgreSQL runs as uid ${account.uid}, which may not enter ${folder}. Choose another DATA_DIR, or set DATABASE_URL.`,
    );
  }
  return { folder, binariesFolder: SYSTEM_FOLDER, account };
}

// The owner of a cluster is its account, whatever number "winnow" has today: a volume outlives the container that made it.
async function clusterOwner(folder: string): Promise<ServerAccount | undefined> {
  const names = await readdir(folder).catch(() => []);
  const cluster = names.find((name) => /^cluster-\d+$/.test(name));
  if (cluster === undefined) {
    return undefined;
  }
  const { uid, gid } = await stat(join(folder, cluster));
  if (uid === 0) {
    throw new EmbeddedPostgresFault(
      `${join(folder, cluster)} belongs to root, as which PostgreSQL does not run: give it to the account winnow with chown -R, or set DATABASE_URL.`,
    );
  }
  return { uid, gid };
}

async function makeSystemFolder(): Promise<void> {
  try {
    await mkdir(SYSTEM_FOLDER, { recursive: true });
    await chmod(SYSTEM_FOLDER, 0o755);
  } catch (error) {
    throw new EmbeddedPostgresFault(
      `PostgreSQL does not run as root, and ${SYSTEM_FOLDER}, from where another account would run it, cannot be made: start as an ordinary user, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

async function nearestFolder(folder: string): Promise<string> {
  return (await exists(folder)) ? folder : nearestFolder(dirname(folder));
}

async function withoutLinks(folder: string): Promise<string> {
  return (await exists(folder)) || dirname(folder) === folder
    ? realpath(folder)
    : join(await withoutLinks(dirname(folder)), basename(folder));
}
