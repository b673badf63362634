import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { endWithTests } from '../support/end-with-tests.js';
import { waitUntil } from '../support/wait-until.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** One real process of the service, to be killed. */
export class ServiceProcess {
  #output = '';

  private constructor(private readonly child: ChildProcess) {
    const keep = (text: Buffer): void => {
      this.#output += text.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
  }

  /** Resolves when it says that it is ready. The environment is only what is given, and a PATH. */
  static async start(environment: Record<string, string>, main = MAIN): Promise<ServiceProcess> {
    const env = { PATH: process.env.PATH ?? '', ...environment };
    const child = endWithTests(spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
    const service = new ServiceProcess(child);
    await waitUntil(
      () => {
        if (child.exitCode !== null) throw new Error(`The service ended at its start: ${service.#output}`);
        return /Winnow is (ready|screening)/.test(service.#output);
      },
      'the service says that it is ready',
      90_000,
    ).catch((error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    });
    return service;
  }

  get url(): string {
    const [, url] = /^Listening {2}(\S+),/m.exec(this.#output) ?? [];
    if (url === undefined) throw new Error(`No address in: ${this.#output}`);
    return url;
  }

  get output(): string {
    return this.#output;
  }

  /** What it holds of the machine's memory. */
  get residentMiB(): number {
    const status = readFileSync(`/proc/${this.child.pid ?? ''}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
  }

  /** kill -9 of the process and of everything it started: PostgreSQL and the guard too. */
  async killEverything(): Promise<void> {
    const { pid } = this.child;
    if (pid === undefined) return;
    const family = [pid, ...descendants(pid)];
    for (const member of family) kill(member);
    await this.#ended();
  }

  /** Whether it runs: a fault is not to end a process that nobody killed. */
  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** It stands still, with its connections open and its jobs locked, until `thaw`. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.#ended();
  }

  /** @returns the exit code of an orderly stop */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    await this.#ended();
    return this.child.exitCode;
  }

  async #ended(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself a moment ago.
  }
}

/** From /proc, because PostgreSQL runs in a session of its own. */
function descendants(ancestor: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended while we looked.
    }
  }
  const found: number[] = [];
  const visit = (pid: number): void => {
    for (const [child, parent] of parents) {
      if (parent !== pid) continue;
      found.push(child);
      visit(child);
    }
  };
  visit(ancestor);
  return found;
}
