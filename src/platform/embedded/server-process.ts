import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresFault } from './embedded-postgres-fault.js';
import type { ServerAccount } from './server-identity.js';

/* The PostgreSQL process that is ours, and the guard that ends it when we die. It knows nothing of clusters and databases. */

const LOG_TAIL_CHARACTERS = 4_000;
const LAST_WORDS_MS = 500;

// SIGTERM lets the last sockets of closed pools go in peace; with SIGINT first, PostgreSQL cuts them and each says so in the log.
const STOP_STEPS = [
  ['SIGTERM', 2_000],
  ['SIGINT', 15_000],
  ['SIGQUIT', 15_000],
] as const;

export interface ServerProcess {
  readonly pid: number;
  /** Resolves when it has ended, however that came, with the tail of its log. */
  readonly ended: Promise<string>;
  /** Ends it in order: politely, then firmly. */
  stop(): Promise<void>;
}

/** Starts PostgreSQL under its account, in a process group of its own, and a guard beside it. */
export async function startServerProcess(
  postgres: string,
  words: readonly string[],
  account: ServerAccount | undefined,
): Promise<ServerProcess> {
  const server = spawn(postgres, words, {
    ...(account && { uid: account.uid, gid: account.gid }),
    cwd: '/',
    // Ctrl-C reaches the whole foreground group, and SIGINT is PostgreSQL's fast stop: it would die under a closing app.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { LC_ALL: 'C', TZ: 'UTC' },
  });
  const ended = tailAtTheEnd(server);
  if (server.pid === undefined) {
    throw new EmbeddedPostgresFault(`PostgreSQL could not be started: ${await ended}`);
  }
  const guard = startGuard(server.pid);
  void ended.then(() => guard.kill('SIGKILL'));
  letNodeExit(server);
  return { pid: server.pid, ended, stop: async () => stopInOrder(server, ended) };
}

// Our counterpart to `detached`: its standard input ends when node ends, however node ends (kill -9, crash, power of the operator).
function startGuard(pid: number): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'sh', String(pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  });
  // Without a guard the server still runs; an orphan is found at the next start.
  guard.on('error', () => undefined);
  letNodeExit(guard);
  return guard;
}

function letNodeExit(child: ChildProcess): void {
  child.unref();
  for (const stream of child.stdio) {
    if (stream instanceof Socket) {
      stream.on('error', () => undefined);
      stream.unref();
    }
  }
}

async function tailAtTheEnd(child: ChildProcess): Promise<string> {
  let tail = '';
  child.on('error', () => undefined);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-LOG_TAIL_CHARACTERS);
  });
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  try {
    await once(child, 'exit');
  } catch (error) {
    return String(error);
  }
  // The pipe may hold last words; it stays open while any child of the server lives, so it is not waited for long. With a
  // timer that counts: where nothing else did, node would end here, before whoever waits for this has gone on.
  const over = new AbortController();
  await Promise.race([closed, delay(LAST_WORDS_MS, undefined, { signal: over.signal })]);
  over.abort();
  return tail.trim();
}

async function stopInOrder(server: ChildProcess, ended: Promise<string>): Promise<void> {
  server.ref();
  for (const [signal, patienceMs] of STOP_STEPS) {
    server.kill(signal);
    const isOver = ended.then(() => true);
    if (await Promise.race([isOver, delay(patienceMs, false, { ref: false })])) {
      return;
    }
  }
}
