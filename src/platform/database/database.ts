import { Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataSource, type DataSourceOptions, type EntityManager, type QueryRunner } from 'typeorm';
import { isUuid, type SiteId } from '../ids.js';
import { runAfterCommit } from './after-commit.js';
import { isUnprepared } from './row-fault.js';

/** The named work that may see rows of many sites. A house test lists the callers of each. */
export type CrossSiteReason =
  | 'find a site by its key'
  | 'load the memberships of a session'
  | 'find an invitation by its link'
  | 'an intake batch'
  | 'look for floods'
  | 'screen a batch'
  | 'try a text'
  | 'sweep'
  | 'an operator lists sites'
  | 'list every account'
  | 'an operator makes a site'
  | 'an operator moderates'
  | 'an operator relearns'
  | 'an operator looks for a person'
  | 'make the demo site'
  | 'measure the backlog';

/** `ahead`: the next version has migrated it, and this one still works on it. */
export type SchemaState = 'ok' | 'behind' | 'ahead';

/** Its plan is kept under its name, so that the text must never depend on the values. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  /**
   * How many rows it asks for, where that depends on the values. For more than a few it is planned anew: that is little
   * beside the work, and a plan made while a table was small may read all of it for each.
   */
  readonly rows?: number;
}

const FEW_ROWS = 5;

/**
 * A statement of a transaction whose plan each connection keeps: planning a page of a thread behind its policies takes
 * as long as reading it.
 */
export async function queryPlanned<Row>(manager: EntityManager, statement: NamedStatement): Promise<Row[]> {
  const client = (await manager.queryRunner?.connect()) as pg.PoolClient | undefined;
  if (!client) throw new Error('A statement whose plan is kept needs a transaction.');
  return runPlanned(client, statement);
}

async function runPlanned<Row>(client: pg.PoolClient, statement: NamedStatement): Promise<Row[]> {
  const { name, text, values, rows = 1 } = statement;
  return (await client.query({ ...(rows <= FEW_ROWS && { name }), text, values: [...values] })).rows as Row[];
}

/** Connections for statements at once: as many as the intake has in flight, and one for sessions and floods. */
const AT_ONCE_CONNECTIONS = 3;

/**
 * Connections that see the rows of every site for as long as they live, apart from all others: so that a statement that
 * is a transaction of its own needs one way to PostgreSQL and back, not four. For `Database.acrossSitesAtOnce` alone.
 */
export function connectAtOnce(dataSource: DataSource): Promise<DataSource> {
  const options = dataSource.options as Extract<DataSourceOptions, { type: 'postgres' }>;
  const extra = options.extra as { readonly options: string };
  const session = `${extra.options} -c app.across_sites=on`;
  return new DataSource({
    ...options,
    entities: [],
    migrations: [],
    extra: { ...extra, max: AT_ONCE_CONNECTIONS, options: session },
  }).initialize();
}

/**
 * The ways to a tenant's rows. Each sets a transaction-local setting that the row-level policies read; outside them
 * no row is visible. `work` uses the manager it is given and nothing else.
 */
@Injectable()
export class Database {
  constructor(
    private readonly dataSource: DataSource,
    private readonly atOnce?: DataSource,
  ) {}

  /** A transaction that sees the rows of one site only. */
  inSite<T>(site: SiteId, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#transact(`app.site_id = '${wellFormed(site)}'`, work);
  }

  /** The same for work that only reads: the answer does not wait for the end of a transaction that can lose nothing. */
  async readInSite<T>(site: SiteId, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner() as TransactingRunner;
    try {
      await begin(runner, `app.site_id = '${wellFormed(site)}'`, 'read only');
      return await work(runner.manager);
    } finally {
      // A connection that cannot end it is thrown away by its pool.
      void runner
        .rollbackTransaction()
        .catch(() => undefined)
        .then(() => runner.release())
        .catch(() => undefined);
    }
  }

  /** A transaction that sees the rows of these sites only; of none when there are none. */
  inSites<T>(sites: readonly SiteId[], work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#transact(`app.site_ids = '{${sites.map(wellFormed).join()}}'`, work);
  }

  /** A transaction that sees the rows of every site, for one of the few reasons there are. */
  acrossSites<T>(_reason: CrossSiteReason, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#transact("app.across_sites = 'on'", work);
  }

  /**
   * One statement, a transaction of its own, that sees the rows of every site.
   * @returns its rows
   */
  async acrossSitesAtOnce<Row>(_reason: CrossSiteReason, statement: NamedStatement): Promise<Row[]> {
    if (!this.atOnce) throw new Error('This process was not given the connections for statements at once.');
    const runner = this.atOnce.createQueryRunner();
    try {
      return await runPlanned((await runner.connect()) as pg.PoolClient, statement);
    } finally {
      await runner.release();
    }
  }

  /** For the tables that belong to no site: accounts, sessions, API keys, secrets. */
  get global(): EntityManager {
    return this.dataSource.manager;
  }

  async #transact<T>(setting: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner() as TransactingRunner;
    try {
      await begin(runner, setting);
      const result = await work(runner.manager);
      await runner.commitTransaction();
      runAfterCommit(runner.manager);
      return result;
    } catch (error) {
      // The first fault is the one to tell; a connection that cannot even roll back is thrown away by its pool.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
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

/** Begin and setting go in one message: a way to PostgreSQL and back costs as much as a small statement does. */
async function begin(runner: TransactingRunner, setting: string, mode: 'read only' | '' = ''): Promise<void> {
  await runner.connect();
  runner.isTransactionActive = true;
  runner.transactionDepth = 1;
  await runner.query(`start transaction ${mode}; set local ${setting}`);
}

/** TypeORM's own account of the transaction, which it keeps from `startTransaction`, two messages in our place. */
type TransactingRunner = Omit<QueryRunner, 'isTransactionActive'> & {
  isTransactionActive: boolean;
  transactionDepth: number;
};

/** Ids are made by us or looked up, and still: what goes into a statement is looked at. */
function wellFormed(site: SiteId): string {
  if (!isUuid(site)) throw new Error('A site id that is no UUID.');
  return site;
}
