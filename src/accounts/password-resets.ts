import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { PublicAddress } from '../platform/http/public-address.js';
import type { AccountId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { Account } from './account.entity.js';
import type { ProvenAccount } from './credentials.js';
import { hashToken, makeToken } from './one-time-token.js';
import { hashPassword } from './password.js';
import { refusePopularPassword } from './popular-passwords.js';
import { passwordFault } from './password-rule.js';
import { PasswordReset } from './password-reset.entity.js';
import { Session } from './session.entity.js';
import { SignInLimit } from './sign-in-limit.js';

const LIFE_MS = 24 * 60 * 60 * 1000;

export interface MadeReset {
  /** The only time it is shown. */
  readonly url: string;
  readonly expiresAt: Date;
}

export interface SeenReset {
  readonly email: string;
  readonly expiresAt: Date;
}

/**
 * New passwords for those who forgot theirs, by a one-time link. Operators alone make one, not owners: whoever makes the
 * link can use it, and a member may own another site tomorrow, whatever they belong to today.
 */
@Injectable()
export class PasswordResets {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly address: PublicAddress,
    private readonly limit: SignInLimit,
  ) {}

  /**
   * Makes the link; an earlier one of the account opens nothing any more.
   * @throws Problem `account-not-found`
   */
  async make(accountId: AccountId): Promise<MadeReset> {
    if (!(await this.database.global.existsBy(Account, { id: accountId }))) throw new Problem('account-not-found');
    const { token, hash } = makeToken();
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + LIFE_MS);
    await this.database.global.upsert(PasswordReset, { accountId, tokenHash: hash, createdAt, expiresAt }, [
      'accountId',
    ]);
    return { url: `${this.address.url}/desk/password-resets/${token}`, expiresAt };
  }

  /** @throws Problem `password-reset-not-found`, alike for one that is unknown, used or expired */
  async look(token: string, client: string): Promise<SeenReset> {
    const { email, expiresAt } = await this.#find(token, client);
    return { email, expiresAt };
  }

  /**
   * Sets the password and ends every session of the account, once.
   * @returns whom to sign in
   * @throws Problem `password-reset-not-found`, `invalid-body`, `too-many-requests`
   */
  async accept(token: string, password: string, client: string): Promise<ProvenAccount> {
    const fault = passwordFault(password, '/password');
    if (fault) throw new Problem('invalid-body', { errors: [fault] });
    await refusePopularPassword(password, '/password');
    const { accountId, tokenHash } = await this.#find(token, client);
    const passwordHash = await hashPassword(password);
    await this.database.global.transaction(async (manager) => {
      const { affected } = await manager.delete(PasswordReset, { accountId, tokenHash });
      if (!affected) throw new Problem('password-reset-not-found');
      await manager.update(Account, { id: accountId }, { passwordHash });
      await manager.delete(Session, { accountId });
    });
    return { id: accountId, passwordHash };
  }

  #find(token: string, client: string): Promise<PasswordReset & { email: string }> {
    return this.limit.guardLink(client, async () => {
      const hash = hashToken(token);
      const rows: (PasswordReset & { email: string })[] =
        hash === null
          ? []
          : await this.database.global.query(
              `select r.account_id as "accountId", r.token_hash as "tokenHash", r.expires_at as "expiresAt", a.email
                 from password_reset r join account a on a.id = r.account_id
                where r.token_hash = $1 and r.expires_at > $2`,
              [hash, this.clock.now()],
            );
      const [found] = rows;
      if (!found) throw new Problem('password-reset-not-found');
      return found;
    });
  }
}
