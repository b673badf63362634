import type { INestApplicationContext } from '@nestjs/common';
import type pg from 'pg';
import { measureBacklog } from './comments/backlog.js';
import { Database } from './platform/database/database.js';
import { Metrics } from './platform/metrics/metrics.js';
import type { Platform } from './platform/platform.module.js';
import { QueueDepths } from './platform/queue/queue-depths.js';
import { SharedReading } from './platform/shared-reading.js';
import { SCREENING_QUEUE, ScreeningQueue } from './screening/screening.queue.js';

const WITHIN_MS = 1_000;
const LIFE_MS = 4_000;

/** Tells those who watch the service where to look: the queue, the backlog, the pool. The roof knows the rooms of all. */
export function watchService(app: INestApplicationContext, { dataSource }: Platform): void {
  const queue = app.get(ScreeningQueue, { strict: false });
  const database = app.get(Database);
  const metrics = app.get(Metrics);
  app.get(QueueDepths).watch(SCREENING_QUEUE, () => queue.depth());
  metrics.watchBacklog(new SharedReading(() => measureBacklog(database), { withinMs: WITHIN_MS, lifeMs: LIFE_MS }));
  metrics.watchPool((dataSource.driver as unknown as { master: pg.Pool }).master);
}
