import pg from 'pg';
import { waitUntil } from './wait-until.js';

const TEMPLATE = 'winnow_template';
const CLOSE_WITHIN_MS = 3_000;

type Role = 'postgres' | 'owner' | 'app' | 'queue';

export interface TestDatabase {
  /** By role, see platform/embedded: `postgres` may do all, `app` is what the service runs as. */
  readonly urls: Readonly<Record<Role, string>>;
  /** To look and to put things, past every wall. Kept open: a connection costs 30 ms of processor, a query one. */
  readonly superuser: pg.Pool;
  /** Drops the database; fails when the file has left connections open, and names them. */
  close(): Promise<void>;
}

/** Makes this worker's database anew from the template: migrated, without rows. Called in `beforeAll`. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const name = `winnow_test_${process.env.JEST_WORKER_ID ?? '1'}`;
  const urls = urlsOf(name);
  await asPostgres(async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
    // Copying files takes 44 ms and writing the copy through the log 65 to 92.
    await client.query(`create database ${name} owner owner template ${TEMPLATE} strategy file_copy`);
    // A copy has the template's tables and not what was granted on the database itself.
    await client.query(`grant create on database ${name} to queue`);
  });
  const superuser = superuserPool(urls.postgres);
  return {
    urls,
    superuser,
    close: async () => {
      if (!superuser.ended) await superuser.end();
      await asPostgres((client) => dropDatabase(client, name));
    },
  };
}

export function superuserPool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 4, idleTimeoutMillis: 0 });
  // A story may cut every connection.
  pool.on('error', () => undefined);
  return pool;
}

async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  let left: string[] = [];
  try {
    // `pool.end()` resolves before its last sockets are closed.
    await waitUntil(
      async () => {
        left = await connectionsTo(client, name);
        return left.length === 0;
      },
      `nobody is connected to ${name}`,
      CLOSE_WITHIN_MS,
    );
  } catch (error) {
    throw new Error(`This file ends with connections still open to ${name}: ${left.join(', ')}.`, { cause: error });
  } finally {
    await client.query(`drop database if exists ${name} with (force)`);
  }
}

async function connectionsTo(client: pg.Client, name: string): Promise<string[]> {
  const { rows } = await client.query<{ who: string }>(
    `select usename || ' (' || coalesce(nullif(application_name, ''), 'unnamed') || ')' as who
       from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
    [name],
  );
  return rows.map((row) => row.who);
}

async function asPostgres(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: urlsOf('postgres').postgres });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function urlsOf(database: string): TestDatabase['urls'] {
  const given = process.env.TEST_POSTGRES;
  if (given === undefined) {
    throw new Error('TEST_POSTGRES is not set: this file belongs to a project that starts the servers (medium, e2e).');
  }
  const urls = JSON.parse(given) as Record<Role, string>;
  const named = (role: Role): string => urls[role].replace('/DATABASE?', `/${database}?`);
  return { postgres: named('postgres'), owner: named('owner'), app: named('app'), queue: named('queue') };
}
