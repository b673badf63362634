import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ensureDatabase,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../src/platform/embedded/embedded-postgres.js';
import { prepareDatabase } from '../../../src/prepare-database.js';
import type { TestDatabase } from '../../support/test-database.js';

const NAME = 'winnow';
/** Unlike the run's own server: it waits for the disk, because it is killed. */
const SETTINGS = { max_connections: '150' };

/** A PostgreSQL whose postmaster is killed, with the promises of a real one. */
export class OwnPostgres {
  private constructor(
    private readonly folder: string,
    private server: EmbeddedPostgres,
  ) {}

  static async start(): Promise<OwnPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'winnow-postgres-'));
    const server = await startEmbeddedPostgres({ dataDirectory: folder, settings: SETTINGS });
    const postgres = new OwnPostgres(folder, server);
    await ensureDatabase(server, NAME);
    const { owner, postgres: superuser, queue } = postgres.urls;
    await prepareDatabase({ ownerUrl: owner, superuserUrl: superuser, appRole: 'app', queueUrl: queue });
    return postgres;
  }

  get urls(): TestDatabase['urls'] {
    const url = (role: 'postgres' | 'owner' | 'app' | 'queue'): string => this.server.url(role, NAME);
    return { postgres: url('postgres'), owner: url('owner'), app: url('app'), queue: url('queue') };
  }

  /** kill -9 of the postmaster: nothing is written down, and the backends end when they notice. */
  async kill(): Promise<void> {
    const cluster = readdirSync(this.server.dataDirectory).find((name) => name.startsWith('cluster-')) ?? '';
    const lock = await readFile(join(this.server.dataDirectory, cluster, 'postmaster.pid'), 'utf8');
    process.kill(Number(lock.split('\n')[0]), 'SIGKILL');
    await this.server.died;
  }

  async restart(): Promise<void> {
    this.server = await startEmbeddedPostgres({ dataDirectory: this.folder, settings: SETTINGS });
  }

  async close(): Promise<void> {
    await this.server.stop();
    await rm(this.server.dataDirectory, { recursive: true, force: true });
    await rm(this.folder, { recursive: true, force: true });
  }
}
