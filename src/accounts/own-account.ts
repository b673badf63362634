import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { Problem } from '../platform/problem/problem.js';
import { Account } from './account.entity.js';
import type { Person } from './caller.js';
import { refusePopularPassword } from './popular-passwords.js';
import { hashPassword, verifyPassword } from './password.js';
import { PasswordReset } from './password-reset.entity.js';
import { Session } from './session.entity.js';
import { SignInLimit } from './sign-in-limit.js';

/** What a person changes of their own account. Their address is not among it: it is how sites know them. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly database: Database,
    private readonly limit: SignInLimit,
  ) {}

  /** What is left out stays. */
  async change(person: Person, { name = person.name }: { readonly name?: string }): Promise<Person> {
    await this.database.global.update(Account, { id: person.accountId }, { name });
    return { ...person, name };
  }

  /**
   * Ends every other session and an open reset: whoever else knew the old password is out.
   * @param client counted like a sign-in, because a borrowed session must not be a place to guess the password at
   * @throws Problem `invalid-body`, `wrong-password`, `too-many-requests`
   */
  async changePassword(
    { accountId, sessionId, email }: Person,
    { currentPassword, newPassword }: { readonly currentPassword: string; readonly newPassword: string },
    client: string,
  ): Promise<void> {
    await refusePopularPassword(newPassword, '/newPassword');
    const known = await this.limit.guard(email, client, async () => {
      const account = await this.database.global.findOneBy(Account, { id: accountId });
      const matches = await verifyPassword(account?.passwordHash ?? null, currentPassword);
      if (!account || !matches) throw new Problem('wrong-password');
      return account.passwordHash;
    });
    const passwordHash = await hashPassword(newPassword);
    await this.database.global.transaction(async (manager) => {
      await manager.delete(PasswordReset, { accountId });
      const { affected } = await manager.update(Account, { id: accountId, passwordHash: known }, { passwordHash });
      if (!affected) throw new Problem('wrong-password');
      await manager.delete(Session, { accountId, id: Not(sessionId) });
    });
  }
}
