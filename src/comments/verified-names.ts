import { LRUCache } from 'lru-cache';
import type { EntityManager } from 'typeorm';
import { Changes } from '../platform/database/changes.js';
import { Database } from '../platform/database/database.js';
import type { SiteId } from '../platform/ids.js';

const MOST_REMEMBERED = 10_000;
/** As the directory of sites trusts what it remembers. */
const BLIND_LIFE_MS = 2_000;
const LIFE_MS = 60_000;

/**
 * The names under which people of a site have answered their readers, remembered in this process until another one is
 * added in any process. Those of members who never spoke are not among them: many a reader has the same first name.
 */
export class VerifiedNames {
  readonly #known = new LRUCache<SiteId, { readonly names: readonly string[]; readonly at: number }>({
    max: MOST_REMEMBERED,
  });
  #generation = 0;

  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {
    changes.onSitesChanged(() => {
      this.#generation++;
      this.#known.clear();
    });
  }

  async of(site: SiteId): Promise<readonly string[]> {
    const known = this.#known.get(site);
    const life = this.changes.isLive ? LIFE_MS : BLIND_LIFE_MS;
    if (known && performance.now() - known.at < life) return known.names;
    const generation = this.#generation;
    const names = await this.database.readInSite(site, (manager) => readNames(manager, site));
    // What was read before a change came in is not kept after it.
    if (generation === this.#generation) this.#known.set(site, { names, at: performance.now() });
    return names;
  }

  /** Tells every process, unless it is known: most replies are by who has replied before. */
  async add(manager: EntityManager, site: SiteId, name: string): Promise<void> {
    if (!this.#known.get(site)?.names.includes(name)) await this.changes.tellSites(manager);
  }
}

async function readNames(manager: EntityManager, site: SiteId): Promise<readonly string[]> {
  const rows: { name: string }[] = await manager.query(
    'select distinct author_name as name from comment where site_id = $1 and account_id is not null',
    [site],
  );
  return rows.map(({ name }) => name);
}
