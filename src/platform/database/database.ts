import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { SiteId } from '../ids.js';
import { runAfterCommit } from './after-commit.js';

/** The named work that may see rows of many sites. A house test lists the callers of each. */
export type CrossSiteReason =
  | 'find a site by its key'
  | 'load the memberships of a session'
  | 'an intake batch'
  | 'screen a batch'
  | 'sweep'
  | 'an operator lists sites'
  | 'an operator makes a site'
  | 'an operator moderates'
  | 'make the demo site';

/**
 * The three ways to a tenant's rows. Each sets a transaction-local setting that the row-level policies read; outside them
 * no row is visible. `work` uses the manager it is given and nothing else.
 */
@Injectable()
export class Database {
  constructor(private readonly dataSource: DataSource) {}

  /** A transaction that sees the rows of one site only. */
  inSite<T>(site: SiteId, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#transact("select set_config('app.site_id', $1, true)", [site], work);
  }

  /** A transaction that sees the rows of these sites only; of none when there are none. */
  inSites<T>(sites: readonly SiteId[], work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#transact("select set_config('app.site_ids', $1, true)", [`{${sites.join()}}`], work);
  }

  /** A transaction that sees the rows of every site, for one of the few reasons there are. */
  acrossSites<T>(_reason: CrossSiteReason, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#transact("set local app.across_sites = 'on'", [], work);
  }

  /** For the tables that belong to no site: accounts, sessions, API keys, secrets. */
  get global(): EntityManager {
    return this.dataSource.manager;
  }

  async #transact<T>(setting: string, values: string[], work: (manager: EntityManager) => Promise<T>): Promise<T> {
    let committed: EntityManager | undefined;
    const result = await this.dataSource.transaction(async (manager) => {
      await manager.query(setting, values);
      committed = manager;
      return work(manager);
    });
    if (committed) runAfterCommit(committed);
    return result;
  }

  async ping(): Promise<void> {
    await this.dataSource.query('select 1');
  }
}
