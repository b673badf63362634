import { Injectable } from '@nestjs/common';
import { createHash, timingSafeEqual } from 'node:crypto';
import { Settings } from '../config/settings.js';
import { Problem } from '../problem/problem.js';
import { Metrics } from './metrics.js';

/** Lets in whoever has METRICS_TOKEN, or everybody when there is none. */
@Injectable()
export class MetricsDoor {
  constructor(
    private readonly settings: Settings,
    private readonly metrics: Metrics,
  ) {}

  get contentType(): string {
    return this.metrics.contentType;
  }

  /** @throws Problem `not-signed-in` */
  async show(authorization: string | undefined): Promise<string> {
    const { token } = this.settings.metrics;
    if (token !== '' && !isEqual(authorization ?? '', `Bearer ${token}`)) {
      throw new Problem('not-signed-in', { detail: 'Send METRICS_TOKEN as a bearer token.' });
    }
    return this.metrics.render();
  }
}

/** In a time that tells nothing of how much was right; digests have one length. */
function isEqual(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
