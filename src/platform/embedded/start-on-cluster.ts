import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { askServer } from './ask-server.js';
import { writeLogins, type ClusterRole } from './cluster.js';
import type { ClusterHome } from './cluster-home.js';
import { EmbeddedPostgresFault } from './embedded-postgres-fault.js';
import { startedAt } from './processes.js';
import { findRunningServer, readLockFile, type RunningServer } from './running-server.js';
import { startServerProcess, type ServerProcess } from './server-process.js';
import { makeSocketFolder } from './socket-folder.js';

/* Starts the server on a cluster that is there, or joins the one that runs on it. */

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
export interface StartPlan {
  readonly home: ClusterHome;
  readonly cluster: string;
  /** The folder of the programs. */
  readonly binaries: string;
  readonly user: string;
  /** Over those of the default start. */
  readonly settings: Readonly<Record<string, string>>;
}

export async function startOnCluster(plan: StartPlan, notices: string[]): Promise<EmbeddedPostgres> {
  const { home, cluster } = plan;
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

/** Returns the server, or the last words of one that ended before it was ready. */
async function startOwn(plan: StartPlan, notices: readonly string[]): Promise<EmbeddedPostgres | string> {
  const { home, cluster } = plan;
  const socketFolder = await makeSocketFolder(home);
  await writeLogins(cluster, plan.user, home.account);
  const server = await startServerProcess(
    join(plan.binaries, 'postgres'),
    await commandWords(plan, socketFolder),
    home.account,
  );
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
  const settings = Object.entries({ ...SETTINGS, ...plan.settings, ...fixed }).flatMap(([name, value]) => [
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
