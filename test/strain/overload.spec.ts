import { FloodClient } from './harness/flood.js';
import { FaultStage } from '../faults/harness/fault-stage.js';
import { percentile } from '../faults/harness/history.js';
import { residentMiB } from './harness/process-metrics.js';
import { rounds } from '../faults/harness/rounds.js';

/* More submissions than the machine can take: what is too much is told so at once, and readers do not notice. */

const CLIENTS = 1_000;
/** G10. */
const ANSWERED_WITHIN_MS = 15_000;
/** For the half of them: all clients share one machine with the service. */
const REFUSED_WITHIN_MS = 1_000;
const READ_WITHIN_MS = 500;

describe('a service that is asked for more than it can do', () => {
  let stage: FaultStage;

  beforeAll(async () => {
    stage = await FaultStage.open({});
  }, 120_000);

  afterAll(() => stage.close(), 60_000);

  it('refuses at once what is too much, with a time to come again, keeps serving readers, and is well at once after', async () => {
    const before = Math.round(await residentMiB(stage.url));
    const flood = FloodClient.start({ ...stage.asClient, clients: CLIENTS, forMs: rounds(15_000, 120_000) });
    const reads: number[] = [];
    while (!flood.isOver) {
      const begunAt = performance.now();
      await stage.readThread();
      reads.push(performance.now() - begunAt);
    }
    const answers = await flood.answers;
    stage.tell(
      `overload: ${JSON.stringify(answers)}; reads p50 ${Math.round(percentile(reads, 50))}, p99 ${Math.round(percentile(reads, 99))} ms of ${reads.length}; memory ${before} to ${Math.round(await residentMiB(stage.url))} MiB`,
    );
    expect(Object.keys(answers).filter((status) => !['202', '429', '503'].includes(status))).toEqual([]);
    const refused = [answers['429'], answers['503']].filter((one) => one !== undefined);
    for (const one of refused) {
      expect(one.withoutRetryAfter).toBe(0);
      expect(one.p50).toBeLessThan(REFUSED_WITHIN_MS);
    }
    expect(refused).not.toEqual([]);
    expect(answers['202']?.count).toBeGreaterThan(0);
    for (const { most } of Object.values(answers)) expect(most).toBeLessThan(ANSWERED_WITHIN_MS);
    expect(percentile(reads, 50)).toBeLessThan(READ_WITHIN_MS);
    const load = stage.load();
    await load.moreAcknowledged(20, 5_000);
    expect(load.of('failed')).toEqual([]);
    expect(await stage.finish(load)).toEqual([]);
    expect(await stage.count("select count(*) n from comment where body like 'Word of the crowd%'")).toBe(
      answers['202']?.count,
    );
  }, 400_000);
});
