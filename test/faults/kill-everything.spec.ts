import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestClient } from '../support/test-client.js';
import { waitUntil } from '../support/wait-until.js';
import { rounds } from './harness/rounds.js';
import { startLoad } from './load.js';
import { ServiceProcess } from './service-process.js';

/* G1, P13: the embedded default under load, everything killed at once, started again on what the disk holds. */

const ROUNDS = rounds(3, 100);
const OPERATOR = { ADMIN_EMAIL: 'operator@winnow.test', ADMIN_PASSWORD: 'correct horse battery' };

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
          ...OPERATOR,
          DATA_DIR: join(folder, 'data'),
          PORT: '0',
          SCREENING_SWEEP_AFTER_SECONDS: '1',
        });
      service = await start();
      const operator = await new TestClient(service.url).signIn(OPERATOR.ADMIN_EMAIL, OPERATOR.ADMIN_PASSWORD);
      const made = await operator.post<{ key: string }>('/v1/sites/demo/api-keys', {
        name: 'load',
        scopes: ['comments:write'],
      });
      for (let round = 0; round < ROUNDS; round++) {
        const load = startLoad([service.url], made.body.key);
        const enough = 150 + Math.floor(Math.random() * 400);
        await waitUntil(() => load.history.acknowledged.size >= enough, `${enough} comments are acknowledged`, 30_000);
        await service.killEverything();
        await load.stop();
        for (const id of load.history.acknowledged.values()) acknowledged.add(id);
        service = await start();
      }
      await expectAllScreened(service.url, acknowledged);
    },
    ROUNDS * 60_000,
  );
});

async function expectAllScreened(url: string, acknowledged: ReadonlySet<string>): Promise<void> {
  const operator = await new TestClient(url).signIn(OPERATOR.ADMIN_EMAIL, OPERATOR.ADMIN_PASSWORD);
  await waitUntil(
    async () => {
      const answer = await operator.get<{ counts: { received: number } }>('/v1/sites/demo/moderation/summary');
      return answer.body.counts.received === 0;
    },
    'no comment waits for its screening',
    120_000,
  );
  const stored = new Set<string>();
  for (const status of ['pending', 'spam', 'published', 'approved']) {
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: { items: { id: string }[]; nextCursor: string | null } } = await operator.get(
        `/v1/sites/demo/moderation/comments?status=${status}&limit=100${cursor && `&cursor=${cursor}`}`,
      );
      for (const { id } of page.body.items) stored.add(id);
      cursor = page.body.nextCursor;
    }
  }
  expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
  expect(acknowledged.size).toBeGreaterThan(0);
}
