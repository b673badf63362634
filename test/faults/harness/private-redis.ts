import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { endWithTests } from '../../support/end-with-tests.js';
import { freePort } from '../../support/free-port.js';
import { waitUntil } from '../../support/wait-until.js';

/** A Redis on one port, that is killed and frozen and comes back with what it wrote, or with nothing. */
export class PrivateRedis {
  #child: ChildProcess | null = null;

  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly settings: readonly string[],
  ) {}

  /** Not there yet: see `start`. */
  static async prepare(settings: readonly string[] = ['--maxmemory-policy', 'noeviction']): Promise<PrivateRedis> {
    return new PrivateRedis(await freePort(), await mkdtemp(join(tmpdir(), 'winnow-redis-')), settings);
  }

  static async start(): Promise<PrivateRedis> {
    const redis = await PrivateRedis.prepare();
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** With what it has on disk. */
  async start(): Promise<void> {
    const place = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder];
    const disk = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'];
    this.#child = endWithTests(spawn('redis-server', [...place, ...disk, ...this.settings], { stdio: 'ignore' }));
    await waitUntil(() => this.ask((redis) => redis.ping()).then(Boolean, () => false), 'Redis answers');
  }

  async startEmpty(): Promise<void> {
    await rm(join(this.folder, 'appendonlydir'), { recursive: true, force: true });
    await this.start();
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child) return;
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  /** It is there, takes connections, and says nothing. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async ask<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const client = new Redis(this.url, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => null });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await work(client);
    } finally {
      client.disconnect();
    }
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}
