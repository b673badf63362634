import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Clock } from '../platform/clock.js';
import { Settings } from '../platform/config/settings.js';
import { Database } from '../platform/database/database.js';
import { newId, type AccountId } from '../platform/ids.js';
import { Account } from './account.entity.js';
import { accountEmail } from './account-email.js';
import { hashPassword } from './password.js';
import { passwordFault } from './password-rule.js';
import { popularPasswordFault } from './popular-passwords.js';

export interface FirstOperator {
  readonly email: string;
  /** Set when it was made here: it is shown once and kept nowhere. */
  readonly madePassword: string | null;
}

/** The operator's own setting: a sentence for whoever starts the service, which never holds the password. */
export class AdminPasswordFault extends Error {}

@Injectable()
export class FirstOperatorAccount {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the operator account when there is no account at all.
   * @throws AdminPasswordFault
   */
  async ensure(): Promise<FirstOperator | null> {
    const { email, password } = this.settings.admin;
    if (await this.database.global.exists(Account)) return null;
    if (password) await refuseAsFirst(password);
    const made = password ? null : randomBytes(12).toString('base64url');
    const address = accountEmail(email || 'admin@localhost');
    const result = await this.database.global
      .createQueryBuilder()
      .insert()
      .into(Account)
      .values({
        id: newId<AccountId>(),
        email: address,
        name: 'Operator',
        passwordHash: await hashPassword(made ?? password),
        isOperator: true,
        createdAt: this.clock.now(),
      })
      .orIgnore()
      .returning('id')
      .execute();
    // `identifiers` would be filled even when another process was faster.
    return (result.raw as unknown[]).length === 0 ? null : { email: address, madePassword: made };
  }
}

/** What everybody else is refused, the first operator is too. */
async function refuseAsFirst(password: string): Promise<void> {
  const fault = passwordFault(password, '') ?? (await popularPasswordFault(password, ''));
  if (fault) throw new AdminPasswordFault(`ADMIN_PASSWORD is no password to begin with: ${fault.detail}`);
}
