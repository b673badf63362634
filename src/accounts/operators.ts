import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { newId, type AccountId, type InvitationId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { Secrets } from '../platform/signing/secrets.js';
import { Account } from './account.entity.js';
import { newAccountEmail } from './account-email.js';
import { invitationEnd, invitationUrl } from './invitation-link.js';
import { makeToken } from './one-time-token.js';
import { OperatorInvitation } from './operator-invitation.entity.js';
import { readPage, type Page, type PageAsked } from './page.js';

export type MadeOperatorInvitation = Pick<OperatorInvitation, 'id' | 'email' | 'expiresAt'> & {
  /** The only time it is shown. */
  readonly url: string;
};

/** Who runs the service, and inviting others to. Taking an invitation up is the part of `Invitations`. */
@Injectable()
export class Operators {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly address: PublicAddress,
    private readonly secrets: Secrets,
  ) {}

  list(asked: PageAsked): Promise<Page<Account>> {
    const read = (after: string, most: number): Promise<Account[]> =>
      this.database.global.find(Account, {
        where: { isOperator: true, id: MoreThan(after as AccountId) },
        order: { id: 'asc' },
        take: most,
      });
    return readPage(this.secrets, ['operators'], asked, read, ({ id }) => id);
  }

  /** @throws Problem `account-not-found` */
  async read(id: AccountId): Promise<Account> {
    const operator = await this.database.global.findOneBy(Account, { id, isOperator: true });
    if (!operator) throw new Problem('account-not-found');
    return operator;
  }

  /**
   * Takes the operator's rights away; the account stays, with what it is on its sites.
   * @throws Problem `account-not-found`, `last-operator`
   */
  async dismiss(id: AccountId): Promise<void> {
    await this.database.global.transaction(async (manager) => {
      const operators = await manager.find(Account, {
        where: { isOperator: true },
        order: { id: 'asc' },
        lock: { mode: 'pessimistic_write' },
      });
      if (!operators.some((operator) => operator.id === id)) throw new Problem('account-not-found');
      if (operators.length === 1) throw new Problem('last-operator');
      await manager.update(Account, { id }, { isOperator: false });
    });
  }

  /**
   * Makes the link; an earlier one for the same address opens nothing any more.
   * @throws Problem `already-member`, `invalid-body`
   */
  async invite(typedEmail: string): Promise<MadeOperatorInvitation> {
    const email = newAccountEmail(typedEmail);
    if (await this.database.global.existsBy(Account, { email, isOperator: true })) throw new Problem('already-member');
    const { token, hash: tokenHash } = makeToken();
    const createdAt = this.clock.now();
    const expiresAt = invitationEnd(createdAt);
    const row = { id: newId<InvitationId>(), email, tokenHash, createdAt, expiresAt };
    await this.database.global.upsert(OperatorInvitation, row, ['email']);
    return { id: row.id, email, expiresAt, url: invitationUrl(this.address, token) };
  }

  /** Those that are still open. */
  listInvitations(asked: PageAsked): Promise<Page<OperatorInvitation>> {
    const read = (after: string, most: number): Promise<OperatorInvitation[]> =>
      this.database.global.find(OperatorInvitation, {
        where: { id: MoreThan(after as InvitationId), expiresAt: MoreThan(this.clock.now()) },
        order: { id: 'asc' },
        take: most,
      });
    return readPage(this.secrets, ['operator invitations'], asked, read, ({ id }) => id);
  }

  /** @throws Problem `invitation-not-found` */
  async withdraw(id: InvitationId): Promise<void> {
    const { affected } = await this.database.global.delete(OperatorInvitation, { id });
    if (!affected) throw new Problem('invitation-not-found');
  }
}
