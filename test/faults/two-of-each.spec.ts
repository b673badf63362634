import { describeOnRedis } from '../support/gates.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import { testEnvironment } from '../support/test-service.js';
import { waitUntil } from '../support/wait-until.js';
import { expectScreenedOnce, makeSubmitKey } from './all-screened.js';
import { PrivateRedis } from './harness/private-redis.js';
import { rounds } from './harness/rounds.js';
import { startLoad } from './load.js';
import { ServiceProcess } from './service-process.js';

/* G1 to G4 on PostgreSQL and Redis with two web processes and two workers, each killed while submissions come in. */

const ROUNDS = rounds(2, 20);
/** More than a round submits. */
const A_ROUND = 1_000_000;

describeOnRedis('two web processes and two workers', () => {
  let database: TestDatabase;
  let redis: PrivateRedis;
  const processes: ServiceProcess[] = [];
  let environment: Record<string, string>;

  const start = (role: 'web' | 'worker'): Promise<ServiceProcess> =>
    ServiceProcess.start({ ...environment, ROLE: role });

  beforeAll(async () => {
    database = await openTestDatabase();
    redis = await PrivateRedis.start();
    environment = {
      ...testEnvironment(database),
      REDIS_URL: redis.url,
      SCREENING_SWEEP_AFTER_SECONDS: '2',
      SCREENING_SWEEP_EVERY_SECONDS: '1',
    };
    for (const role of ['web', 'web', 'worker', 'worker'] as const) processes.push(await start(role));
  }, 180_000);

  afterAll(async () => {
    await Promise.all(processes.map((process) => process.stop()));
    await redis.remove();
    await database.close();
  });

  it(
    'lose nothing when a web process, a worker and Redis with its data are killed under load',
    async () => {
      const [web] = processes as [ServiceProcess];
      const key = await makeSubmitKey(web.url);
      const acknowledged = new Set<string>();
      for (let round = 0; round < ROUNDS; round++) {
        const urls = [processes[0]?.url ?? '', processes[1]?.url ?? ''];
        const load = startLoad(urls, key, 16, round * A_ROUND);
        const { size } = load.history.acknowledged;
        const more = (count: number): Promise<void> =>
          waitUntil(() => load.history.acknowledged.size >= size + count, `${count} more are acknowledged`, 30_000);
        await more(200);
        await processes[2]?.kill();
        await more(400);
        await redis.kill();
        await more(600);
        await processes[1]?.kill();
        await redis.startEmpty();
        await more(700);
        await load.stop();
        for (const id of load.history.acknowledged.values()) acknowledged.add(id);
        processes[1] = await start('web');
        processes[2] = await start('worker');
      }
      await expectScreenedOnce(database, acknowledged);
    },
    ROUNDS * 90_000 + 120_000,
  );
});
