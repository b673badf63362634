import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type pg from 'pg';
import { SystemClock } from '../../src/platform/clock.js';
import { newId, type CommentId, type SiteId } from '../../src/platform/ids.js';
import { SiteModels } from '../../src/learning/site-models.js';
import { SiteRules } from '../../src/rules/site-rules.js';
import { ScreenCommentsJob } from '../../src/screening/screen-comments.job.js';
import { ScreeningSites } from '../../src/screening/screening-sites.js';
import { SiteDirectory } from '../../src/sites/site-directory.js';
import { describeOnRedis, eachBackend, type QueueServer } from '../support/gates.js';
import { startRedis } from '../support/redis-server.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import type { RunningService } from '../../src/start.js';
import { startServiceHere } from '../support/service-here.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestStage } from '../support/test-stage.js';
import { waitUntil } from '../support/wait-until.js';

const QUICK_SWEEP = { SCREENING_SWEEP_AFTER_SECONDS: '1', SCREENING_SWEEP_EVERY_SECONDS: '1' };

let serial = 0;

/** Submits so many comments to the demo site. @returns the time of the slowest answer, in milliseconds */
async function submit(service: TestService, count: number): Promise<number> {
  const times = await Promise.all(
    Array.from({ length: count }, async () => {
      const start = performance.now();
      const answer = await service.anonymous.comment('demo', '/demo', {
        body: `Comment number ${++serial}, all mine.`,
      });
      if (answer.status !== 202) throw new Error(`${answer.status}: ${answer.text}`);
      return performance.now() - start;
    }),
  );
  return Math.max(...times);
}

async function withClient<T>(service: TestService, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await service.database.superuser.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

async function statuses(service: TestService): Promise<Record<string, number>> {
  const { rows } = await withClient(service, (client) =>
    client.query<{ status: string; count: number }>('select status, count(*)::int from comment group by status'),
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

function untilScreened(service: TestService, withinMs = 15_000): Promise<void> {
  return waitUntil(async () => !('received' in (await statuses(service))), 'every comment has a verdict', withinMs);
}

/** Each comment has exactly one verdict. */
async function expectOneVerdictEach(service: TestService): Promise<void> {
  const { rows } = await withClient(service, (client) =>
    client.query(`select comment_id from comment_event where action = 'screening' group by 1 having count(*) <> 1`),
  );
  expect(rows).toEqual([]);
}

const makeDue = (service: TestService): Promise<unknown> =>
  withClient(service, (client) => client.query(`update comment set next_sweep_at = now() where status = 'received'`));

async function wipe(service: TestService, { name, redisUrl }: QueueServer): Promise<void> {
  if (name === 'redis') {
    const redis = new Redis(redisUrl);
    await redis.flushdb();
    await redis.quit();
    return;
  }
  await withClient(service, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c
        where relnamespace = 'bullmq'::regnamespace and relkind = 'r' and relname not like '%migration%'`,
    );
    // Who waits shortest gives way when two wait for each other: then it is a job of the queue, which must survive that.
    await client.query(`set deadlock_timeout = '20s'`);
    await client.query(`truncate ${rows.map((row) => row.name).join(', ')} cascade`);
    await client.query('reset deadlock_timeout');
  });
}

eachBackend('screening', (backend) => {
  const environment = { REDIS_URL: backend.redisUrl };
  let service: TestService;

  afterEach(() => service.close());

  it('gives every comment its verdict soon, and each one only', async () => {
    service = await startTestService(environment);
    await submit(service, 50);
    await untilScreened(service, 8_000);
    expect(await statuses(service)).toEqual({ pending: 50 });
    await expectOneVerdictEach(service);
  });

  it('does no harm when jobs run twice, are stale or make no sense', async () => {
    const here = await startServiceHere({ ...environment, ROLE: 'web' });
    service = here;
    await submit(service, 20);
    const { rows } = await withClient(service, (client) =>
      client.query<{ pair: [string, string] }>('select json_build_array(site_id, id) as pair from comment'),
    );
    const data = { comments: rows.map(({ pair }) => pair) };
    const queue = await here.running.connected.platform.queue.openQueue('screening');
    await queue.addBulk([
      { name: 'screen-comments', data },
      { name: 'screen-comments', data },
      { name: 'screen-comments', data: { comments: [[newId<SiteId>(), newId<CommentId>()]] } },
      { name: 'screen-comments', data: { comments: [] } },
      { name: 'screen-comments', data: {} },
      { name: 'no-such-job', data },
      { name: 'screen-comments', data },
    ]);
    await queue.close();
    await service.another({ ROLE: 'worker' });
    await untilScreened(service);
    await submit(service, 5);
    await untilScreened(service);
    await expectOneVerdictEach(service);
  });

  it('waits for a worker and then needs no sweep', async () => {
    service = await startTestService({ ...environment, ROLE: 'web' });
    await submit(service, 30);
    expect(await statuses(service)).toEqual({ received: 30 });
    await service.another({ ROLE: 'worker' });
    await untilScreened(service, 8_000);
  });

  it('brings everything after the queue was wiped (G2)', async () => {
    const here = await startServiceHere({ ...environment, ...QUICK_SWEEP, ROLE: 'web' });
    service = here;
    await submit(service, 40);
    await waitUntil(() => hasJobs(here), 'the jobs are in the queue');
    await wipe(service, backend);
    await service.another({ ...QUICK_SWEEP, ROLE: 'worker' });
    await untilScreened(service);
    await expectOneVerdictEach(service);
    await wipe(service, backend);
    await submit(service, 10);
    await untilScreened(service);
  });

  it('by two workers at once gives each comment one verdict', async () => {
    service = await startTestService({ ...environment, ...QUICK_SWEEP, ROLE: 'web' });
    await service.another({ ...QUICK_SWEEP, ROLE: 'worker' });
    await service.another({ ...QUICK_SWEEP, ROLE: 'worker' });
    for (let round = 0; round < 5; round++) {
      await submit(service, 40);
      await makeDue(service);
    }
    await untilScreened(service);
    await expectOneVerdictEach(service);
    expect(await statuses(service)).toEqual({ pending: 200 });
  });
});

async function hasJobs(service: TestService<RunningService>): Promise<boolean> {
  const queue = await service.running.connected.platform.queue.openQueue('screening');
  const counts = await queue.getJobCounts('waiting', 'prioritized', 'delayed');
  await queue.close();
  return Object.values(counts).some((count) => count > 0);
}

describe('without a Redis where one should be', () => {
  it.each([{}, { SUBMIT_LIMIT_PER_MINUTE: '100000', SUBMIT_SITE_LIMIT_PER_MINUTE: '0' }])(
    'no submission waits, with %j',
    async (limits) => {
      const service = await startTestService({ REDIS_URL: 'redis://127.0.0.1:1', ...limits });
      try {
        await submit(service, 5);
        const slowest = await submit(service, 50);
        expect(slowest).toBeLessThan(1_500);
        expect(await statuses(service)).toEqual({ received: 55 });
      } finally {
        const start = performance.now();
        await service.close();
        expect(performance.now() - start).toBeLessThan(10_000);
      }
    },
  );
});

describeOnRedis('a Redis that dies', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-redis-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const portOf = (redis: { url: string }): number => Number(new URL(redis.url).port);

  it('before the worker begins finds it waiting when it comes', async () => {
    const proxy = await TcpProxy.open({ port: 1, host: '127.0.0.1' });
    const service = await startTestService({ REDIS_URL: `redis://127.0.0.1:${proxy.port}`, ...QUICK_SWEEP });
    const redis = await startRedis(folder);
    try {
      await submit(service, 20);
      expect(await statuses(service)).toEqual({ received: 20 });
      proxy.target = { port: portOf(redis!), host: '127.0.0.1' };
      await waitUntil(
        async () => {
          await makeDue(service);
          return !('received' in (await statuses(service)));
        },
        'every comment has a verdict',
        15_000,
      );
      await expectOneVerdictEach(service);
    } finally {
      await service.close();
      await proxy.close();
      await redis!.stop();
    }
  }, 40_000);

  it('and comes back empty costs no comment, and no submission its speed (F5)', async () => {
    const first = await startRedis(folder);
    const proxy = await TcpProxy.open({ port: portOf(first!), host: '127.0.0.1' });
    const service = await startTestService({ REDIS_URL: `redis://127.0.0.1:${proxy.port}`, ...QUICK_SWEEP });
    try {
      await submit(service, 20);
      await untilScreened(service);
      await first!.stop();
      expect(await submit(service, 30)).toBeLessThan(1_500);
      const second = await startRedis(folder);
      proxy.target = { port: portOf(second!), host: '127.0.0.1' };
      await makeDue(service);
      await waitUntil(
        async () => {
          await makeDue(service);
          return !('received' in (await statuses(service)));
        },
        'every comment has a verdict',
        15_000,
      );
      await expectOneVerdictEach(service);
      await service.close();
      await second!.stop();
    } finally {
      await first!.stop();
      await proxy.close();
    }
  }, 40_000);

  it('half, and never answers, costs no submission its speed (F7)', async () => {
    const redis = await startRedis(folder);
    const proxy = await TcpProxy.open({ port: portOf(redis!), host: '127.0.0.1' });
    const service = await startTestService({
      REDIS_URL: `redis://127.0.0.1:${proxy.port}`,
      SUBMIT_LIMIT_PER_MINUTE: '100000',
      SUBMIT_SITE_LIMIT_PER_MINUTE: '0',
      ...QUICK_SWEEP,
    });
    try {
      await submit(service, 10);
      await untilScreened(service);
      proxy.isDeaf = true;
      expect(await submit(service, 30)).toBeLessThan(1_500);
      proxy.isDeaf = false;
      // What a network does at last to connections that nobody answers on.
      proxy.cut();
      await waitUntil(
        async () => {
          await makeDue(service);
          return !('received' in (await statuses(service)));
        },
        'every comment has a verdict',
        15_000,
      );
    } finally {
      await service.close();
      await proxy.close();
      await redis!.stop();
    }
  }, 40_000);
});

function makeJob({ database, changes, mover, watch, secrets }: TestStage): ScreenCommentsJob {
  const directory = new SiteDirectory(database, changes);
  const sites = new ScreeningSites(directory, new SiteRules(database, changes), secrets, new SiteModels());
  return new ScreenCommentsJob(database, sites, mover, new SystemClock(), watch);
}

describe('one comment that cannot be moved at all', () => {
  it('does not hold up its neighbours', async () => {
    const stage = await TestStage.open();
    try {
      const site = await stage.addSite();
      const job = makeJob(stage);
      const before = await stage.receive(site, 10);
      const poison = await stage.receive(site, 1, { body: 'poison' });
      const after = await stage.receive(site, 10);
      await stage.postgres.query(
        `alter table comment add constraint no_poison check (body <> 'poison' or status = 'received')`,
      );
      const comments = [...before, ...poison, ...after].map((id) => [site.id, id] as const);
      // That it fails is right, or the sweep's trouble would never be seen; but only for the one.
      await job.run({ comments }).catch(() => undefined);
      // Twenty in one minute from one author may be put away; what counts is that all twenty have their verdict.
      const { received, pending = 0, spam = 0 } = await stage.countByStatus(site.id);
      expect({ received, screened: pending + spam }).toEqual({ received: 1, screened: 20 });
    } finally {
      await stage.close();
    }
  });

  it('because the database refuses its verdict goes to a person', async () => {
    const stage = await TestStage.open();
    try {
      const site = await stage.addSite({ moderation: 'none' });
      const job = makeJob(stage);
      const ids = [...(await stage.receive(site, 5)), ...(await stage.receive(site, 1, { body: 'poison' }))];
      await stage.postgres.query(
        `alter table comment add constraint no_poison check (body <> 'poison' or status <> 'published')`,
      );
      expect(await job.run({ comments: ids.map((id) => [site.id, id] as const) })).toBe(6);
      expect(await stage.countByStatus(site.id)).toEqual({ published: 5, pending: 1 });
    } finally {
      await stage.close();
    }
  });
});
