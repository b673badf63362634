import { Injectable } from '@nestjs/common';
import type { ScreeningResult } from '../comments/move-comment.js';
import { Clock } from '../platform/clock.js';
import { ServiceLog } from '../platform/logging/service-log.js';
import { Metrics } from '../platform/metrics/metrics.js';

/** Tells those who watch the service what was screened. */
@Injectable()
export class ScreeningWatch {
  constructor(
    private readonly metrics: Metrics,
    private readonly log: ServiceLog,
    private readonly clock: Clock,
  ) {}

  batch(size: number, seconds: number): void {
    this.metrics.screeningBatch(size, seconds);
  }

  screened({ id, verdict, to }: ScreeningResult, submittedAt: Date, requestId: string | undefined): void {
    const ms = this.clock.now().getTime() - submittedAt.getTime();
    this.metrics.screened(verdict.label, ms / 1000);
    this.log.screened({ ...(requestId && { requestId }), commentId: id, verdict: verdict.label, to, ms });
  }
}
