import { PassThrough } from 'node:stream';
import pg from 'pg';
import { runWinnow } from '../../src/cli/run-winnow.js';
import { TestClient } from '../support/test-client.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import { OPERATOR, testEnvironment } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';
import { rounds } from './harness/rounds.js';
import { ServiceProcess } from './service-process.js';

/* G3, G6: a worker killed between a decision and its learning, or in the middle of it, with the queue lost besides. */

const ROUNDS = rounds(3, 100);
const A_ROUND = 100;

describe('a worker that is killed while it learns', () => {
  let database: TestDatabase;
  let postgres: pg.Client;
  let web: ServiceProcess;
  let worker: ServiceProcess;

  const start = (role: 'web' | 'worker'): Promise<ServiceProcess> =>
    ServiceProcess.start({ ...testEnvironment(database), ROLE: role, SCREENING_SWEEP_EVERY_SECONDS: '1' });
  const count = async (sql: string): Promise<number> => Number((await postgres.query<{ n: string }>(sql)).rows[0]?.n);

  beforeAll(async () => {
    database = await openTestDatabase();
    postgres = new pg.Client({ connectionString: database.urls.postgres });
    await postgres.connect();
    web = await start('web');
    worker = await start('worker');
  }, 60_000);

  afterAll(async () => {
    await Promise.all([web.stop(), worker.stop()]);
    await postgres.end();
    await database.close();
  });

  it(
    'loses no decision and counts none twice; the next worker learns the rest by its sweep',
    async () => {
      const anonymous = new TestClient(web.url);
      const operator = await anonymous.signIn(OPERATOR.email, OPERATOR.password);
      const site = TestSite.known('demo', operator, anonymous);
      let killedBefore = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const ids = await site.submitMany(A_ROUND, '/demo');
        // The first round is decided when nobody is there to learn it, the others as the worker dies.
        if (round === 0) await worker.kill();
        const answer = operator.post(site.path('/moderation/decisions'), {
          action: round % 2 === 0 ? 'spam' : 'publish',
          ids,
        });
        if (round > 0) {
          await waitUntil(
            async () => (await isBehind()) || (await learned()) === (round + 1) * A_ROUND,
            'it is decided',
          );
          await worker.kill();
        }
        expect((await answer).status).toBe(200);
        if ((await learned()) < (round + 1) * A_ROUND) killedBefore++;
        await postgres.query('delete from bullmq.job');
        worker = await start('worker');
        await waitUntil(async () => !(await isBehind()), 'the sweep has learned all', 30_000);
        expect(await learned()).toBe((round + 1) * A_ROUND);
      }
      expect(killedBefore).toBeGreaterThan(0);
      expect(await relearn()).toMatch(/^demo: \d+ examples, \d+ of spam and \d+ of ham\.\n[^]*The same to the byte/);
    },
    ROUNDS * 60_000,
  );

  const learned = (): Promise<number> => count('select count(*) n from learned_comment');
  const isBehind = async (): Promise<boolean> =>
    (await count('select count(*) n from site_counter where decided_seq > learned_seq')) > 0;

  async function relearn(): Promise<string> {
    const out = new PassThrough();
    const environment = testEnvironment(database);
    const interrupted = new AbortController().signal;
    const streams = { in: new PassThrough(), out, err: new PassThrough() };
    expect(await runWinnow(['relearn', 'demo'], { ...streams, environment, interrupted })).toBe(0);
    return String(out.read());
  }
});
