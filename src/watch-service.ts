import type { INestApplicationContext } from '@nestjs/common';
import type pg from 'pg';
import { measureBacklog } from './comments/backlog.js';
import { LEARNING_QUEUE, LearningQueue } from './learning/learning.queue.js';
import { BULK_QUEUE, BulkQueue } from './moderation/jobs/bulk.queue.js';
import { Database } from './platform/database/database.js';
import { Metrics } from './platform/metrics/metrics.js';
import type { Platform } from './platform/platform.module.js';
import { QueueDepths } from './platform/queue/queue-depths.js';
import { SharedReading } from './platform/shared-reading.js';
import { SCREENING_QUEUE, ScreeningQueue } from './screening/screening.queue.js';

const WITHIN_MS = 1_000;
const LIFE_MS = 4_000;

/** Tells those who watch the service where to look: the queues, the backlog, the pool. The roof knows the rooms of all. */
export function watchService(app: INestApplicationContext, { dataSource }: Platform): void {
  const screening = app.get(ScreeningQueue, { strict: false });
  const learning = app.get(LearningQueue, { strict: false });
  const bulk = app.get(BulkQueue, { strict: false });
  const database = app.get(Database);
  const metrics = app.get(Metrics);
  const depths = app.get(QueueDepths);
  depths.watch(SCREENING_QUEUE, () => screening.depth());
  depths.watch(LEARNING_QUEUE, () => learning.depth());
  depths.watch(BULK_QUEUE, () => bulk.depth());
  metrics.watchBacklog(new SharedReading(() => measureBacklog(database), { withinMs: WITHIN_MS, lifeMs: LIFE_MS }));
  metrics.watchPool((dataSource.driver as unknown as { master: pg.Pool }).master);
}
