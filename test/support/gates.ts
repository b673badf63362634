import { existsSync } from 'node:fs';

/* Chooses which suites run, by what start-servers.js could start. A suite that cannot run says so. */

export interface QueueServer {
  readonly name: 'postgres' | 'redis';
  /** Of this worker's own logical database, emptied before each file; empty for PostgreSQL. */
  readonly redisUrl: string;
}

/** The Redis of this worker; undefined where the machine has no redis-server. */
export function testRedisUrl(): string | undefined {
  const { TEST_REDIS_URL: server, JEST_WORKER_ID: worker = '1' } = process.env;
  return server === undefined ? undefined : `${server}/${worker}`;
}

/** A `describe` for what needs Redis; skipped, with a warning, where there is none. */
export function describeOnRedis(name: string, suite: (redisUrl: string) => void): void {
  const redisUrl = testRedisUrl();
  if (redisUrl === undefined) {
    console.warn(`SKIPPED, because there is no redis-server on the PATH: ${name}`);
  }
  (redisUrl === undefined ? describe.skip : describe)(name, () => {
    suite(redisUrl ?? 'redis://none');
  });
}

/** Runs the suite once on the queue of PostgreSQL and once on that of Redis. */
export function eachBackend(name: string, suite: (backend: QueueServer) => void): void {
  describe(`${name}, queue on PostgreSQL`, () => {
    suite({ name: 'postgres', redisUrl: '' });
  });
  describeOnRedis(`${name}, queue on Redis`, (redisUrl) => {
    suite({ name: 'redis', redisUrl });
  });
}

/** Debian's PostgreSQL 15: the oldest that Winnow works with. */
const OLD_POSTGRES = '/usr/lib/postgresql/15/bin';

/** A `describe` for what needs the programs of an older PostgreSQL; skipped, with a warning, where there are none. */
export function describeWithOldPostgres(name: string, suite: (binaries: string, major: string) => void): void {
  const isThere = existsSync(`${OLD_POSTGRES}/postgres`);
  if (!isThere) console.warn(`SKIPPED, because there is no PostgreSQL in ${OLD_POSTGRES}: ${name}`);
  (isThere ? describe : describe.skip)(name, () => {
    suite(OLD_POSTGRES, '15');
  });
}
