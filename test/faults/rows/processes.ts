import type { FaultStage } from '../harness/fault-stage.js';
import { Chance, rounds, tellsAll } from '../harness/rounds.js';

/* F1, F2, F3: a process is killed and another takes its place, by nobody's hand but the supervisor's. */

const RECHECKED_WITHIN_MS = 90_000;

const unproven = tellsAll ? it : it.skip;

export function processRows(stage: () => FaultStage): void {
  const kills = rounds(2, 200);
  unproven(
    'F1, F3: gives the same comment to the same key after a web process was killed, also between commit and answer and queue',
    async () => {
      const chance = new Chance('F1');
      let unknown = 0;
      for (let round = 0; round < kills; round++) {
        const load = stage().load();
        await load.moreAcknowledged(chance.between(10, 60));
        await chance.pause(0, 50);
        await stage().killAndReplace('web');
        await load.moreAcknowledged(20, 60_000);
        await load.stop();
        unknown += load.of('unknown').filter(({ why }) => why !== 'ECONNREFUSED').length;
        expect(await stage().finish(load)).toEqual([]);
      }
      stage().tell(`F1: ${kills} kills; ${unknown} submissions without an answer were sent again under their key`);
    },
    60_000 + kills * 90_000,
  );

  unproven(
    'F2: gives each comment one verdict when a worker is killed in the middle of its work',
    async () => {
      const chance = new Chance('F2');
      const drained: number[] = [];
      let midWork = 0;
      for (let round = 0; round < kills; round++) {
        const load = stage().load();
        await load.moreAcknowledged(chance.between(10, 60));
        await chance.pause(0, 200);
        await stage().workers[0]!.kill();
        await load.moreAcknowledged(20);
        await load.stop();
        midWork += await received(stage());
        stage().workers[0] = await stage().start('worker');
        drained.push(await stage().allScreened(RECHECKED_WITHIN_MS));
        expect(await stage().finish(load)).toEqual([]);
      }
      expect(midWork).toBeGreaterThan(0);
      stage().tell(
        `F2: ${kills} kills, ${midWork} left without a verdict, all screened after ${drained.join(', ')} ms`,
      );
    },
    60_000 + kills * 120_000,
  );

  unproven(
    'F13: lets a second worker take over from one that stands still beyond its locks, and fences the first',
    async () => {
      const second = await stage().start('worker');
      stage().workers.push(second);
      const load = stage().load();
      await load.moreAcknowledged(30);
      const first = stage().workers[0]!;
      first.freeze();
      await load.moreAcknowledged(50);
      await load.stop();
      await stage().allScreened(RECHECKED_WITHIN_MS);
      first.thaw();
      const again = stage().load();
      await again.moreAcknowledged(20);
      expect(await stage().finish(load)).toEqual([]);
      expect(await stage().finish(again)).toEqual([]);
      expect(stage().isAlive).toBe(true);
      await second.stop();
      stage().workers.pop();
    },
    240_000,
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
