import { FaultStage } from './harness/fault-stage.js';
import type { OpenLoop } from './harness/open-loop.js';
import { Chance, rounds } from './harness/rounds.js';
import { eachBackend } from '../support/gates.js';
import { postgresTarget } from '../support/tcp-proxy.js';
import { waitUntil } from '../support/wait-until.js';

/* F9: the postmaster is killed under load, in the middle of commits, and started again on what the disk holds. */

const ROUNDS = rounds(2, 100);
const BACK_WITHIN_MS = 10_000;

eachBackend('a PostgreSQL whose postmaster is killed', ({ name }) => {
  let stage: FaultStage;

  beforeAll(async () => {
    stage = await FaultStage.open({ queue: name, ownPostgres: true });
  }, 120_000);

  afterAll(() => stage.close());

  it(
    'costs no acknowledged comment; what it could not say is 503, and it goes on by itself within 10 s',
    async () => {
      const chance = new Chance('F9');
      const backAfterMs: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const load = stage.load();
        await load.moreAcknowledged(chance.between(50, 250));
        await stage.ownPostgres!.kill();
        await waitUntil(() => refused(load) > 20, 'submissions are refused');
        await stage.ownPostgres!.restart();
        stage.parts.postgres.target = postgresTarget(stage.ownPostgres!.urls.app);
        const startedAt = performance.now();
        await load.moreAcknowledged(50, BACK_WITHIN_MS);
        backAfterMs.push(Math.round(performance.now() - startedAt));
        expect(await stage.finish(load)).toEqual([]);
        expect([...new Set(load.of('failed').map(({ status }) => status))]).toEqual([503]);
        expect(load.of('failed').every(({ retryAfter }) => retryAfter !== null)).toBe(true);
        expect(load.of('unknown')).toEqual([]);
      }
      expect([...stage.webs, ...stage.workers].every((process) => process.isAlive)).toBe(true);
      process.stderr.write(`F9 on ${name}: 50 more acknowledged after ${backAfterMs.join(', ')} ms\n`);
    },
    60_000 + ROUNDS * 60_000,
  );
});

function refused(load: OpenLoop): number {
  return load.of('failed').length + load.of('unknown').length;
}
