import { LRUCache } from 'lru-cache';
import type { SiteId } from '../platform/ids.js';

const WINDOW_MS = 10_000;
/** Comments of one site in the window above which it waits behind the others. */
const SHARE = 500;
const MOST_SITES = 10_000;

/** Notices a site that sends far more than others do, so that its flood delays itself and nobody else. */
export class FairShare {
  readonly #counts = new LRUCache<SiteId, number>({ max: MOST_SITES, ttl: WINDOW_MS, noUpdateTTL: true });

  count(sites: Iterable<SiteId>): void {
    for (const site of sites) this.#counts.set(site, (this.#counts.get(site) ?? 0) + 1);
  }

  isExceeded(site: SiteId): boolean {
    return (this.#counts.get(site) ?? 0) > SHARE;
  }
}
