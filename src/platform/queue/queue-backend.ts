import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createPostgresBackend,
  createRedisBackend,
  withBackend,
  type BulkJobOptions,
  type Job,
  type JobType,
  type PostgresConnectionOptions,
  type WorkerOptions,
} from 'bullmq';
import { Cluster, Redis } from 'ioredis';
import pg from 'pg';

/** The producer gives up a command after this long: a late add still happens, and adding twice is harmless. */
const COMMAND_TIMEOUT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 2_000;
/** BullMQ asks to wait 10 s at most; a worker that hears nothing for longer speaks to nobody, and connects again. */
const SILENT_AFTER_MS = 15_000;
/** ioredis waits for the end of a connection that was refused, and keeps the process for as long. */
const END_WITHIN_MS = 100;
/** A worker that found no PostgreSQL looks for it again after this long. */
const LOOK_AGAIN_MS = 1_000;
/** In one hash slot, so that a Redis Cluster can run BullMQ's scripts. */
const KEY_PREFIX = '{winnow}';

export type QueueKind = 'redis' | 'postgres';

export interface QueueConnection {
  /** `redis://…`, a comma list for a cluster, or empty. */
  readonly redisUrl: string;
  /** Used when there is no Redis. */
  readonly postgresUrl: string;
  /** Connections for PostgreSQL: one for each worker's LISTEN, and some to work with. */
  readonly poolSize: number;
}

export interface PackedJob {
  readonly name: string;
  readonly data: object;
  readonly opts?: BulkJobOptions;
}

/** What a producer uses of a BullMQ queue, the same on both backends. */
export interface OpenQueue {
  addBulk(jobs: PackedJob[]): Promise<unknown>;
  getJobCounts(...types: JobType[]): Promise<Record<string, number>>;
  close(): Promise<void>;
}

/** What the service uses of a BullMQ worker, the same on both backends. */
export interface OpenWorker {
  on(event: 'completed', listener: () => void): unknown;
  on(event: 'failed', listener: (job: Job | undefined, error: Error) => void): unknown;
  close(): Promise<void>;
}

type BullQueue = Pick<InstanceType<typeof onPostgres.Queue>, 'add' | 'addBulk' | 'getJobCounts'>;

/** Up to here one by one: on PostgreSQL `addBulk` makes temporary tables, 12 ms a call, where an `add` takes one. */
const MOST_ONE_BY_ONE = 8;

function offer(queue: BullQueue, close: () => Promise<void>): OpenQueue {
  return {
    addBulk: async (jobs) => {
      if (jobs.length > MOST_ONE_BY_ONE) await queue.addBulk(jobs);
      else for (const { name, data, opts } of jobs) await queue.add(name, data, opts);
    },
    getJobCounts: (...types) => queue.getJobCounts(...types),
    close,
  };
}

interface PostgresWorker extends OpenWorker {
  waitUntilReady(): Promise<unknown>;
  run(): Promise<void>;
}

type RedisClient = Redis | Cluster;
type Tuning = Omit<WorkerOptions, 'connection' | 'prefix'>;

const onPostgres = withBackend(createPostgresBackend);
const onRedis = withBackend(createRedisBackend);

/**
 * The one place that knows whether BullMQ runs on Redis or on PostgreSQL. Producers get short deadlines; workers get
 * none for a command, because that kills the blocking read in a loop, and one for a connection that has fallen silent.
 */
export class QueueBackend {
  readonly kind: QueueKind;
  readonly #pool: pg.Pool | null;

  constructor(
    private readonly connection: QueueConnection,
    private readonly onError: (error: Error) => void,
  ) {
    this.kind = connection.redisUrl ? 'redis' : 'postgres';
    this.#pool = this.kind === 'postgres' ? this.#makePool() : null;
  }

  /**
   * A queue to add to. On Redis it is only built after a PING came back: a Queue built on a connection that is down
   * hangs, or never recovers (taskforcesh/bullmq#995).
   */
  async openQueue(name: string): Promise<OpenQueue> {
    if (this.#pool) {
      await this.#pool.query('select 1');
      const queue = new onPostgres.Queue(name, { connection: this.#pool as unknown as PostgresConnectionOptions });
      queue.on('error', this.onError);
      return offer(queue, () => queue.close());
    }
    const client = this.#makeRedis({ enableOfflineQueue: false, commandTimeout: COMMAND_TIMEOUT_MS });
    try {
      await client.connect();
      await client.ping();
    } catch (error) {
      client.disconnect();
      throw error;
    }
    const queue = new onRedis.Queue(name, { connection: client, prefix: KEY_PREFIX });
    queue.on('error', this.onError);
    return offer(queue, async () => {
      await queue.close();
      client.disconnect();
    });
  }

  openWorker<Data>(name: string, process: (job: Job<Data>) => Promise<void>, tuning: Tuning): OpenWorker {
    const pool = this.#pool;
    if (pool) {
      return this.#openOnPostgres(() => {
        const connection = pool as unknown as PostgresConnectionOptions;
        const worker = new onPostgres.Worker<Data>(name, process, { ...tuning, connection, autorun: false });
        worker.on('error', this.onError);
        return worker;
      });
    }
    return this.#openOnRedis((client) => {
      const worker = new onRedis.Worker<Data>(name, process, { ...tuning, connection: client, prefix: KEY_PREFIX });
      worker.on('error', this.onError);
      return worker;
    });
  }

  /**
   * BullMQ keeps how a worker's first look at its tables ended. Where PostgreSQL did not answer just then, the worker fails
   * at every turn for good, without a pause between them, and nothing else of the process gets a turn any more. So it
   * begins only after that look, and another one is built until one has seen them.
   */
  #openOnPostgres(build: () => PostgresWorker): OpenWorker {
    const events = new EventEmitter();
    const closing = new AbortController();
    const begin = async (): Promise<PostgresWorker | null> => {
      while (!closing.signal.aborted) {
        const worker = build();
        try {
          await worker.waitUntilReady();
          worker.on('completed', () => events.emit('completed'));
          worker.on('failed', (job, error) => events.emit('failed', job, error));
          void worker.run().catch(this.onError);
          return worker;
        } catch (error) {
          this.onError(error as Error);
          await worker.close().catch(() => undefined);
          await delay(LOOK_AGAIN_MS, null, { signal: closing.signal }).catch(() => undefined);
        }
      }
      return null;
    };
    const beginning = begin();
    return {
      on: (event: 'completed' | 'failed', listener: never) => events.on(event, listener),
      close: async () => {
        closing.abort();
        await (await beginning)?.close();
      },
    };
  }

  /**
   * The worker is built when its connection is there, whenever that is. One that is built while Redis is away never finds
   * it, and goes on pausing for 15 s after it was closed.
   */
  #openOnRedis(build: (client: RedisClient) => OpenWorker): OpenWorker {
    const client = this.#makeRedis({ socketTimeout: SILENT_AFTER_MS });
    const events = new EventEmitter();
    let worker: OpenWorker | null = null;
    const begin = (): void => {
      worker = build(client);
      worker.on('completed', () => events.emit('completed'));
      worker.on('failed', (job, error) => events.emit('failed', job, error));
    };
    client.once('ready', begin);
    // It tries again by itself, and its errors are told as they come.
    client.connect().catch(() => undefined);
    return {
      on: (event: 'completed' | 'failed', listener: never) => events.on(event, listener),
      close: async () => {
        client.off('ready', begin);
        await worker?.close();
        client.disconnect();
      },
    };
  }

  async close(): Promise<void> {
    await this.#pool?.end();
  }

  #makePool(): pg.Pool {
    const pool = new pg.Pool({
      connectionString: this.connection.postgresUrl,
      max: this.connection.poolSize,
      keepAlive: true,
      connectionTimeoutMillis: 3_000,
      application_name: 'winnow-queue',
      // The comment's row is the truth and the sweep refills, so a job need not survive a crash.
      options: '-c search_path=bullmq -c synchronous_commit=off',
    });
    pool.on('error', this.onError);
    // A pool listens to those that are idle and BullMQ not to all that it takes; an error nobody hears ends the process.
    pool.on('connect', (client) => client.on('error', this.onError));
    return pool;
  }

  #makeRedis(extra: { enableOfflineQueue?: boolean; commandTimeout?: number; socketTimeout?: number }): RedisClient {
    const options = {
      ...extra,
      ...{ maxRetriesPerRequest: null, lazyConnect: true },
      ...{ connectTimeout: CONNECT_TIMEOUT_MS, disconnectTimeout: END_WITHIN_MS },
    };
    const urls = this.connection.redisUrl.split(',');
    const client =
      urls.length > 1
        ? new Cluster(urls, { redisOptions: options, lazyConnect: true })
        : new Redis(urls[0] ?? '', options);
    client.on('error', this.onError);
    return client;
  }
}
