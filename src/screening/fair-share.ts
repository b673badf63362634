import { LRUCache } from 'lru-cache';
import type { SiteId } from '../platform/ids.js';

const WINDOW_MS = 10_000;
/** Comments of one site in the window that are screened in their turn. */
const SHARE = 50;
const MOST_SITES = 10_000;

/**
 * How long a comment waits behind those of other sites, by how much its own site has sent of late: a flood delays itself
 * and nobody else, and of two that are flooded the one with less on it comes first. A site that is alone loses nothing.
 */
export class FairShare {
  readonly #counts = new LRUCache<SiteId, number>({ max: MOST_SITES, ttl: WINDOW_MS, noUpdateTTL: true });

  /** @returns 0 within the site's share; one more each time it has sent twice as much */
  rank(site: SiteId): number {
    const count = (this.#counts.get(site) ?? 0) + 1;
    this.#counts.set(site, count);
    return Math.max(0, Math.ceil(Math.log2(count / SHARE)));
  }
}
