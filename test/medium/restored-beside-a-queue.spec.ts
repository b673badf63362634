import { jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LEARNING_QUEUE } from '../../src/learning/learning.queue.js';
import { BULK_QUEUE } from '../../src/moderation/jobs/bulk.queue.js';
import { readSettings } from '../../src/platform/config/read-settings.js';
import { newId } from '../../src/platform/ids.js';
import { makeLogger } from '../../src/platform/logging/logger.js';
import { startService, type RunningService } from '../../src/start.js';
import { ask } from '../support/database-contents.js';
import { withEmptyDatabase } from '../support/empty-database.js';
import { eachBackend } from '../support/gates.js';
import { startServiceHere } from '../support/service-here.js';
import { testEnvironment, type TestService } from '../support/test-service.js';
import { waitUntil } from '../support/wait-until.js';
import { serviceOn, winnow } from '../support/winnow-command.js';

/* A database set back to a backup, and a queue that was not: it holds jobs of comments that are not there any more. */

jest.setTimeout(120_000);

const QUEUES = ['screening', LEARNING_QUEUE, BULK_QUEUE];

async function submit(service: TestService, from: number, to: number): Promise<void> {
  for (let number = from; number < to; number++) {
    const answer = await service.anonymous.comment('demo', '/demo', { body: `Comment number ${number}, all mine.` });
    expect(answer.status).toBe(202);
  }
}

/** Of all queues, the jobs in one of these states. */
async function countJobs(
  service: RunningService,
  ...states: ('waiting' | 'active' | 'delayed' | 'failed')[]
): Promise<number> {
  let sum = 0;
  for (const name of QUEUES) {
    const queue = await service.connected.platform.queue.openQueue(name);
    const counts = await queue.getJobCounts(...states);
    sum += Object.values(counts).reduce((all, count) => all + count, 0);
  }
  return sum;
}

eachBackend('a restored database', (backend) => {
  it('is not touched by jobs from after the backup, and what it holds unscreened is screened', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'winnow-test-restored-'));
    // Nobody works: every job stays in the queue.
    const service = await startServiceHere({ REDIS_URL: backend.redisUrl, ROLE: 'web' });
    try {
      const { urls } = service.database;
      const site = (await ask<{ id: string }>(urls.postgres, 'select id from site'))[0]!.id;
      await submit(service, 0, 10);
      const file = join(folder, 'early');
      expect(await winnow(['backup', file], serviceOn(urls))).toMatchObject({ code: 0 });
      await submit(service, 10, 25);
      const { queue } = service.running.connected.platform;
      const learning = await queue.openQueue(LEARNING_QUEUE);
      await learning.addBulk([{ name: 'learn-decisions', data: { sites: [site, newId()] } }]);
      const bulk = await queue.openQueue(BULK_QUEUE);
      await bulk.addBulk([
        { name: 'take-turn', data: { site, job: newId(), turn: 7 } },
        { name: 'take-turn', data: { site: newId(), job: newId(), turn: 0 } },
      ]);
      await waitUntil(async () => (await countJobs(service.running, 'waiting')) >= 4, 'the queues hold the jobs');

      await withEmptyDatabase(urls, async (restored) => {
        expect(await winnow(['restore', file], serviceOn(restored))).toMatchObject({ code: 0 });
        const environment = {
          ...testEnvironment({ ...service.database, urls: restored }),
          ...{ REDIS_URL: backend.redisUrl, QUEUE_DATABASE_URL: urls.queue },
        };
        const after = await startService(readSettings(environment), makeLogger('silent'));
        try {
          const left = (): Promise<number> => countJobs(after, 'waiting', 'active', 'delayed');
          await waitUntil(async () => (await left()) === 0, 'the queues are empty', 30_000);
          expect(await countJobs(after, 'failed')).toBe(0);
          const unscreened = `select from comment where status = 'received'`;
          await waitUntil(async () => (await ask(restored.postgres, unscreened)).length === 0, 'all have a verdict');
          expect(await ask(restored.postgres, 'select status, count(*)::int as count from comment group by 1')).toEqual(
            [{ status: 'pending', count: 10 }],
          );
          expect(await ask(restored.postgres, `select from comment_event where action = 'screening'`)).toHaveLength(10);
        } finally {
          await after.stop();
        }
      });
    } finally {
      await service.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
