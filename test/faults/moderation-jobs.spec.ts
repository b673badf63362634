import pg from 'pg';
import { TestClient } from '../support/test-client.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import { OPERATOR, testEnvironment } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';
import { ServiceProcess } from './service-process.js';

/* G3: a worker killed in the middle of a large act, with the queue lost besides. */

const COMMENTS = 2_000;

describe('a worker that is killed in the middle of a large act', () => {
  let database: TestDatabase;
  let postgres: pg.Client;
  let web: ServiceProcess;
  let worker: ServiceProcess;

  const start = (role: 'web' | 'worker'): Promise<ServiceProcess> =>
    ServiceProcess.start({ ...testEnvironment(database), ROLE: role, SCREENING_SWEEP_EVERY_SECONDS: '1' });
  const count = async (sql: string): Promise<number> => Number((await postgres.query<{ n: string }>(sql)).rows[0]?.n);
  const done = (): Promise<number> => count('select coalesce(max(done), 0) as n from moderation_job');

  beforeAll(async () => {
    database = await openTestDatabase();
    postgres = new pg.Client({ connectionString: database.urls.postgres });
    await postgres.connect();
    web = await start('web');
    worker = await start('worker');
  }, 120_000);

  afterAll(async () => {
    await Promise.all([web.stop(), worker.stop()]);
    await postgres.end();
    await database.close();
  });

  it('has lost nothing and decided nothing twice: the next goes on where it was', async () => {
    const anonymous = new TestClient(web.url);
    const operator = await anonymous.signIn(OPERATOR.email, OPERATOR.password);
    const site = TestSite.known('demo', operator, anonymous);
    for (let sent = 0; sent < COMMENTS; sent += 200) await site.submitMany(200, '/demo');
    const order = { action: 'reject', filter: { status: 'pending' } };
    const { body: job } = await operator.post<{ id: string }>(site.path('/moderation/jobs'), order);
    for (let kills = 0; kills < 3; kills++) {
      const before = await done();
      await waitUntil(async () => (await done()) > before || (await done()) === COMMENTS, 'it goes on', 60_000);
      await worker.kill();
      expect(await count(`select count(*) as n from comment where status = 'rejected'`)).toBe(await done());
      await postgres.query('delete from bullmq.job');
      await postgres.query('update moderation_job set next_sweep_at = now()');
      worker = await start('worker');
    }
    await waitUntil(async () => (await done()) === COMMENTS, 'the job is done', 60_000);
    const { body } = await operator.get(site.path(`/moderation/jobs/${job.id}`));
    expect(body).toMatchObject({ state: 'done', total: COMMENTS, moved: COMMENTS, refused: 0 });
    const twice = `select count(*) as n from (select 1 from comment_event where action = 'reject'
                    group by site_id, comment_id having count(*) > 1) t`;
    expect(await count(twice)).toBe(0);
  }, 300_000);
});
