import { Module } from '@nestjs/common';
import { starterFilter } from '../lib/spam/classifier/starter.js';
import { LearnDecisionsJob } from './learn-decisions.job.js';
import { LearningProducerModule } from './learning-producer.module.js';
import { LearningWorker } from './learning.worker.js';
import { ExampleReader } from './read-example.js';
import { SiteModelsModule } from './site-models.module.js';
import { SweepUnlearnedJob } from './sweep-unlearned.job.js';

/** For the worker role: it learns, and the screening asks it for the models. */
@Module({
  imports: [LearningProducerModule, SiteModelsModule],
  providers: [
    { provide: ExampleReader, useFactory: () => new ExampleReader(starterFilter) },
    LearnDecisionsJob,
    SweepUnlearnedJob,
    LearningWorker,
  ],
  exports: [SiteModelsModule],
})
export class LearningProcessorModule {}
