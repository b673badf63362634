import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Changes } from '../platform/database/changes.js';
import { Database } from '../platform/database/database.js';
import type { SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { Site } from './site.entity.js';
import { completeSettings, type SiteSettings } from './site-settings.js';

/** A site as the rooms above see it: resolved, with every setting filled in. */
export interface KnownSite {
  readonly id: SiteId;
  readonly key: string;
  readonly name: string;
  readonly origins: readonly string[];
  readonly settings: SiteSettings;
  readonly createdAt: Date;
}

const SITE_KEY = /^[a-z0-9][a-z0-9-]{0,62}$/;
const MOST_REMEMBERED = 10_000;
/** Without news from the database what is remembered is trusted this long; with it, until news comes. */
const BLIND_LIFE_MS = 2_000;
const LIFE_MS = 60_000;

interface Remembered {
  readonly site: KnownSite | null;
  readonly at: number;
}

/** From a site's key or id to the site, remembered in this process until the site changes in any process. */
@Injectable()
export class SiteDirectory {
  readonly #byKey = new LRUCache<string, Remembered>({ max: MOST_REMEMBERED });
  readonly #byId = new LRUCache<SiteId, Remembered>({ max: MOST_REMEMBERED });
  #generation = 0;

  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {
    changes.onSitesChanged(() => {
      this.#generation++;
      this.#byKey.clear();
      this.#byId.clear();
    });
  }

  /** @throws Problem `site-not-found` */
  async byKey(key: string): Promise<KnownSite> {
    if (!SITE_KEY.test(key)) throw new Problem('site-not-found');
    const site = await this.#recall(this.#byKey, key, { key });
    if (!site) throw new Problem('site-not-found');
    return site;
  }

  async byId(id: SiteId): Promise<KnownSite | null> {
    return this.#recall(this.#byId, id, { id });
  }

  async #recall<Key extends string>(
    memory: LRUCache<Key, Remembered>,
    key: Key,
    where: { key: string } | { id: SiteId },
  ): Promise<KnownSite | null> {
    const known = memory.get(key);
    const life = this.changes.isLive ? LIFE_MS : BLIND_LIFE_MS;
    if (known && performance.now() - known.at < life) return known.site;
    const generation = this.#generation;
    const row = await this.database.acrossSites('find a site by its key', (manager) => manager.findOneBy(Site, where));
    const site = row && describeSite(row);
    // What was read before a change came in is not kept after it.
    if (generation === this.#generation) memory.set(key, { site, at: performance.now() });
    return site;
  }
}

export function describeSite(row: Site): KnownSite {
  const { id, key, name, origins, createdAt } = row;
  return { id, key, name, origins, createdAt, settings: completeSettings(row.settings) };
}
