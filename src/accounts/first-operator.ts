import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Clock } from '../platform/clock.js';
import { Settings } from '../platform/config/settings.js';
import { Database } from '../platform/database/database.js';
import { newId, type AccountId } from '../platform/ids.js';
import { Account } from './account.entity.js';
import { accountEmail } from './account-email.js';
import { hashPassword } from './password.js';

export interface FirstOperator {
  readonly email: string;
  /** Set when it was made here: it is shown once and kept nowhere. */
  readonly madePassword: string | null;
}

@Injectable()
export class FirstOperatorAccount {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** Makes the operator account when there is no account at all. */
  async ensure(): Promise<FirstOperator | null> {
    const { email, password } = this.settings.admin;
    if (await this.database.global.exists(Account)) return null;
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
