import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { askServer } from './ask-server.js';
import { findPostgresPackage, installBinaries } from './binaries.js';
import { makeCluster, writeLogins, type ClusterRole } from './cluster.js';
import { settleHome, type ClusterHome } from './cluster-home.js';
import { EmbeddedPostgresFault } from './embedded-postgres-fault.js';
import { sweepHalfMade } from './make-once.js';
import { startedAt } from './processes.js';
import { findRunningServer, readLockFile, type RunningServer } from './running-server.js';
import { operatingSystemUser } from './server-account.js';
import { startServerProcess, type ServerProcess } from './server-process.js';
import { makeSocketFolder } from './socket-folder.js';

/*
 * Runs the PostgreSQL of the default start: makes its cluster at the first start, starts it, joins one that already
 * runs, and ends it with this process. It reads no environment and makes no tables.
 */

export { EmbeddedPostgresFault };
export type { ClusterRole };

export interface EmbeddedPostgresOptions {
  /** Absolute, or relative to the working directory. */
  readonly dataDirectory: string;
  /** Settings of PostgreSQL, over those of the default start. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** The URL of a database for a role: over the Unix socket, without a password, because the system vouches for us. */
  url(role: ClusterRole, database: string): string;
  /** False when it joined a server that another process owns. */
  readonly owned: boolean;
  /** Where the data really is, which is not always where it was asked for. */
  readonly dataDirectory: string;
  /** Of the server, such as "18.4". */
  readonly version: string;
  /** Sentences for the start log. */
  readonly notices: readonly string[];
  /** Resolves with the tail of the server's log if it ends while we own it and did not stop it. */
  readonly died: Promise<string>;
  /** Ends the server when it is ours; a joined one runs on. */
  stop(): Promise<void>;
}

const SETTINGS: Readonly<Record<string, string>> = {
  shared_buffers: '128MB',
  max_connections: '60',
  wal_level: 'minimal',
  // Until its first ANALYZE the planner knows nothing of a table; a new service would wait a minute for it.
  autovacuum_naptime: '10s',
  max_wal_senders: '0',
  max_wal_size: '512MB',
  jit: 'off',
  log_min_messages: 'warning',
  timezone: 'UTC',
};

const POLL_MS = 20;
// Recovery after a crash replays at most max_wal_size of log, which is minutes on a slow disk.
const LONGEST_START_MS = 300_000;
const START_ATTEMPTS = 3;
const NEVER = new Promise<string>(() => undefined);

/** What one start works with. */
interface StartPlan {
  readonly home: ClusterHome;
  readonly cluster: string;
  readonly postgres: string;
  readonly user: string;
  readonly settings: Readonly<Record<string, string>>;
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
  const settings = { ...SETTINGS, ...options.settings };
  const plan = { home, cluster, postgres: join(binaries, 'postgres'), user, settings };
  let lastWords = '';
  // A start that loses the race for the cluster's lock finds the winner in the next round.
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
    const running = await findRunningServer(cluster, notices);
    if (running !== undefined) {
      return joined(running, home, notices);
    }
    const started = await startOwn(plan, notices);
    if (typeof started !== 'string') {
      return started;
    }
    lastWords = started;
  }
  throw new EmbeddedPostgresFault(
    `PostgreSQL does not start on ${cluster}: mend what it says, choose another DATA_DIR, or set DATABASE_URL. ${lastWords}`,
  );
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

/** Returns the server, or the last words of one that ended before it was ready. */
async function startOwn(plan: StartPlan, notices: readonly string[]): Promise<EmbeddedPostgres | string> {
  const { home, cluster } = plan;
  const socketFolder = await makeSocketFolder(home);
  await writeLogins(cluster, plan.user, home.account);
  const server = await startServerProcess(plan.postgres, await commandWords(plan, socketFolder), home.account);
  const ready = await untilReady(server, cluster, socketFolder).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  if ('lastWords' in ready) {
    return ready.lastWords;
  }
  let isStopping: Promise<void> | undefined;
  return {
    owned: true,
    dataDirectory: home.folder,
    version: ready.version,
    notices,
    url: urlThrough(socketFolder),
    died: server.ended.then((log) => (isStopping === undefined ? log : NEVER)),
    stop: () => (isStopping ??= server.stop()),
  };
}

function joined(running: RunningServer, home: ClusterHome, notices: readonly string[]): EmbeddedPostgres {
  const owner = running.ownerId === undefined ? 'another program' : `process ${running.ownerId}`;
  return {
    owned: false,
    dataDirectory: home.folder,
    version: running.version,
    notices: [...notices, `Joined the PostgreSQL that ${owner} runs in ${home.folder}; it ends with its owner.`],
    url: urlThrough(running.socketFolder),
    died: NEVER,
    stop: () => Promise.resolve(),
  };
}

async function commandWords(plan: StartPlan, socketFolder: string): Promise<string[]> {
  const fixed = {
    listen_addresses: '',
    unix_socket_permissions: '0700',
    'app.owner_pid': String(process.pid),
    'app.owner_started_at': await startedAt(process.pid),
  };
  const settings = Object.entries({ ...plan.settings, ...fixed }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  return ['-D', plan.cluster, '-k', socketFolder, '-p', '5432', ...settings];
}

/** Ready is when it answers and the lock file names it: what answers might be a server that won the race. */
async function untilReady(
  server: ServerProcess,
  cluster: string,
  socketFolder: string,
): Promise<{ version: string } | { lastWords: string }> {
  const deadline = Date.now() + LONGEST_START_MS;
  const ended = server.ended.then((lastWords) => ({ lastWords }));
  while (Date.now() < deadline) {
    const pause = delay(POLL_MS);
    const answer = await Promise.race([ended, askServer(socketFolder)]);
    if (answer !== undefined && 'lastWords' in answer) {
      return answer;
    }
    if (answer !== undefined && (await readLockFile(cluster))?.pid === server.pid) {
      return answer;
    }
    await pause;
  }
  throw new EmbeddedPostgresFault(
    `PostgreSQL was not ready on ${cluster} within ${LONGEST_START_MS / 1000} seconds: start again, or set DATABASE_URL.`,
  );
}

function urlThrough(socketFolder: string): EmbeddedPostgres['url'] {
  const place = `host=${encodeURIComponent(socketFolder)}&port=5432`;
  return (role, database) => `postgres://${role}@/${encodeURIComponent(database)}?${place}`;
}
