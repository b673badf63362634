import { runMigrations as migrateQueue } from 'bullmq';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions, type Schema } from './platform/database/data-source-options.js';
import { APP_ROLE, grantRows, inspectLogin, makeRoles, roleExists, withClient } from './platform/database/login.js';
import { isForbidden } from './platform/database/row-fault.js';
import { schema } from './schema.js';

/*
 * Brings a database to what this version of the service needs: roles, our migrations, grants, and the queue's own
 * schema. Safe to run at every start and from several processes at once: it holds one advisory lock throughout.
 */

const LOCK = 0x77696e6e6f77; // "winnow"
const OLDEST_SERVER = 150_000;

export interface DatabaseUrls {
  /** The login that owns the tables. */
  readonly ownerUrl: string;
  /** A superuser, where there is one beside the owner. */
  readonly superuserUrl?: string;
  /** The role the service works as, when it is not the owner. */
  readonly appRole?: string;
  /** The login of the queue; unset when the queue is on Redis. */
  readonly queueUrl?: string;
}

/** What was missing and is there now. */
export interface Prepared {
  /** The names of the migrations that ran, in order. */
  readonly migrations: readonly string[];
  /** Whether the queue's own schema was made or changed. */
  readonly hasChangedQueue: boolean;
}

/** @param only brings an empty database to just these migrations instead of all: those of a backup that goes into it */
export async function prepareDatabase(urls: DatabaseUrls, only?: readonly string[]): Promise<Prepared> {
  const migrations = await withClient(urls.ownerUrl, async (client) => {
    const login = await inspectLogin(client);
    if (login.serverVersion < OLDEST_SERVER) {
      throw new Error(`PostgreSQL 15 or newer is needed; this one is ${login.serverVersion / 10_000}.`);
    }
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const makeAs = (maker: pg.Client): Promise<void> => makeRoles(maker, login);
    // A plain owner may hold CREATEROLE or not; without these roles the service works too, see row-level-security.ts.
    if (login.isSuperuser || !urls.superuserUrl) await makeAs(client).catch(unlessForbidden);
    else await withClient(urls.superuserUrl, makeAs);
    if (only) await undoOthers(urls.ownerUrl, only);
    const ran = await runOwnMigrations(urls.ownerUrl, only);
    for (const role of new Set([urls.appRole, APP_ROLE])) {
      if (role && role !== login.name && (await roleExists(client, role))) await grantRows(client, role);
    }
    return ran;
  });
  const hasChangedQueue = urls.queueUrl ? await withClient(urls.queueUrl, prepareQueue) : false;
  return { migrations, hasChangedQueue };
}

function unlessForbidden(error: unknown): void {
  if (!isForbidden(error)) throw error;
}

async function runOwnMigrations(url: string, only?: readonly string[]): Promise<string[]> {
  const migrations = schema.migrations.filter(({ name }) => only?.includes(name) ?? true);
  return withMigrations({ ...schema, migrations }, url, async (dataSource) => {
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    return ran.map(({ name }) => name);
  });
}

/** Takes back the newest ones, as long as the newest is not wanted. Only an empty database loses nothing by it. */
async function undoOthers(url: string, wanted: readonly string[]): Promise<void> {
  await withMigrations(schema, url, async (dataSource) => {
    // Makes the table of them where there is none.
    await dataSource.showMigrations();
    for (;;) {
      const [newest] = await dataSource.query<{ name: string }[]>(
        'select name from migrations order by id desc limit 1',
      );
      if (!newest || wanted.includes(newest.name)) return;
      await dataSource.undoLastMigration({ transaction: 'each' });
    }
  });
}

async function withMigrations<T>(of: Schema, url: string, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = new DataSource(dataSourceOptions(of, url, { name: 'migrate' }));
  await dataSource.initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** @returns whether anything changed */
async function prepareQueue(client: pg.Client): Promise<boolean> {
  const before = await queueVersion(client);
  return (await migrateQueue(client)) !== before;
}

/** 0 where the queue has no tables yet. */
async function queueVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ is_there: boolean }>(
    "select to_regclass('bullmq.migration') is not null as is_there",
  );
  if (!rows[0]?.is_there) return 0;
  const found = await client.query<{ version: number }>('select max(version)::int as version from bullmq.migration');
  return found.rows[0]?.version ?? 0;
}
