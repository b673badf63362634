// Every process and folder of a run, so that all of them end with it: in order when it ends or is interrupted, and by a
// guard when it is killed.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startRedis } from '../test/support/redis-server.js';

const STOP_WITHIN_MS = 25_000;

// Its standard input ends when the run ends, however that comes. PostgreSQL has a guard of its own and needs a moment.
const GUARD = `
pids=
while read -r what value; do
  case $what in
    kill) pids="$pids $value" ;;
    remove) set -- "$@" "$value" ;;
  esac
done
for pid in $pids; do kill -KILL "$pid"; done
sleep 3
for folder; do rm -rf "$folder"; done`;

/** @typedef {{ pid: number, child: import('node:child_process').ChildProcess, said: () => string }} Started */

export class Processes {
  #children = new Set();
  #servers = new Set();
  #folders = new Set();
  #guard = spawn('/bin/sh', ['-c', GUARD], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  #logs = 0;
  #isEnding = false;

  static async open() {
    const processes = new Processes();
    processes.#guard.unref();
    processes.#guard.stdin.unref();
    // The account that PostgreSQL runs as, when we are root, must be able to enter it.
    processes.folder = await mkdtemp(join(tmpdir(), 'winnow-bench-'));
    await chmod(processes.folder, 0o755);
    processes.removeAtTheEnd(processes.folder);
    return processes;
  }

  removeAtTheEnd(folder) {
    if (this.#folders.has(folder)) return;
    this.#folders.add(folder);
    this.#guard.stdin.write(`remove ${folder}\n`);
  }

  /**
   * Its output goes to a file, so that reading it costs this process nothing while it measures.
   * @returns {Started}
   */
  start(words, environment) {
    const log = join(this.folder, `output-${this.#logs++}`);
    const file = openSync(log, 'w');
    // Detached: Ctrl-C is for this process to answer, which ends the others in order.
    const child = spawn(process.execPath, words, {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', file, file],
      detached: true,
    });
    this.#keep(child);
    return { pid: child.pid, child, said: () => readFileSync(log, 'utf8') };
  }

  /** One of our own programs, spoken to by messages; it ends when this process does. */
  startOwn(file, words = []) {
    const child = fork(new URL(file, import.meta.url), words, { detached: true });
    this.#keep(child);
    return child;
  }

  /** @returns undefined when there is no redis-server */
  async startRedis() {
    const redis = await startRedis(this.folder);
    if (!redis) return undefined;
    this.#guard.stdin.write(`kill ${redis.pid}\n`);
    this.#servers.add(redis);
    return redis;
  }

  async stop(child) {
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      const isOver = await Promise.race([exit.then(() => true), delay(STOP_WITHIN_MS, false, { ref: false })]);
      if (!isOver) {
        child.kill('SIGKILL');
        await exit;
      }
    }
    this.#children.delete(child);
  }

  async stopAll() {
    this.#isEnding = true;
    await Promise.all([...this.#children].map((child) => this.stop(child)));
    for (const redis of this.#servers) await redis.stop();
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
    this.#guard.kill('SIGKILL');
  }

  #keep(child) {
    this.#children.add(child);
    // What an interruption overtakes is ended at once.
    if (this.#isEnding) child.kill('SIGKILL');
    this.#guard.stdin.write(`kill ${child.pid}\n`);
  }
}

/** The next message of one of our own programs; fails when it ends instead. */
export function answerOf(child) {
  return new Promise((resolve, reject) => {
    const onExit = (code) => {
      child.off('message', onMessage);
      reject(new Error(`a program of the benchmark ended with ${code}`));
    };
    const onMessage = (message) => {
      child.off('exit', onExit);
      if (message.fault) reject(new Error(message.fault));
      else resolve(message);
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
  });
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
