import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { eachBackend } from '../support/gates.js';
import type { TestClient } from '../support/test-client.js';
import { waitUntil } from '../support/wait-until.js';
import { teach } from './harness/acts.js';
import { FaultStage } from './harness/fault-stage.js';
import type { OpenLoop } from './harness/open-loop.js';
import { rounds } from './harness/rounds.js';

/* F18: the machine's time of day is set an hour ahead and an hour back under load. PostgreSQL's own stays as it is. */

const PRELOAD = pathToFileURL(join(import.meta.dirname, '../support/shifted-clock.js')).href;
const HOUR_MS = 3_600_000;
const JUMPS = rounds(1, 10);
/** As after any fault. */
const SCREENED_WITHIN_MS = 120_000;

eachBackend('a clock that jumps by an hour', ({ name }) => {
  let stage: FaultStage;
  let folder: string;

  const setClock = (offsetMs: number): Promise<void> => writeFile(join(folder, 'offset'), `${offsetMs}`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-clock-'));
    await setClock(0);
    const environment = { NODE_OPTIONS: `--import ${PRELOAD}`, CLOCK_OFFSET_FILE: join(folder, 'offset') };
    stage = await FaultStage.open({ queue: name, environment });
  }, 300_000);

  afterEach(() => stage.calmDown(), 60_000);

  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  /** Both a web process and a worker write the new time. */
  async function jump(offsetMs: number): Promise<void> {
    await setClock(offsetMs);
    const lateBy = (action: string): Promise<number> =>
      stage.count(
        `select 1000 * extract(epoch from at - now()) n from comment_event
          where action = '${action}' order by age(xmin) limit 1`,
      );
    const isThere = async (action: string): Promise<boolean> => Math.abs((await lateBy(action)) - offsetMs) < 60_000;
    await waitUntil(
      async () => (await isThere('submit')) && (await isThere('screening')),
      'the clock has jumped for both',
      SCREENED_WITHIN_MS,
    );
  }

  async function expectNothingExpired(load: OpenLoop, operator: TestClient): Promise<void> {
    await load.moreAcknowledged(50);
    await load.repeat(10);
    expect((await operator.get('/v1/sites/demo/moderation/summary')).status).toBe(200);
    await teach(stage, load, 20);
    // What came before the jump is not forgotten: a worker gives verdicts, and what waits grows no more.
    await stage.progress(SCREENED_WITHIN_MS);
  }

  it(
    'lets nothing expire early, leaves no hole in an order, and loses nobody',
    async () => {
      const operator = await stage.signIn();
      const screened: number[] = [];
      for (let round = 0; round < JUMPS; round++) {
        const load = stage.load();
        await load.moreAcknowledged(50);
        for (const hours of [1, -1, 0]) {
          await jump(hours * HOUR_MS);
          await expectNothingExpired(load, operator);
        }
        expect([...load.of('failed'), ...load.of('unknown')].slice(0, 3)).toEqual([]);
        await load.stop();
        screened.push(await stage.allScreened(SCREENED_WITHIN_MS));
        expect(await stage.finish(load)).toEqual([]);
      }
      expect(stage.isAlive).toBe(true);
      stage.tell(`F18: ${3 * JUMPS} jumps, all screened after ${screened.join(', ')} ms`);
    },
    60_000 + JUMPS * 240_000,
  );
});
