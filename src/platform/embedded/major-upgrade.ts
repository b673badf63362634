import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { findPostgresPackage, installBinaries } from './binaries.js';
import { fillCluster, findOlderCluster } from './cluster.js';
import { findHome, settleHome, type ClusterHome } from './cluster-home.js';
import { EmbeddedPostgresFault } from './embedded-postgres-fault.js';
import { flushToDisk } from './make-once.js';
import { settleOldBinaries } from './old-binaries.js';
import { findRunningServer } from './running-server.js';
import { operatingSystemUser } from './server-account.js';
import { startOnCluster, type EmbeddedPostgres } from './start-on-cluster.js';

/*
 * The two clusters of a move to a newer PostgreSQL. The new one has another name until it is whole, and the old one is
 * only ever read, so whatever is killed on the way the old data are there and the move can begin anew.
 */

export interface MajorUpgrade {
  readonly from: string;
  readonly to: string;
  /** The folder that holds both. */
  readonly folder: string;
  /** Stays as it is. */
  readonly oldCluster: string;
  /** Starts the old server alone, with programs of its version. */
  startOld(binaries: string): Promise<EmbeddedPostgres>;
  /** Starts the new server on an empty cluster; what an earlier try has left goes. */
  startNew(): Promise<EmbeddedPostgres>;
  /** Gives the new cluster, stopped and whole, its name: from then on the service starts on it. */
  finish(): Promise<void>;
}

/** @returns null when the data are of this version, or there are none */
export async function planMajorUpgrade(dataDirectory: string): Promise<MajorUpgrade | null> {
  const found = await findHome(dataDirectory);
  const source = await findPostgresPackage();
  const old = found === null ? null : await findOlderCluster(found, source.major);
  if (old === null) return null;
  const home = await settleHome(dataDirectory, []);
  const target = join(home.folder, `cluster-${source.major}`);
  // Not a name that a start would sweep away, or take for a cluster; and another each time, because the initdb of an
  // upgrade that was killed may still write.
  const prefix = `${target}.upgrading-`;
  let making = '';
  return {
    from: old.major,
    to: source.major,
    folder: home.folder,
    oldCluster: old.cluster,
    startOld: async (binaries) => {
      return startAlone(home, old.cluster, await settleOldBinaries(binaries, old.major, home));
    },
    startNew: async () => {
      const binaries = await installBinaries(source, home.binariesFolder);
      await removeLeft(prefix);
      making = await mkdtemp(prefix);
      await fillCluster(making, home, binaries);
      return startAlone(home, making, binaries);
    },
    finish: async () => {
      await rename(making, target);
      await flushToDisk(dirname(target));
    },
  };
}

async function startAlone(home: ClusterHome, cluster: string, binaries: string): Promise<EmbeddedPostgres> {
  const server = await startOnCluster({ home, cluster, binaries, user: operatingSystemUser(), settings: {} }, []);
  if (server.owned) return server;
  throw new EmbeddedPostgresFault(`A PostgreSQL runs on ${cluster}: stop the service (or the other upgrade) first.`);
}

/** A server that outlived an upgrade which was killed is ended by looking for it. */
async function removeLeft(prefix: string): Promise<void> {
  const names = await readdir(dirname(prefix));
  for (const name of names.filter((one) => one.startsWith(basename(prefix)))) {
    const left = join(dirname(prefix), name);
    if ((await findRunningServer(left, [])) !== undefined) {
      throw new EmbeddedPostgresFault(`Another upgrade is at work on ${left}: wait for it.`);
    }
    await rm(left, { recursive: true, force: true, maxRetries: 5 });
  }
}
