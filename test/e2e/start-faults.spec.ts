import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { Redis } from 'ioredis';
import { readSettings } from '../../src/platform/config/read-settings.js';
import { makeLogger } from '../../src/platform/logging/logger.js';
import { startService, type RunningService } from '../../src/start.js';
import { freePort } from '../support/free-port.js';
import { describeOnRedis } from '../support/gates.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import { testEnvironment } from '../support/test-service.js';

let database: TestDatabase;
let taken: Server;
let takenPort: number;
let connections = 0;

function start(more: Record<string, string>): Promise<RunningService> {
  return startService(readSettings({ ...testEnvironment(database), ...more }), makeLogger('silent'));
}

async function faultsOf(more: Record<string, string>): Promise<string[]> {
  try {
    const service = await start(more);
    await service.stop();
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  return [];
}

beforeAll(async () => {
  database = await openTestDatabase();
  taken = createServer(() => connections++).listen(0, '127.0.0.1');
  await once(taken, 'listening');
  takenPort = (taken.address() as AddressInfo).port;
});

afterAll(async () => {
  taken.close();
  // Fails when a start that did not succeed has left a connection behind.
  await database.close();
});

describe('a start that cannot succeed', () => {
  it('tells of the port and of every login at once, a sentence each', async () => {
    const nowhere = await freePort();
    const faults = await faultsOf({
      PORT: String(takenPort),
      DATABASE_URL: `postgres://winnow@127.0.0.1:${nowhere}/a`,
      MIGRATION_DATABASE_URL: `postgres://owner@127.0.0.1:${nowhere}/a`,
      QUEUE_DATABASE_URL: `postgres://queue@127.0.0.1:${nowhere}/a`,
      DATABASE_MIGRATE_AT_START: 'true',
    });
    const unreachable = `cannot be reached (connect ECONNREFUSED 127.0.0.1:${nowhere}).`;
    expect(faults).toEqual([
      `Port ${takenPort} is taken; set PORT to another one.`,
      `The database of DATABASE_URL ${unreachable}`,
      `The database of MIGRATION_DATABASE_URL ${unreachable}`,
      `The database of QUEUE_DATABASE_URL ${unreachable}`,
    ]);
  });

  it.each([
    ['a port that is taken', () => ({ PORT: String(takenPort) }), /^Port \d+ is taken; set PORT to another one\.$/],
    [
      'the port of a worker that is taken',
      () => ({ ROLE: 'worker', WORKER_PORT: String(takenPort) }),
      /^Port \d+ is taken; set WORKER_PORT to another one\.$/,
    ],
    [
      'an address of another machine',
      () => ({ HOST: '192.0.2.1', PORT: '4999' }),
      /^HOST 192\.0\.2\.1 is no address of this machine\.$/,
    ],
    [
      'a database nobody has made',
      () => ({ DATABASE_URL: database.urls.app.replace(/winnow_test_\d+/, 'winnow_nowhere') }),
      /^The database of DATABASE_URL cannot be reached \(database "winnow_nowhere" does not exist\)\.$/,
    ],
    [
      'a login nobody has made',
      () => ({ DATABASE_URL: database.urls.app.replace('//app@', '//stranger@') }),
      /^The database of DATABASE_URL cannot be reached \(.*stranger.*\)\.$/,
    ],
  ])('says it in one sentence for %s', async (_, more, sentence) => {
    const faults = await faultsOf(more());
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(sentence);
  });

  it('says it of a password that many people use, before anybody signs in with it', async () => {
    expect(await faultsOf({ ADMIN_PASSWORD: 'football' })).toEqual([
      expect.stringMatching(
        /^ADMIN_PASSWORD is no password to begin with: Many people use this password.*a good one\.$/,
      ),
    ]);
  });

  it('only calls a port that is to be its own, and never listens on it for a look', async () => {
    connections = 0;
    await faultsOf({ PORT: String(takenPort) });
    expect(connections).toBe(1);
  });
});

describe('a start without its queue', () => {
  it('goes on and says so', async () => {
    const service = await start({ REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    expect(service.connected.notices).toEqual([
      expect.stringMatching(/^The Redis of REDIS_URL does not answer \(connect ECONNREFUSED .*\); comments are kept/),
    ]);
    await service.stop();
  });
});

describeOnRedis('a start on a Redis that throws keys away', (redisUrl) => {
  it('goes on and says so', async () => {
    const redis = new Redis(redisUrl);
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    try {
      const service = await start({ REDIS_URL: redisUrl });
      expect(service.connected.notices).toEqual([expect.stringContaining('maxmemory-policy allkeys-lru')]);
      await service.stop();
    } finally {
      await redis.config('SET', 'maxmemory-policy', 'noeviction');
      await redis.quit();
    }
  });
});
