import type { EntityManager } from 'typeorm';
import { Problem } from '../platform/problem/problem.js';
import { Account } from './account.entity.js';
import { accountEmail } from './account-email.js';
import { verifyPassword } from './password.js';

/** The row that shows who somebody is; the hash says which password was true when it was read. */
export type ProvenAccount = Pick<Account, 'id' | 'passwordHash'>;

/**
 * Whose address and password these are. It counts nothing: callers that a stranger reaches wrap it in SignInLimit.
 * @throws Problem `wrong-credentials`, alike for an unknown address and a wrong password
 */
export async function checkCredentials(
  manager: EntityManager,
  email: string,
  password: string,
): Promise<ProvenAccount> {
  const account = await manager.findOneBy(Account, { email: accountEmail(email) });
  const matches = await verifyPassword(account?.passwordHash ?? null, password);
  if (!account || !matches) throw new Problem('wrong-credentials');
  return account;
}
