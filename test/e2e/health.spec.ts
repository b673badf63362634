import { freePort } from '../support/free-port.js';
import { expectProblem } from '../support/problems.js';
import { openPostgresProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { asSuperuser } from '../support/test-accounts.js';
import { TestClient, type Answer } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { waitUntil } from '../support/wait-until.js';

/** Whatever is broken. */
const ANSWERED_WITHIN_MS = 2_000;

interface Health {
  readonly status: string;
  readonly checks: Readonly<Record<string, string>>;
}

async function timed(ask: () => Promise<Answer<Health>>): Promise<{ answer: Answer<Health>; tookMs: number }> {
  const start = performance.now();
  const answer = await ask();
  return { answer, tookMs: performance.now() - start };
}

describe('the health of a service that is well', () => {
  let service: TestService;
  const ready = (): Promise<Answer<Health>> => service.anonymous.get<Health>('/health/ready');

  beforeAll(async () => {
    service = await startTestService();
  });

  afterAll(() => service.close());

  it('is told with a word for each thing, and kept by no cache', async () => {
    const { status, headers, body } = await ready();
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    const words = { process: 'ok', database: 'ok', migrations: 'ok', news: 'ok', queue: 'ok', screening: 'ok' };
    expect(body).toEqual({ status: 'ok', checks: words });
    expect((await service.anonymous.get('/health/live')).body).toEqual({
      status: 'ok',
      checks: { process: 'ok', screening: 'ok' },
    });
  });

  it('is told to a prober that sends a bearer token of its own', async () => {
    const prober = service.anonymous.withKey('a token of the balancer');
    expect((await prober.get('/health/ready')).status).toBe(200);
    expect((await prober.get('/health/live')).status).toBe(200);
  });

  it('needs every migration of this version, and minds none of the next', async () => {
    await asSuperuser(service, `insert into migrations (timestamp, name) values (1, 'FromTheFuture')`);
    expect((await ready()).body).toMatchObject({ status: 'ok', checks: { migrations: 'ahead' } });
    const [last] = await asSuperuser<{ name: string }>(
      service,
      `delete from migrations where id = (select max(id) from migrations where name <> 'FromTheFuture') returning name`,
    );
    const answer = await ready();
    expectProblem(answer, 503, 'unavailable');
    expect(answer.body.checks).toMatchObject({ database: 'ok', migrations: 'behind' });
    expect(answer.headers.get('retry-after')).not.toBeNull();
    await asSuperuser(service, `update migrations set name = $1 where name = 'FromTheFuture'`, [last?.name]);
    expect((await ready()).status).toBe(200);
  });
});

describe('the health of a service whose database falls silent', () => {
  let service: TestService;
  let proxy: TcpProxy;

  beforeAll(async () => {
    service = await startTestService(
      {},
      {
        databaseUrl: async (app) => {
          const opened = await openPostgresProxy(app);
          proxy = opened.proxy;
          return opened.url;
        },
      },
    );
  });

  afterAll(async () => {
    proxy.isDeaf = false;
    proxy.cut();
    await service.close();
    await proxy.close();
  });

  it('is not ready and yet alive, says so in time, to many at once, and recovers', async () => {
    const { anonymous } = service;
    proxy.isDeaf = true;
    const asked = await Promise.all(
      Array.from({ length: 20 }, () => timed(() => anonymous.get<Health>('/health/ready'))),
    );
    for (const { answer, tookMs } of asked) {
      expectProblem(answer, 503, 'unavailable');
      expect(answer.body.checks).toMatchObject({ database: 'silent', migrations: 'unknown' });
      expect(tookMs).toBeLessThan(ANSWERED_WITHIN_MS);
    }
    const live = await timed(() => anonymous.get<Health>('/health/live'));
    expect(live.answer.status).toBe(200);
    expect(live.tookMs).toBeLessThan(ANSWERED_WITHIN_MS);
    const scrape = await timed(() => anonymous.get<Health>('/metrics'));
    expect(scrape.answer.status).toBe(200);
    expect(scrape.tookMs).toBeLessThan(ANSWERED_WITHIN_MS);
    expect(scrape.answer.text).toMatch(/^winnow_scrape_ok\{source="database"\} 0$/m);
    expect(scrape.answer.text).not.toMatch(/^winnow_oldest_received_seconds /m);
    proxy.isDeaf = false;
    await waitUntil(async () => (await anonymous.get('/health/ready')).status === 200, 'it is ready again', 30_000);
  }, 60_000);
});

describe('the health of a service whose queue is away', () => {
  it('is ready, degraded, and takes comments', async () => {
    const service = await startTestService({ REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    try {
      const { answer, tookMs } = await timed(() => service.anonymous.get<Health>('/health/ready'));
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ status: 'degraded', checks: { queue: 'away', database: 'ok' } });
      expect(tookMs).toBeLessThan(ANSWERED_WITHIN_MS);
      expect((await service.anonymous.comment('demo', '/a')).status).toBe(202);
      const { text } = await service.anonymous.get('/metrics');
      expect(text).toMatch(/^winnow_scrape_ok\{source="queue screening"\} 0$/m);
      expect(text).not.toMatch(/^winnow_queue_depth\{/m);
    } finally {
      await service.close();
    }
  }, 60_000);
});

describe('a worker', () => {
  it('shows health and metrics on its own port, and nothing else', async () => {
    const service = await startTestService({ METRICS_TOKEN: 'a-token-of-the-tests' });
    try {
      const port = await freePort();
      const worker = await service.another({ ROLE: 'worker', WORKER_PORT: String(port) });
      expect(worker.workerUrl).toBe(`http://127.0.0.1:${port}`);
      const client = new TestClient(worker.workerUrl ?? '');
      expect((await client.get('/health/live')).body).toMatchObject({ status: 'ok', checks: { screening: 'ok' } });
      expect((await client.get('/health/ready?x=1')).body).toMatchObject({ status: 'ok', checks: { database: 'ok' } });
      expect((await client.get('/metrics')).status).toBe(401);
      const scrape = await client.withKey('a-token-of-the-tests').get('/metrics');
      expect(scrape.text).toMatch(/^winnow_queue_depth\{queue="screening"\} \d+$/m);
      expectProblem(await client.get('/v1/session'), 404, 'not-found');
      expectProblem(await client.get('/__proto__'), 404, 'not-found');
      expectProblem(await client.post('/health/live'), 405, 'method-not-allowed');
    } finally {
      await service.close();
    }
  }, 60_000);
});
