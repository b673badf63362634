import { runMigrations as migrateQueue } from 'bullmq';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './platform/database/data-source-options.js';
import { APP_ROLE, grantRows, inspectLogin, makeRoles, roleExists, withClient } from './platform/database/login.js';
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

export async function prepareDatabase(urls: DatabaseUrls): Promise<void> {
  await withClient(urls.ownerUrl, async (client) => {
    const login = await inspectLogin(client);
    if (login.serverVersion < OLDEST_SERVER) {
      throw new Error(`PostgreSQL 15 or newer is needed; this one is ${login.serverVersion / 10_000}.`);
    }
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const makeAs = (maker: pg.Client): Promise<void> => makeRoles(maker, login);
    // A plain owner may hold CREATEROLE or not; without these roles the service works too, see row-level-security.ts.
    if (login.isSuperuser || !urls.superuserUrl) await makeAs(client).catch(unlessForbidden);
    else await withClient(urls.superuserUrl, makeAs);
    await runOwnMigrations(urls.ownerUrl);
    for (const role of new Set([urls.appRole, APP_ROLE])) {
      if (role && role !== login.name && (await roleExists(client, role))) await grantRows(client, role);
    }
  });
  if (urls.queueUrl) await withClient(urls.queueUrl, (client) => migrateQueue(client));
}

const INSUFFICIENT_PRIVILEGE = '42501';

function unlessForbidden(error: unknown): void {
  if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error;
}

async function runOwnMigrations(url: string): Promise<void> {
  const dataSource = new DataSource(dataSourceOptions(schema, url, { name: 'migrate' }));
  await dataSource.initialize();
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await dataSource.destroy();
  }
}
