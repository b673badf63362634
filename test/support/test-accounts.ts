import type pg from 'pg';
import { v7 } from 'uuid';
import { hashPassword } from '../../src/accounts/password.js';
import type { TestClient } from './test-client.js';
import type { TestService } from './test-service.js';

/* People with roles, put into the database directly: the routes that invite them are not part of these stories. */

const PASSWORD = 'a password of a person';

/** Each password is digested once: that takes long on purpose. */
const digests = new Map<string, Promise<string>>();

function digestOf(password: string): Promise<string> {
  const digest = digests.get(password) ?? hashPassword(password);
  digests.set(password, digest);
  return digest;
}

/** Runs one statement as the superuser, past every wall. */
export async function asSuperuser<Row extends pg.QueryResultRow>(
  { database }: TestService,
  statement: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return (await database.superuser.query<Row>(statement, [...values])).rows;
}

export type Role = 'viewer' | 'moderator' | 'owner';

/** By the keys of sites. */
export type Roles = Readonly<Record<string, Role>>;

/** A signed-in person with the given roles. */
export async function signInMember(
  service: TestService,
  email: string,
  roles: Roles,
  name = email,
): Promise<TestClient> {
  await makeAccount(service, email, roles, PASSWORD, name);
  return service.anonymous.signIn(email, PASSWORD);
}

export async function makeAccount(
  service: TestService,
  email: string,
  roles: Roles = {},
  password = PASSWORD,
  name = email,
): Promise<void> {
  const id = v7();
  await asSuperuser(
    service,
    `insert into account (id, email, name, password_hash, is_operator, created_at) values ($1, $2, $3, $4, false, now())`,
    [id, email, name, await digestOf(password)],
  );
  await asSuperuser(
    service,
    `insert into membership (site_id, account_id, role, created_at)
     select s.id, $1, r.role, now() from unnest($2::text[], $3::text[]) r(key, role) join site s using (key)`,
    [id, Object.keys(roles), Object.values(roles)],
  );
}
