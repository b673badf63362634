import { Module } from '@nestjs/common';
import { starterFilter } from '../lib/spam/classifier/starter.js';
import { LearnDecisionsJob } from './learn-decisions.job.js';
import { LearningProducerModule } from './learning-producer.module.js';
import { LearningWorker } from './learning.worker.js';
import { ExampleReader } from './read-example.js';
import { SiteModels } from './site-models.js';
import { SweepUnlearnedJob } from './sweep-unlearned.job.js';

/** For the worker role: it learns, and the screening asks it for the models. */
@Module({
  imports: [LearningProducerModule],
  providers: [
    { provide: ExampleReader, useFactory: () => new ExampleReader(starterFilter) },
    { provide: SiteModels, useFactory: () => new SiteModels() },
    LearnDecisionsJob,
    SweepUnlearnedJob,
    LearningWorker,
  ],
  exports: [SiteModels],
})
export class LearningProcessorModule {}
