// One real process of the service, `node dist/main.js`, seen from outside: HTTP, its output, its entry in /proc.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ApiClient } from './api-client.js';
import { cpuMsOf } from './proc-stat.js';
import { freePort } from './processes.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const OPERATOR = { ADMIN_EMAIL: 'operator@bench.example', ADMIN_PASSWORD: 'a password for the benchmark' };
const READY_WITHIN_MS = 120_000;
const POLL_MS = 5;

export const IS_BUILT = existsSync(MAIN);

export class Winnow {
  #started;
  #processes;
  #redisPid;

  /**
   * The default start, with only the submission limit off: a benchmark is one client address.
   * @param {{ dataDirectory: string, redis?: { url: string, pid: number }, environment?: object, nodeWords?: string[] }} options
   */
  static async start(processes, { dataDirectory, redis, environment, nodeWords = [] }) {
    const port = await freePort();
    const winnow = new Winnow();
    winnow.url = `http://127.0.0.1:${port}`;
    winnow.#processes = processes;
    winnow.#redisPid = redis?.pid;
    const startedAt = performance.now();
    winnow.#started = processes.start([...nodeWords, MAIN], {
      ...OPERATOR,
      DATA_DIR: dataDirectory,
      PORT: String(port),
      SUBMIT_LIMIT_PER_MINUTE: '0',
      ...(redis && { REDIS_URL: redis.url }),
      ...environment,
    });
    await winnow.#untilReady();
    winnow.startSeconds = (performance.now() - startedAt) / 1000;
    return winnow;
  }

  get pid() {
    return this.#started.pid;
  }

  /** Where its cluster really is, which is not always where it was asked for. */
  async dataDirectory() {
    // Ready and having said so are a moment apart.
    for (;;) {
      const match = /^Database +embedded PostgreSQL \S+ in (.+?)(?: \(run by|$)/m.exec(this.#started.said());
      if (match) return match[1];
      await delay(POLL_MS);
    }
  }

  /** A superuser's login to its embedded PostgreSQL, for fills and for the base of a ratio. */
  async databaseUrl() {
    const folder = await this.dataDirectory();
    const cluster = (await readdir(folder)).find((name) => name.startsWith('cluster-') && !name.includes('.'));
    const lock = await readFile(join(folder, cluster, 'postmaster.pid'), 'utf8');
    return `postgres://postgres@/winnow?host=${encodeURIComponent(lock.split('\n')[4])}&port=5432`;
  }

  signIn() {
    return new ApiClient(this.url).signIn(OPERATOR.ADMIN_EMAIL, OPERATOR.ADMIN_PASSWORD);
  }

  cpuMs() {
    return cpuMsOf(this.#redisPid ? [this.pid, this.#redisPid] : [this.pid]);
  }

  async stop() {
    await this.#processes.stop(this.#started.child);
  }

  /** kill -9 of node; resolves when nothing of it answers any more. */
  async kill() {
    const { child } = this.#started;
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exit;
    await this.#processes.stop(child);
  }

  async #untilReady() {
    const agent = new Agent({ keepAlive: true });
    const deadline = performance.now() + READY_WITHIN_MS;
    while ((await statusOf(`${this.url}/health/ready`, agent)) !== 200) {
      const { child, said } = this.#started;
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The service ended:\n${said()}`);
      if (performance.now() > deadline) throw new Error(`The service is not ready:\n${said().slice(-2000)}`);
      await delay(POLL_MS);
    }
    agent.destroy();
  }
}

/** Comments of a site that wait for their screening. */
export async function waitingOn(client, site) {
  return (await client.must('GET', `/v1/sites/${site}/moderation/summary`)).counts.received;
}

/** @returns whether it became empty in time, and how long that took */
export async function untilEmpty(countWaiting, withinSeconds = 120) {
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  let waiting = await countWaiting();
  while (waiting > 0 && elapsed() < withinSeconds) {
    await delay(50);
    waiting = await countWaiting();
  }
  return { seconds: waiting > 0 ? Number.NaN : elapsed(), left: waiting };
}

function statusOf(url, agent) {
  return new Promise((resolve) => {
    const asked = get(url, { agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    asked.on('error', () => resolve(0));
  });
}
