import { Agent, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import pg from 'pg';
import { QueueBackend } from '../../src/platform/queue/queue-backend.js';
import { EventStream } from '../support/event-stream.js';
import { freePort } from '../support/free-port.js';
import { eachBackend } from '../support/gates.js';
import { TestClient } from '../support/test-client.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import { OPERATOR, testEnvironment } from '../support/test-service.js';
import { waitUntil } from '../support/wait-until.js';
import { makeSubmitKey } from './all-screened.js';
import { startPatientLoad } from './patient-load.js';
import { RoundRobin } from './round-robin.js';
import { ServiceProcess } from './service-process.js';

/* F14: processes that are told to stop under load answer what they have taken, finish what they have begun, and end. */

const STOPPED_WITHIN_MS = 20_000;

eachBackend('processes that are told to stop', ({ redisUrl }) => {
  let database: TestDatabase;
  let environment: Record<string, string>;
  let processes: ServiceProcess[] = [];

  const start = async (more: Record<string, string>): Promise<ServiceProcess> => {
    const started = await ServiceProcess.start({ ...environment, ...more });
    processes.push(started);
    return started;
  };

  beforeEach(async () => {
    database = await openTestDatabase();
    environment = { ...testEnvironment(database), REDIS_URL: redisUrl };
    processes = [];
  });

  afterEach(async () => {
    await Promise.all(processes.map((process) => process.stop()));
    await database.close();
  });

  async function lostOf(acknowledged: ReadonlySet<string>): Promise<string[]> {
    const client = new pg.Client({ connectionString: database.urls.postgres });
    await client.connect();
    const { rows } = await client.query<{ id: string }>('select id from comment');
    await client.end();
    const stored = new Set(rows.map(({ id }) => id));
    return [...acknowledged].filter((id) => !stored.has(id));
  }

  it('fail no request that was taken, with an event stream and an idle connection open, and leave no job half done', async () => {
    const service = await start({ ROLE: 'all' });
    const operator = await new TestClient(service.url).signIn(OPERATOR.email, OPERATOR.password);
    const stream = await EventStream.open(`${service.url}/v1/sites/demo/moderation/events`, operator.credentials);
    const streamEnded = once(stream.response, 'close');
    const idle = new Agent({ keepAlive: true });
    const [first] = (await once(get(`${service.url}/health/live`, { agent: idle }), 'response')) as [IncomingMessage];
    first.resume();
    const load = startPatientLoad(service.url, await makeSubmitKey(service.url));
    await waitUntil(() => load.tally.acknowledged.size > 300, '300 comments are acknowledged', 30_000);
    const toldAt = performance.now();
    const code = await service.stop();
    const tookMs = performance.now() - toldAt;
    await load.stop();
    await streamEnded;
    idle.destroy();
    expect(load.tally.failed).toEqual([]);
    expect([...load.tally.answered.keys()].sort()).toEqual([200, 202]);
    expect(load.tally.refused).toBeGreaterThan(0);
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(STOPPED_WITHIN_MS);
    expect(await lostOf(load.tally.acknowledged)).toEqual([]);
    expect(await activeJobs(redisUrl, database)).toBe(0);
  }, 90_000);

  it('fail no request when two web processes are restarted one after the other behind a balancer', async () => {
    const ports = [await freePort(), await freePort()];
    const webs = [
      await start({ ROLE: 'web', PORT: String(ports[0]) }),
      await start({ ROLE: 'web', PORT: String(ports[1]) }),
    ];
    const balancer = await RoundRobin.open(ports);
    const load = startPatientLoad(balancer.url, await makeSubmitKey(balancer.url));
    for (const [index, web] of webs.entries()) {
      const { size } = load.tally.acknowledged;
      await waitUntil(() => load.tally.acknowledged.size > size + 200, '200 more are acknowledged', 30_000);
      expect(await web.stop()).toBe(0);
      await start({ ROLE: 'web', PORT: String(ports[index]) });
    }
    const { size } = load.tally.acknowledged;
    await waitUntil(() => load.tally.acknowledged.size > size + 200, '200 more are acknowledged', 30_000);
    await load.stop();
    await balancer.close();
    expect(load.tally.failed).toEqual([]);
    expect(load.tally.refused).toBe(0);
    expect([...load.tally.answered.keys()].sort()).toEqual([200, 202]);
    expect(await lostOf(load.tally.acknowledged)).toEqual([]);
  }, 120_000);

  it('say at once that they are not ready, and answer for as long as a balancer needs to notice', async () => {
    const service = await start({ ROLE: 'web', STOP_DELAY_SECONDS: '3' });
    const client = new TestClient(service.url);
    const ended = service.stop();
    await waitUntil(async () => (await client.get('/health/ready')).status === 503, 'it is not ready');
    expect((await client.get<{ checks: unknown }>('/health/ready')).body.checks).toMatchObject({ process: 'stopping' });
    expect((await client.get('/health/live')).status).toBe(200);
    expect((await client.comment('demo', '/a')).status).toBe(202);
    expect(await ended).toBe(0);
  }, 60_000);
});

async function activeJobs(redisUrl: string, database: TestDatabase): Promise<number> {
  const backend = new QueueBackend({ redisUrl, postgresUrl: database.urls.queue, poolSize: 2 }, () => undefined);
  const queue = await backend.openQueue('screening');
  const { active = 0 } = await queue.getJobCounts('active');
  await queue.close();
  await backend.close();
  return active;
}
