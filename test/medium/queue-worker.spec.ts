import { setTimeout as delay } from 'node:timers/promises';
import { QueueBackend, type OpenWorker } from '../../src/platform/queue/queue-backend.js';
import { openPostgresProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitUntil } from '../support/wait-until.js';

describe('a worker that begins while PostgreSQL turns it away', () => {
  let files: TestDatabase;
  let proxy: TcpProxy;
  let backend: QueueBackend;
  let worker: OpenWorker | null = null;
  const troubles: string[] = [];

  beforeAll(async () => {
    files = await openTestDatabase();
    const opened = await openPostgresProxy(files.urls.queue);
    proxy = opened.proxy;
    backend = new QueueBackend({ redisUrl: '', postgresUrl: opened.url, poolSize: 4 }, (error) => {
      troubles.push(error.message);
    });
  });
  afterAll(async () => {
    await worker?.close();
    await backend.close();
    await proxy.close();
    await files.close();
  });

  it('leaves the others their turn, is there when PostgreSQL comes, and says what was wrong', async () => {
    const done: unknown[] = [];
    proxy.refuses = true;
    worker = backend.openWorker<{ n: number }>('a-queue', (job) => Promise.resolve(void done.push(job.data.n)), {
      concurrency: 1,
    });
    await delay(1_500);
    expect(troubles.length).toBeGreaterThan(0);
    // Once a second, and not as fast as it can.
    expect(troubles.length).toBeLessThan(20);
    proxy.refuses = false;
    const queue = await backend.openQueue('a-queue');
    await queue.addBulk([{ name: 'one', data: { n: 1 } }]);
    await waitUntil(() => done.length === 1, 'the job is done');
    await queue.close();
  });

  it('can be closed before it has begun', async () => {
    proxy.refuses = true;
    const early = backend.openWorker('a-queue', () => Promise.resolve(), { concurrency: 1 });
    await early.close();
    proxy.refuses = false;
  });
});
