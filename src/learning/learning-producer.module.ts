import { Module } from '@nestjs/common';
import { LearningQueue } from './learning.queue.js';

/** For the web role: it can wake the learning and never runs it. */
@Module({ providers: [LearningQueue], exports: [LearningQueue] })
export class LearningProducerModule {}
