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

type JobState = 'waiting' | 'active' | 'delayed' | 'failed';

/** The queues of a service, looked at from outside it. */
async function openQueues({ connected }: RunningService): Promise<{
  /** Of all of them, the jobs in one of these states. */
  count: (...states: JobState[]) => Promise<number>;
  close: () => Promise<void>;
}> {
  const { queue: backend } = connected.platform;
  const queues = await Promise.all(QUEUES.map((name) => backend.openQueue(name)));
  return {
    count: async (...states) => {
      const counts = await Promise.all(queues.map((queue) => queue.getJobCounts(...states)));
      return counts.flatMap((each) => Object.values(each)).reduce((all, count) => all + count, 0);
    },
    close: async () => {
      await Promise.all(queues.map((queue) => queue.close()));
    },
  };
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
      const before = await openQueues(service.running);
      await waitUntil(async () => (await before.count('waiting')) >= 4, 'the queues hold the jobs');
      await before.close();

      await withEmptyDatabase(urls, async (restored) => {
        expect(await winnow(['restore', file], serviceOn(restored))).toMatchObject({ code: 0 });
        const environment = {
          ...testEnvironment({ ...service.database, urls: restored }),
          ...{ REDIS_URL: backend.redisUrl, QUEUE_DATABASE_URL: urls.queue },
        };
        const after = await startService(readSettings(environment), makeLogger('silent'));
        const queues = await openQueues(after);
        try {
          const left = (): Promise<number> => queues.count('waiting', 'active', 'delayed');
          await waitUntil(async () => (await left()) === 0, 'the queues are empty', 30_000);
          expect(await queues.count('failed')).toBe(0);
          const unscreened = `select from comment where status = 'received'`;
          await waitUntil(async () => (await ask(restored.postgres, unscreened)).length === 0, 'all have a verdict');
          expect(await ask(restored.postgres, 'select status, count(*)::int as count from comment group by 1')).toEqual(
            [{ status: 'pending', count: 10 }],
          );
          expect(await ask(restored.postgres, `select from comment_event where action = 'screening'`)).toHaveLength(10);
        } finally {
          await queues.close();
          await after.stop();
        }
      });
    } finally {
      await service.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
