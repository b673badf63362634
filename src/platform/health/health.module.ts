import { Module } from '@nestjs/common';
import { MetricsController } from '../metrics/metrics.controller.js';
import { HealthController } from './health.controller.js';

/** The routes for those who watch the service. What they show is platform's, so that a worker has it too. */
@Module({ controllers: [HealthController, MetricsController] })
export class HealthModule {}
