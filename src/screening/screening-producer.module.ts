import { Module } from '@nestjs/common';
import { ScreeningQueue } from './screening.queue.js';

/** For the web role: it can wake the screening and never runs it. */
@Module({ providers: [ScreeningQueue], exports: [ScreeningQueue] })
export class ScreeningProducerModule {}
