import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '../support/wait-until.js';
import { allScreened, makeSubmitKey, AS_OPERATOR } from './all-screened.js';
import { rounds } from './harness/rounds.js';
import { startLoad } from './load.js';
import { ServiceProcess } from './service-process.js';

/* G1, P13: the embedded default under load, everything killed at once, started again on what the disk holds. */

const ROUNDS = rounds(3, 100);

describe('kill -9 of everything under load', () => {
  let folder: string;
  let service: ServiceProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-faults-'));
  });

  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'loses no acknowledged comment, and each gets its verdict after the next start',
    async () => {
      const acknowledged = new Set<string>();
      const start = (): Promise<ServiceProcess> =>
        ServiceProcess.start({
          ...AS_OPERATOR,
          DATA_DIR: join(folder, 'data'),
          PORT: '0',
          SCREENING_SWEEP_AFTER_SECONDS: '1',
        });
      service = await start();
      const key = await makeSubmitKey(service.url);
      for (let round = 0; round < ROUNDS; round++) {
        const load = startLoad([service.url], key);
        const enough = 150 + Math.floor(Math.random() * 400);
        await waitUntil(() => load.history.acknowledged.size >= enough, `${enough} comments are acknowledged`, 30_000);
        await service.killEverything();
        await load.stop();
        for (const id of load.history.acknowledged.values()) acknowledged.add(id);
        service = await start();
      }
      const stored = await allScreened(service.url);
      expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
      expect(acknowledged.size).toBeGreaterThan(0);
    },
    ROUNDS * 60_000,
  );
});
