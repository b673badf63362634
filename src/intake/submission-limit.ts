import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Cluster, Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { Settings } from '../platform/config/settings.js';
import { clientForLimits } from '../platform/http/client-network.js';
import type { SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';

const WINDOW_SECONDS = 60;
/** A limiter that has to ask Redis waits no longer than this; then this process counts alone. */
const REDIS_WITHIN_MS = 250;

interface Limit {
  readonly name: 'address' | 'site' | 'network';
  readonly quota: number;
  readonly limiter: RateLimiterAbstract;
}

/**
 * How many comments one client address, and one site over all addresses, may receive in a minute. Counted in Redis
 * where there is one, so that all processes count together; in memory otherwise, and while Redis does not answer.
 */
@Injectable()
export class SubmissionLimit implements OnApplicationShutdown {
  readonly #redis: Redis | Cluster | null;
  readonly #address: Limit | null;
  readonly #site: Limit | null;
  readonly #reports: Limit | null;

  constructor(settings: Settings) {
    const { limitPerMinute, siteLimitPerMinute } = settings.submit;
    const isOff = limitPerMinute === 0;
    this.#redis = isOff ? null : connect(settings.redis.url);
    this.#address = isOff ? null : this.#make('address', limitPerMinute);
    this.#reports = isOff ? null : this.#make('network', limitPerMinute);
    this.#site = isOff || siteLimitPerMinute === 0 ? null : this.#make('site', siteLimitPerMinute);
  }

  /**
   * Counts one submission.
   * @returns the `RateLimit` headers for the answer
   * @throws Problem `too-many-requests`
   */
  async count(client: string, site: SiteId): Promise<Record<string, string>> {
    const headers = await this.#take(this.#address, clientForLimits(client));
    await this.#take(this.#site, site);
    return headers;
  }

  /**
   * Counts one report, apart from the submissions: who floods one must not shut the others out.
   * @returns the `RateLimit` headers for the answer
   * @throws Problem `too-many-requests`
   */
  countReport(network: string): Promise<Record<string, string>> {
    return this.#take(this.#reports, network);
  }

  onApplicationShutdown(): void {
    this.#redis?.disconnect();
  }

  async #take(limit: Limit | null, key: string): Promise<Record<string, string>> {
    if (!limit) return {};
    try {
      return describe(limit, await limit.limiter.consume(key));
    } catch (spent) {
      if (!(spent instanceof RateLimiterRes)) throw spent;
      const seconds = Math.max(1, Math.ceil(spent.msBeforeNext / 1000));
      throw new Problem('too-many-requests', {
        detail: `Wait ${seconds} seconds and send it again.`,
        headers: { ...describe(limit, spent), 'retry-after': String(seconds) },
      });
    }
  }

  #make(name: Limit['name'], quota: number): Limit {
    const window = { keyPrefix: `winnow-${name}`, points: quota, duration: WINDOW_SECONDS };
    const memory = new RateLimiterMemory(window);
    if (!this.#redis) return { name, quota, limiter: memory };
    const limiter = new RateLimiterRedis({ ...window, storeClient: this.#redis, insuranceLimiter: memory });
    return { name, quota, limiter };
  }
}

/** draft-ietf-httpapi-ratelimit-headers. */
function describe({ name, quota }: Limit, { remainingPoints, msBeforeNext }: RateLimiterRes): Record<string, string> {
  const left = Math.max(0, remainingPoints);
  return {
    'ratelimit-policy': `"${name}";q=${quota};w=${WINDOW_SECONDS}`,
    ratelimit: `"${name}";r=${left};t=${Math.ceil(msBeforeNext / 1000)}`,
  };
}

function connect(url: string): Redis | Cluster | null {
  const urls = url.split(',');
  const options = { enableOfflineQueue: false, commandTimeout: REDIS_WITHIN_MS, maxRetriesPerRequest: 0 };
  if (!url) return null;
  const redis = urls.length > 1 ? new Cluster(urls, { redisOptions: options }) : new Redis(url, options);
  // While it is down the insurance counts; the queue's own connection reports the failure.
  redis.on('error', () => undefined);
  return redis;
}
