import type { FaultStage } from '../harness/fault-stage.js';
import type { OpenLoop } from '../harness/open-loop.js';
import { Chance, rounds, tellsAll } from '../harness/rounds.js';

/* F4, F5, F7, F8: whatever becomes of Redis, submissions do not notice, and every comment gets its verdict. */

const P99_MS = 500;
const SCREENED_WITHIN_MS = 120_000;

const unproven = tellsAll ? it : it.skip;

export function redisRows(stage: () => FaultStage): void {
  const redis = (): NonNullable<FaultStage['parts']['redis']> => stage().parts.redis!;

  const kills = rounds(2, 100);
  it(
    'F4: does not notice that Redis is killed and comes back with its data',
    async () => {
      const chance = new Chance('F4');
      const drained: number[] = [];
      for (let round = 0; round < kills; round++) {
        const load = stage().load();
        await load.moreAcknowledged(chance.between(10, 80));
        await redis().kill();
        await load.moreAcknowledged(chance.between(10, 80));
        await redis().start();
        drained.push(await endWithoutNotice(stage(), load));
      }
      stage().tell(`F4: ${kills} kills, all screened after ${drained.join(', ')} ms`);
    },
    60_000 + kills * 60_000,
  );

  unproven(
    'F5: loses nothing when Redis comes back empty, twice in a row',
    async () => {
      const chance = new Chance('F5');
      const drained: number[] = [];
      for (let round = 0; round < kills; round++) {
        const load = stage().load();
        for (let again = 0; again < 2; again++) {
          await load.moreAcknowledged(chance.between(10, 60));
          await redis().kill();
          await load.moreAcknowledged(chance.between(10, 60));
          await redis().startEmpty();
        }
        drained.push(await endWithoutNotice(stage(), load));
      }
      stage().tell(`F5: ${2 * kills} losses, all screened after ${drained.join(', ')} ms`);
    },
    60_000 + kills * 90_000,
  );

  unproven.each(['frozen', 'half open'] as const)(
    'F7: is as quick with a Redis that is %s',
    async (how) => {
      for (let round = 0; round < rounds(1, 50); round++) {
        const load = stage().load();
        await load.moreAcknowledged(50);
        const calm = load.p99();
        const since = stage().history.entries.length;
        if (how === 'frozen') redis().freeze();
        else stage().parts.redisProxy!.isDeaf = true;
        await load.moreAcknowledged(rounds(150, 6_000), 120_000);
        const p99 = load.p99(since);
        if (how === 'frozen') redis().thaw();
        else stage().parts.redisProxy!.isDeaf = false;
        const drained = await endWithoutNotice(stage(), load);
        stage().tell(`F7, ${how}: p99 ${p99} ms, ${calm} ms before; all screened ${drained} ms after the end`);
        // A machine that is busy with other things is slow in calm too.
        expect(p99).toBeLessThan(Math.max(P99_MS, 2 * calm));
      }
    },
    rounds(180_000, 50 * 180_000),
  );

  unproven(
    'F8: does not notice a Redis that is full, nor one that throws jobs away',
    async () => {
      const load = stage().load();
      await load.moreAcknowledged(20);
      await redis().ask((client) => client.config('SET', 'maxmemory', '1'));
      await load.moreAcknowledged(100);
      await redis().ask((client) => client.config('SET', 'maxmemory-policy', 'allkeys-random'));
      await load.moreAcknowledged(50);
      await redis().ask((client) => client.config('SET', 'maxmemory', '0'));
      await redis().ask((client) => client.config('SET', 'maxmemory-policy', 'noeviction'));
      const drained = await endWithoutNotice(stage(), load);
      stage().tell(`F8: all screened after ${drained} ms`);
    },
    240_000,
  );
}

/** @returns how long the backlog took */
async function endWithoutNotice(stage: FaultStage, load: OpenLoop): Promise<number> {
  await load.stop();
  const drained = await stage.allScreened(SCREENED_WITHIN_MS);
  expect(load.of('failed').concat(load.of('unknown') as never[])).toEqual([]);
  expect(await stage.finish(load)).toEqual([]);
  expect(stage.isAlive).toBe(true);
  return drained;
}
