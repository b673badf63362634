import { Module } from '@nestjs/common';
import { CommentsModule } from '../comments/comments.module.js';
import { LearningProcessorModule } from '../learning/learning-processor.module.js';
import { Settings } from '../platform/config/settings.js';
import { HealthSigns } from '../platform/health/health-signs.js';
import { Fatal } from '../platform/fatal.js';
import { QueueBackend } from '../platform/queue/queue-backend.js';
import { QueueLogger } from '../platform/queue/queue-logger.js';
import { RulesModule } from '../rules/rules.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { ScreenCommentsJob } from './screen-comments.job.js';
import { ScreeningProducerModule } from './screening-producer.module.js';
import { ScreeningSites } from './screening-sites.js';
import { ScreeningWatch } from './screening-watch.js';
import { ScreeningWorker } from './screening.worker.js';
import { SweepJob } from './sweep.job.js';

/** For the worker role. */
@Module({
  imports: [CommentsModule, SitesModule, RulesModule, LearningProcessorModule, ScreeningProducerModule],
  providers: [
    ScreenCommentsJob,
    ScreeningSites,
    SweepJob,
    ScreeningWatch,
    {
      provide: ScreeningWorker,
      inject: [ScreenCommentsJob, SweepJob, QueueBackend, Settings, QueueLogger, Fatal, HealthSigns],
      useFactory: (
        job: ScreenCommentsJob,
        sweep: SweepJob,
        backend: QueueBackend,
        settings: Settings,
        log: QueueLogger,
        fatal: Fatal,
        signs: HealthSigns,
      ) => new ScreeningWorker(job, sweep, backend, settings, { log, fatal, signs }),
    },
  ],
})
export class ScreeningProcessorModule {}
