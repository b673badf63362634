import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { SiteId } from '../ids.js';
import { runAfterCommit } from './after-commit.js';
import { isUnprepared } from './row-fault.js';

/** The named work that may see rows of many sites. A house test lists the callers of each. */
export type CrossSiteReason =
  | 'find a site by its key'
  | 'load the memberships of a session'
  | 'an intake batch'
  | 'screen a batch'
  | 'sweep'
  | 'an operator lists sites'
  | 'an operator makes a site'
  | 'make the demo site'
  | 'measure the backlog';

/** `ahead`: the next version has migrated it, and this one still works on it. */
export type SchemaState = 'ok' | 'behind' | 'ahead';

/**
 * The two ways to a tenant's rows. Both set a transaction-local setting that the row-level policies read; outside them
 * no row is visible. `work` uses the manager it is given and nothing else.
 */
@Injectable()
export class Database {
  constructor(private readonly dataSource: DataSource) {}

  /** A transaction that sees the rows of one site only. */
  inSite<T>(site: SiteId, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#transact("select set_config('app.site_id', $1, true)", [site], work);
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

  /** Compares the migrations in the database with those of this build. @throws when the database does not answer */
  async schemaState(): Promise<SchemaState> {
    const known = this.dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name);
    const applied = await this.#appliedMigrations();
    if (known.some((name) => !applied.has(name))) return 'behind';
    return applied.size > known.length ? 'ahead' : 'ok';
  }

  async #appliedMigrations(): Promise<ReadonlySet<string>> {
    try {
      const rows: { name: string }[] = await this.dataSource.query('select name from migrations');
      return new Set(rows.map(({ name }) => name));
    } catch (error) {
      if (isUnprepared(error)) return new Set();
      throw error;
    }
  }
}
