import { PassThrough } from 'node:stream';
import { runWinnow } from '../../src/cli/run-winnow.js';
import { prepareDatabase } from '../../src/prepare-database.js';
import { freePort } from '../support/free-port.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import { testEnvironment } from '../support/test-service.js';
import { waitUntil } from '../support/wait-until.js';
import { expectScreenedOnce, makeSubmitKey } from './all-screened.js';
import { oldCommit, OldVersion } from './harness/old-version.js';
import { startPatientLoad, type PatientLoad } from './patient-load.js';
import { RoundRobin } from './round-robin.js';
import { ServiceProcess } from './service-process.js';

/*
 * F14 and F20: a new version takes the place of the old one under load. The database is migrated while the old version
 * works on it; then each process, web and worker, is replaced by one of the new version, the others going on beside it.
 */

const PHASE = 150;

(oldCommit === null ? describe.skip : describe)('a new version, under load', () => {
  let old: OldVersion;
  let database: TestDatabase;
  let environment: Record<string, string>;
  let processes: ServiceProcess[] = [];

  beforeAll(async () => {
    old = await OldVersion.build(oldCommit ?? '');
    database = await openTestDatabase();
    await forget(database, old.migrationsBehind);
    environment = {
      ...testEnvironment(database),
      SCREENING_SWEEP_AFTER_SECONDS: '2',
      SCREENING_SWEEP_EVERY_SECONDS: '1',
    };
  }, 180_000);

  afterAll(async () => {
    await Promise.all(processes.map((process) => process.stop()));
    await database.close();
    await old.remove();
  }, 60_000);

  const start = async (more: Record<string, string>, main?: string): Promise<ServiceProcess> => {
    const started = await ServiceProcess.start({ ...environment, ...more }, main);
    processes.push(started);
    return started;
  };
  const stop = async (process: ServiceProcess): Promise<void> => {
    expect(await process.stop()).toBe(0);
    processes = processes.filter((other) => other !== process);
  };

  it('fails no request and loses no comment, from the migration to the last process that is replaced', async () => {
    const ports = [await freePort(), await freePort()];
    const web = (index: number, main?: string): Promise<ServiceProcess> =>
      start({ ROLE: 'web', PORT: String(ports[index]) }, main);
    const oldWebs = [await web(0, old.main), await web(1, old.main)];
    const oldWorkers = [await start({ ROLE: 'worker' }, old.main), await start({ ROLE: 'worker' }, old.main)];
    const balancer = await RoundRobin.open(ports);
    const load = startPatientLoad(balancer.url, await makeSubmitKey(oldWebs[0]!.url), 12);
    await more(load);
    const migrating = performance.now();
    expect(await migrate(environment)).toContain('1');
    const migratedAfter = Math.round(performance.now() - migrating);
    await more(load);
    for (const [index, oldWeb] of oldWebs.entries()) {
      const worker = await start({ ROLE: 'worker' });
      await stop(oldWorkers[index]!);
      await more(load);
      await stop(oldWeb);
      await web(index);
      await more(load);
      expect(worker.isAlive).toBe(true);
    }
    await load.stop();
    await balancer.close();
    expect(load.tally.failed).toEqual([]);
    expect(load.tally.refused).toBe(0);
    expect([...load.tally.answered.keys()].sort()).toEqual([200, 202]);
    await expectScreenedOnce(database, load.tally.acknowledged);
    process.stderr.write(
      `F14, F20: ${old.migrationsBehind} migration behind, migrated in ${migratedAfter} ms; ${load.tally.answered.get(202)} submissions and ${load.tally.answered.get(200)} reads, none failed\n`,
    );
  }, 600_000);
});

/** As if the newest migrations did not exist yet. */
async function forget({ urls, superuser }: TestDatabase, newest: number): Promise<void> {
  const { rows } = await superuser.query<{ name: string }>('select name from migrations order by id');
  expect(newest).toBeGreaterThan(0);
  const older = rows.slice(0, -newest).map(({ name }) => name);
  await prepareDatabase({ ownerUrl: urls.owner, superuserUrl: urls.postgres, appRole: 'app' }, older);
}

/** @returns what the command says */
async function migrate(environment: Readonly<Record<string, string>>): Promise<string> {
  const out = new PassThrough();
  const streams = { in: new PassThrough(), out, err: out };
  const interrupted = new AbortController().signal;
  expect(await runWinnow(['migrate'], { ...streams, environment, interrupted })).toBe(0);
  return String(out.read());
}

async function more(load: PatientLoad): Promise<void> {
  const { size } = load.tally.acknowledged;
  await waitUntil(() => load.tally.acknowledged.size > size + PHASE, `${PHASE} more are acknowledged`, 60_000);
}
