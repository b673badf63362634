import { setTimeout as delay } from 'node:timers/promises';
import { swallowAnswersOfPostgres, teach } from '../harness/acts.js';
import type { FaultStage } from '../harness/fault-stage.js';
import { Chance, rounds } from '../harness/rounds.js';

/* F1, F2, F3: a process is killed and another takes its place, by nobody's hand but the supervisor's. */

const RECHECKED_WITHIN_MS = 90_000;

/** Longer than BullMQ's lock of 30 s. */
const STANDS_STILL_MS = 45_000;
const TAUGHT = 20;

export function processRows(stage: () => FaultStage): void {
  const kills = rounds(2, 200);
  it(
    'F1, F3: gives the same comment to the same key after a web process was killed, also between commit and answer and queue',
    async () => {
      const chance = new Chance('F1');
      const drained: number[] = [];
      let [unknown, untold] = [0, 0];
      for (let round = 0; round < kills; round++) {
        const load = stage().load();
        await load.moreAcknowledged(chance.between(10, 60));
        if (round % 2 === 0) await chance.pause(0, 50);
        else untold += await swallowAnswersOfPostgres(stage(), load);
        await stage().webs[0]!.kill();
        stage().hearPostgresAgain();
        stage().webs[0] = await stage().start('web');
        await load.moreAcknowledged(20, 60_000);
        await load.stop();
        unknown += load.of('unknown').filter(({ why }) => why !== 'ECONNREFUSED').length;
        drained.push(await stage().allScreened());
        expect(await stage().finish(load)).toEqual([]);
      }
      expect(untold).toBeGreaterThan(0);
      stage().tell(
        `F1, F3: ${kills} kills; ${unknown} submissions without an answer were sent again under their key, ` +
          `${untold} of them committed; all screened after ${drained.join(', ')} ms`,
      );
    },
    60_000 + kills * 90_000,
  );

  const ends = rounds(1, 200);
  it(
    'F2: gives each comment one verdict and counts each lesson once when a worker is killed in the middle of its work',
    async () => {
      const chance = new Chance('F2');
      const drained: number[] = [];
      let [midWork, unlearned] = [0, 0];
      for (let round = 0; round < ends; round++) {
        const load = stage().load();
        await load.moreAcknowledged(chance.between(TAUGHT, 60));
        await teach(stage(), load, TAUGHT);
        await chance.pause(0, 200);
        await stage().workers[0]!.kill();
        await load.moreAcknowledged(20);
        await load.stop();
        midWork += await received(stage());
        unlearned += await stage().count('select coalesce(sum(decided_seq - learned_seq), 0) n from site_counter');
        stage().workers[0] = await stage().start('worker');
        drained.push(await stage().allScreened(RECHECKED_WITHIN_MS));
        expect(await stage().finish(load)).toEqual([]);
      }
      expect(midWork).toBeGreaterThan(0);
      stage().tell(
        `F2: ${ends} kills, ${midWork} left without a verdict and ${unlearned} events unlearned, ` +
          `all screened after ${drained.join(', ')} ms`,
      );
    },
    60_000 + ends * 120_000,
  );

  const stops = rounds(1, 50);
  it(
    'F13: lets a second worker take over from one that stands still beyond its locks, and fences the first',
    async () => {
      const second = await stage().start('worker');
      stage().workers.push(second);
      const drained: number[] = [];
      let held = 0;
      for (let round = 0; round < stops; round++) {
        const load = stage().load();
        await load.moreAcknowledged(30);
        await teach(stage(), load, TAUGHT);
        stage().workers[0]!.freeze();
        const frozenAt = performance.now();
        await load.moreAcknowledged(50);
        await load.stop();
        held += await received(stage());
        drained.push(await stage().allScreened(RECHECKED_WITHIN_MS));
        // So long the fault lasts.
        await delay(Math.max(0, STANDS_STILL_MS - (performance.now() - frozenAt)));
        expect(await stage().finish(load)).toEqual([]);
        stage().workers[0]!.thaw();
        const again = stage().load();
        await again.moreAcknowledged(20);
        expect(await stage().finish(again)).toEqual([]);
      }
      expect(stage().isAlive).toBe(true);
      await second.stop();
      stage().workers.pop();
      stage().tell(`F13: ${stops} times, ${held} waited, all screened by the other after ${drained.join(', ')} ms`);
    },
    120_000 + stops * 180_000,
  );

  const keys = rounds(10, 1_000);
  it(
    'F19: stores one comment for fifty submissions with one key at once, however often that is tried',
    async () => {
      const load = stage().load({ perSecond: 0.001 });
      for (let n = 0; n < keys; n++) await load.storm(50);
      const stored = await stage().finish(load);
      expect(stored).toEqual([]);
      const statuses = new Set(load.of('failed').map(({ status }) => status));
      statuses.delete(409);
      expect([...statuses]).toEqual([]);
      expect(load.of('unknown')).toEqual([]);
    },
    60_000 + keys * 5_000,
  );
}

function received(stage: FaultStage): Promise<number> {
  return stage.count("select count(*) n from comment where status = 'received'");
}
