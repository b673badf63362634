import { setTimeout as delay } from 'node:timers/promises';
import type { FaultStage } from '../harness/fault-stage.js';
import { Growth } from '../harness/growth.js';
import { Chance } from '../harness/rounds.js';
import { soakFaults } from '../harness/soak-faults.js';

/*
 * F22: submissions without end while one random fault follows another, and the judge at the end. Half a minute by
 * default; `npm run soak:hour` takes an hour, where the growth of memory begins to mean something.
 */

const MINUTES = Number(process.env.SOAK_MINUTES ?? 0.5);
const LASTS_MS = MINUTES * 60_000;
const FAULT_EVERY_MS = Math.min(120_000, LASTS_MS / 6);
const LOOK_EVERY_MS = Math.max(1_000, LASTS_MS / 240);
/** What was refused in all that time is sent again at the end. */
const SETTLED_WITHIN_MS = 60_000 + LASTS_MS / 2;

/** Two of each process, of which the first is never killed. */
export const SOAK_STAGE = { webs: 2, workers: 2 };

export function soakRow(stage: () => FaultStage): void {
  it(
    'loses no comment, gives each one verdict, and goes on by itself after each',
    async () => {
      const chance = new Chance('F22');
      const growth = new Growth(stage());
      const faults = soakFaults(stage());
      const had: string[] = [];
      const load = stage().load();
      const looking = setInterval(() => void growth.look(), LOOK_EVERY_MS);
      try {
        const endsAt = performance.now() + LASTS_MS;
        for (let turnsAt = performance.now(); turnsAt < endsAt; turnsAt += FAULT_EVERY_MS) {
          await load.moreAcknowledged(20, 60_000);
          await chance.pause(0, FAULT_EVERY_MS / 4);
          const fault = faults[chance.between(0, faults.length - 1)]!;
          had.push(fault.name);
          await fault.begin();
          await chance.pause(0, FAULT_EVERY_MS / 4);
          await fault.heal();
          // The rest of its turn is calm.
          await delay(Math.max(0, turnsAt + FAULT_EVERY_MS - performance.now()));
        }
        await load.moreAcknowledged(20, 60_000);
      } finally {
        clearInterval(looking);
        // Before the judge: an hour is not to be lost because one thing in it is wrong.
        stage().tell(`F22, ${MINUTES} min: ${load.summary}; ${growth.summary}; ${had.join(', ')}`);
      }
      expect(await stage().finish(load, SETTLED_WITHIN_MS)).toEqual([]);
      expect(stage().isAlive).toBe(true);
    },
    LASTS_MS + SETTLED_WITHIN_MS + 300_000,
  );
}
