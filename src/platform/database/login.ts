import pg from 'pg';
import { SEARCH_ROLE } from './row-level-security.js';

/** What the connections of a superuser become, because row-level security never binds a superuser. */
export const APP_ROLE = 'winnow_app';

export interface Login {
  readonly name: string;
  /** Row-level security does not bind it: a superuser, or BYPASSRLS. */
  readonly bypassesWalls: boolean;
  readonly isSuperuser: boolean;
  /** It is, or may become, the role that the walls bind. */
  readonly mayBecomeApp: boolean;
  readonly serverVersion: number;
}

const END_WITHIN_MS = 1_000;

/** @param answerWithinMs bounds each query; a migration may take as long as it needs */
export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
  answerWithinMs?: number,
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: 'winnow-prepare',
    ...(answerWithinMs !== undefined && { query_timeout: answerWithinMs }),
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await endClient(client);
  }
}

/** A server that has fallen silent never says goodbye. */
async function endClient(client: pg.Client): Promise<void> {
  const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection;
  const overdue = setTimeout(() => {
    stream.destroy();
  }, END_WITHIN_MS);
  try {
    await client.end();
  } finally {
    clearTimeout(overdue);
  }
}

export async function inspectLogin(client: pg.Client): Promise<Login> {
  const { rows } = await client.query<{
    name: string;
    super: boolean;
    bypass: boolean;
    become: boolean;
    version: number;
  }>(
    `select rolname as name, rolsuper as super, rolbypassrls as bypass,
            coalesce((select pg_has_role(current_user, oid, 'member') from pg_roles where rolname = '${APP_ROLE}'), false)
              as become,
            current_setting('server_version_num')::int as version
       from pg_roles where rolname = current_user`,
  );
  const row = rows[0];
  if (!row) throw new Error('PostgreSQL does not know its own user.');
  const { name, super: isSuperuser, bypass, become: mayBecomeApp, version: serverVersion } = row;
  return { name, bypassesWalls: isSuperuser || bypass, isSuperuser, mayBecomeApp, serverVersion };
}

/** Makes the roles that nobody logs in as, where this login may: see row-level-security.ts and the search migration. */
export async function makeRoles(client: pg.Client, owner: Login): Promise<void> {
  for (const role of [SEARCH_ROLE, APP_ROLE]) {
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
    exception when duplicate_object or unique_violation then null;
    end $$`);
  }
  const to = pg.escapeIdentifier(owner.name);
  await client.query(`grant ${SEARCH_ROLE} to ${to}`);
  if (owner.bypassesWalls) await client.query(`grant ${APP_ROLE} to ${to}`);
}

export async function roleExists(client: pg.Client, role: string): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  return rowCount === 1;
}

/** Lets the role the service works as read and write the rows, and nothing else. */
export async function grantRows(client: pg.Client, role: string): Promise<void> {
  const to = pg.escapeIdentifier(role);
  await client.query(`grant usage on schema public to ${to}`);
  await client.query(`grant select, insert, update, delete on all tables in schema public to ${to}`);
  await client.query(`grant execute on all functions in schema public to ${to}`);
  // Readiness compares them with those of the build; only the owner writes them.
  await client.query(`revoke all on table migrations from ${to}`);
  await client.query(`grant select on table migrations to ${to}`);
  // Events are written once; what they say of a comment that is gone goes with it, by the foreign key.
  await client.query(`revoke update, delete on table comment_event from ${to}`);
}
