import pg from 'pg';
import { findPostgresPackage, installBinaries } from './binaries.js';
import { makeCluster, type ClusterRole } from './cluster.js';
import { settleHome } from './cluster-home.js';
import { EmbeddedPostgresFault } from './embedded-postgres-fault.js';
import { sweepHalfMade } from './make-once.js';
import { operatingSystemUser } from './server-account.js';
import { startOnCluster, type EmbeddedPostgres } from './start-on-cluster.js';

/*
 * Runs the PostgreSQL of the default start: makes its cluster at the first start, starts it, joins one that already
 * runs, and ends it with this process. It reads no environment and makes no tables.
 */

export { EmbeddedPostgresFault };
export type { ClusterRole, EmbeddedPostgres };

export interface EmbeddedPostgresOptions {
  /** Absolute, or relative to the working directory. */
  readonly dataDirectory: string;
  /** Settings of PostgreSQL, over those of the default start. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts the cluster in the data directory, or joins the server that runs on it.
 * @throws EmbeddedPostgresFault with a sentence for the operator, for whatever can be foreseen.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const notices: string[] = [];
  const source = await findPostgresPackage();
  const user = operatingSystemUser();
  const home = await settleHome(options.dataDirectory, notices);
  await sweepHalfMade(home.folder);
  await sweepHalfMade(home.binariesFolder);
  const binaries = await installBinaries(source, home.binariesFolder);
  const cluster = await makeCluster(home, binaries, source.major);
  return startOnCluster({ home, cluster, binaries, user, settings: options.settings ?? {} }, notices);
}

/** Makes the roles and the database, owned by `owner`, where they are missing. Safe to run from several processes. */
export async function ensureDatabase(postgres: EmbeddedPostgres, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url('postgres', 'postgres') });
  await client.connect();
  try {
    const quoted = pg.escapeIdentifier(name);
    await client.query("select pg_advisory_lock(hashtext('ensure database'))");
    for (const role of ['owner', 'app', 'queue'] satisfies ClusterRole[]) {
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
      if (rowCount === 0) {
        await client.query(`create role ${role} login`);
      }
    }
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) {
      await client.query(`create database ${quoted} owner owner`);
    }
    // BullMQ's role makes and owns its schema.
    await client.query(`grant create on database ${quoted} to queue`);
  } finally {
    await client.end();
  }
}
