import { Module } from '@nestjs/common';
import { BulkQueue } from './bulk.queue.js';

/** For the web role: it can ask for turns and never takes one. */
@Module({ providers: [BulkQueue], exports: [BulkQueue] })
export class BulkProducerModule {}
