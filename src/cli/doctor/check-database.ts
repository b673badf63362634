import pg from 'pg';
import { QUEUE_CONNECTIONS } from '../../connect.js';
import type { Logins } from '../../open-database.js';
import type { Settings } from '../../platform/config/settings.js';
import { inspectLogin, withClient } from '../../platform/database/login.js';
import { isUnprepared } from '../../platform/database/row-fault.js';
import { schema } from '../../schema.js';
import { checkClock } from './check-clock.js';
import { note, ok, wrong, type Finding } from './finding.js';
import { hearsNews } from './hears-news.js';

/** A database that has fallen silent must not hold the doctor up. */
const ANSWER_WITHIN_MS = 5_000;
const MIB = 1024 * 1024;
/** Besides its pool a process listens on one connection. */
const LISTENER = 1;
/** With fewer left nobody could sign in to look. */
const FEW_CONNECTIONS = 3;

interface Facts {
  readonly version: string;
  readonly fsync: string;
  readonly full_page_writes: string;
  readonly synchronous_commit: string;
  readonly most: number;
  readonly used: number;
  readonly bytes: number;
  readonly now_ms: number;
}

const FACTS = `
  select current_setting('server_version') as version, current_setting('fsync') as fsync,
         current_setting('full_page_writes') as full_page_writes,
         current_setting('synchronous_commit') as synchronous_commit,
         current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as most,
         (select sum(numbackends)::int from pg_stat_database) as used,
         pg_database_size(current_database())::float8 as bytes,
         (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms`;

/** Everything the service needs of its PostgreSQL. That it answers was seen before. */
export async function checkDatabase(logins: Logins, settings: Settings): Promise<Finding[]> {
  return withClient(
    logins.app,
    async (client) => {
      const askedAt = Date.now();
      const { rows } = await client.query<Facts>(FACTS);
      const middle = (askedAt + Date.now()) / 2;
      const [facts] = rows;
      if (!facts) return [];
      return [
        ok('database', `PostgreSQL ${facts.version}, ${Math.round(facts.bytes / MIB)} MiB of rows and indexes.`),
        await checkMigrations(client),
        await checkWalls(client),
        ...checkDurability(facts),
        checkConnections(facts, settings),
        await checkNews(logins.app),
        checkClock('the database', facts.now_ms, middle),
      ];
    },
    ANSWER_WITHIN_MS,
  );
}

async function checkMigrations(client: pg.Client): Promise<Finding> {
  const next = 'Run `winnow migrate`.';
  const known = schema.migrations.map((migration) => new migration().name ?? migration.name);
  try {
    const { rows } = await client.query<{ name: string }>('select name from migrations');
    const applied = new Set(rows.map(({ name }) => name));
    const missing = known.filter((name) => !applied.has(name)).length;
    if (missing > 0) return wrong('database', `${missing} of ${known.length} migrations have not run.`, next);
    if (applied.size === known.length) return ok('database', `All ${known.length} migrations have run.`);
    return note('database', 'A newer version has migrated the database.', 'Upgrade this one soon.');
  } catch (error) {
    if (!isUnprepared(error)) throw error;
    return wrong('database', 'The migrations have not run, or not those of this version.', next);
  }
}

async function checkWalls(client: pg.Client): Promise<Finding> {
  const { name, bypassesWalls, mayBecomeApp } = await inspectLogin(client);
  if (!bypassesWalls) return ok('database', `Row-level security binds the login ${name}.`);
  const next = 'Give DATABASE_URL a login of its own, without superuser rights and without BYPASSRLS.';
  if (mayBecomeApp)
    return note('database', `The login ${name} may bypass row-level security, and gives that up.`, next);
  return wrong('database', `The login ${name} bypasses row-level security.`, next);
}

function checkDurability({ fsync, full_page_writes, synchronous_commit }: Facts): Finding[] {
  const safe = ['on', 'local', 'remote_write', 'remote_apply'];
  const isSafe = fsync === 'on' && full_page_writes === 'on' && safe.includes(synchronous_commit);
  if (isSafe) return [ok('database', 'What is committed is on the disk.')];
  const settings = `fsync=${fsync}, full_page_writes=${full_page_writes}, synchronous_commit=${synchronous_commit}`;
  return [wrong('database', `A crash may lose accepted comments (${settings}).`, 'Switch them on in postgresql.conf.')];
}

function checkConnections({ most, used }: Facts, { database, redis }: Settings): Finding {
  const each = database.poolSize + LISTENER + (redis.url ? 0 : QUEUE_CONNECTIONS);
  const free = most - used;
  const says = `${free} of ${most} connections are free; a process of Winnow takes up to ${each}.`;
  const next = 'Raise max_connections, or lower DATABASE_POOL_SIZE.';
  if (free < FEW_CONNECTIONS) return wrong('database', says, next);
  return free < each ? note('database', says, `Before you start another process: ${next}`) : ok('database', says);
}

async function checkNews(url: string): Promise<Finding> {
  if (await hearsNews(url, ANSWER_WITHIN_MS)) return ok('database', 'LISTEN and NOTIFY get through.');
  const says = 'NOTIFY does not get through, so feeds may be two seconds old and the queue of moderators stands still.';
  return wrong(
    'database',
    says,
    'Connect directly, or through a proxy in session mode: transaction mode loses LISTEN.',
  );
}
