import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { RequestHook } from '../platform/http/http-app.js';
import type { SiteId } from '../platform/ids.js';
import { isRegistered } from '../sites/origins.js';
import { SiteDirectory } from '../sites/site-directory.js';

const THREAD_ROUTE = '/v1/sites/:site/articles/:article/comments';
const MOST_REMEMBERED = 10_000;

/** From where a site's comments were asked for by a browser on another origin, since this process began. */
export interface Visits {
  /** One of the site's own origins. */
  readonly own: string | null;
  /** Some other one, which may read and not post. */
  readonly strange: string | null;
}

const NOBODY: Visits = { own: null, strange: null };

/**
 * Whether the pages of a site have found the service yet: what an owner who has just put the widget in waits for. Nothing
 * is stored for it. A warm read is answered before this looks, but an article without comments is never warm.
 */
@Injectable()
export class FirstVisits implements RequestHook {
  readonly #visits = new LRUCache<SiteId, Visits>({ max: MOST_REMEMBERED });

  constructor(private readonly sites: SiteDirectory) {}

  onRequest({ method, headers, routeOptions, params }: FastifyRequest): undefined {
    const { origin } = headers;
    if (origin === undefined || origin === 'null' || method !== 'GET' || routeOptions.url !== THREAD_ROUTE) return;
    // The reader does not wait for it; an unknown site is told by the route.
    this.#note((params as { site: string }).site, origin).catch(() => undefined);
  }

  find(site: SiteId): Visits {
    return this.#visits.get(site) ?? NOBODY;
  }

  async #note(key: string, origin: string): Promise<void> {
    const { id, origins } = await this.sites.byKey(key);
    const seen = this.find(id);
    if (isRegistered(origin, origins)) this.#visits.set(id, { ...seen, own: origin });
    else this.#visits.set(id, { ...seen, strange: origin });
  }
}
