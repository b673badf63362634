import { Module } from '@nestjs/common';
import { CommentsModule } from '../../comments/comments.module.js';
import { LearningProducerModule } from '../../learning/learning-producer.module.js';
import { Settings } from '../../platform/config/settings.js';
import { QueueBackend } from '../../platform/queue/queue-backend.js';
import { QueueLogger } from '../../platform/queue/queue-logger.js';
import { ScreeningProducerModule } from '../../screening/screening-producer.module.js';
import { SitesModule } from '../../sites/sites.module.js';
import { AfterDecisions } from '../after-decisions.js';
import { BulkProducerModule } from './bulk-producer.module.js';
import { BulkQueue } from './bulk.queue.js';
import { BulkWorker } from './bulk.worker.js';
import { SweepBulkJob } from './sweep-bulk.job.js';
import { TakeTurnJob } from './take-turn.job.js';

/** For the worker role. */
@Module({
  imports: [BulkProducerModule, CommentsModule, SitesModule, LearningProducerModule, ScreeningProducerModule],
  providers: [
    AfterDecisions,
    TakeTurnJob,
    SweepBulkJob,
    {
      provide: BulkWorker,
      inject: [TakeTurnJob, BulkQueue, SweepBulkJob, QueueBackend, Settings, QueueLogger],
      useFactory: (
        takeTurn: TakeTurnJob,
        queue: BulkQueue,
        sweep: SweepBulkJob,
        backend: QueueBackend,
        settings: Settings,
        log: QueueLogger,
      ) => new BulkWorker(takeTurn, queue, sweep, backend, { settings, log }),
    },
  ],
})
export class BulkProcessorModule {}
