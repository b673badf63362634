import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Role } from '../platform/http/access.js';
import { newId, type AccountId, type InvitationId, type SiteId } from '../platform/ids.js';
import { Problem, type FieldFault } from '../platform/problem/problem.js';
import { Account } from './account.entity.js';
import { checkCredentials, type ProvenAccount } from './credentials.js';
import { Invitation } from './invitation.entity.js';
import { Membership } from './membership.entity.js';
import { hashToken } from './one-time-token.js';
import { OperatorInvitation } from './operator-invitation.entity.js';
import { hashPassword } from './password.js';
import { refusePopularPassword } from './popular-passwords.js';
import { passwordFault } from './password-rule.js';
import { recordAct } from './record-act.js';
import { SignInLimit } from './sign-in-limit.js';
import type { Visitor } from './visitor.js';

/** What the person who holds the link may know of it. */
export interface SeenInvitation {
  readonly email: string;
  readonly role: Role | 'operator';
  /** Null for an operator, who belongs to no site. */
  readonly site: { readonly key: string; readonly name: string } | null;
  readonly expiresAt: Date;
  readonly hasAccount: boolean;
}

/** A new account needs both; an existing one its password, unless the person is signed in as it. */
export interface InvitationAnswer {
  readonly name?: string;
  readonly password?: string;
}

interface Found {
  readonly id: InvitationId;
  readonly email: string;
  readonly expiresAt: Date;
  /** These four are null for an operator's. */
  readonly siteId: SiteId | null;
  readonly siteKey: string | null;
  readonly siteName: string | null;
  readonly role: Role | null;
  /** Null when nobody has the address yet. */
  readonly accountId: AccountId | null;
  readonly passwordHash: string | null;
}

/**
 * The side of the invited: what a link is for, and taking it up. The link alone makes a new account, but never opens or
 * enlarges one that exists: that takes its session or its password as well.
 */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly limit: SignInLimit,
  ) {}

  /** @throws Problem `invitation-not-found`, alike for one that is unknown, used, withdrawn or expired */
  async look(token: string, client: string): Promise<SeenInvitation> {
    const { email, role, siteKey, siteName, expiresAt, accountId } = await this.#find(token, client);
    const site = siteKey === null ? null : { key: siteKey, name: siteName ?? siteKey };
    return { email, role: role ?? 'operator', site, expiresAt, hasAccount: accountId !== null };
  }

  /**
   * Takes an invitation up, once: of two at a time one finds nothing.
   * @returns whom to sign in
   * @throws Problem `invitation-not-found`, `account-exists`, `wrong-credentials`, `invalid-body`, `too-many-requests`
   */
  async accept(token: string, answer: InvitationAnswer, visitor: Visitor): Promise<ProvenAccount> {
    const found = await this.#find(token, visitor.client);
    if (found.accountId !== null) {
      const account = await this.#prove(found, answer, visitor);
      await this.#claim(found, () => Promise.resolve(account));
      return account;
    }
    const account = await newAccount(found.email, answer, this.clock.now());
    return this.#claim(found, (manager) => insertAccount(manager, account));
  }

  async #prove(
    { email, accountId, passwordHash }: Found,
    { password }: InvitationAnswer,
    { client, person }: Visitor,
  ): Promise<ProvenAccount> {
    if (password !== undefined) {
      return this.limit.guard(email, client, () => checkCredentials(this.database.global, email, password));
    }
    if (accountId !== null && passwordHash !== null && person?.accountId === accountId) {
      return { id: accountId, passwordHash };
    }
    throw accountExists(person !== null);
  }

  #find(token: string, client: string): Promise<Found> {
    return this.limit.guardLink(client, async () => {
      const hash = hashToken(token);
      const rows = hash === null ? [] : await this.#read(hash);
      const [found] = rows;
      if (!found) throw new Problem('invitation-not-found');
      return found;
    });
  }

  #read(hash: Buffer): Promise<Found[]> {
    return this.database.acrossSites('find an invitation by its link', (manager) =>
      manager.query(
        `select i.id, i.email, i.expires_at as "expiresAt", i.site_id as "siteId", s.key as "siteKey",
                s.name as "siteName", i.role, a.id as "accountId", a.password_hash as "passwordHash"
           from invitation i join site s on s.id = i.site_id left join account a on a.email = i.email
          where i.token_hash = $1 and i.expires_at > $2
         union all
         select o.id, o.email, o.expires_at, null, null, null, null, a.id, a.password_hash
           from operator_invitation o left join account a on a.email = o.email
          where o.token_hash = $1 and o.expires_at > $2`,
        [hash, this.clock.now()],
      ),
    );
  }

  /** The invitation goes and what it promised comes, in one transaction. */
  #claim(
    { id, siteId, role }: Found,
    account: (manager: EntityManager) => Promise<ProvenAccount>,
  ): Promise<ProvenAccount> {
    if (siteId === null || role === null) {
      return this.database.global.transaction(async (manager) => {
        const { affected } = await manager.delete(OperatorInvitation, { id });
        if (!affected) throw new Problem('invitation-not-found');
        const operator = await account(manager);
        await manager.update(Account, { id: operator.id }, { isOperator: true });
        return operator;
      });
    }
    return this.database.inSite(siteId, async (manager) => {
      const { affected } = await manager.delete(Invitation, { siteId, id });
      if (!affected) throw new Problem('invitation-not-found');
      const member = await account(manager);
      const row = { siteId, accountId: member.id, role, createdAt: this.clock.now() };
      // A role that somebody got in another way meanwhile stands.
      const insert = manager.createQueryBuilder().insert().into(Membership).values(row).orIgnore();
      const made = await insert.returning('role').execute();
      if ((made.raw as unknown[]).length > 0) await recordJoining(manager, row);
      return member;
    });
  }
}

async function recordJoining(
  manager: EntityManager,
  { siteId, accountId, role }: Pick<Membership, 'siteId' | 'accountId' | 'role'>,
): Promise<void> {
  const { name } = await manager.findOneByOrFail(Account, { id: accountId });
  const by = { kind: 'person' as const, accountId, name };
  await recordAct(manager, siteId, by, { action: 'member-joined', subject: name, detail: { role } });
}

async function newAccount(email: string, { name, password }: InvitationAnswer, createdAt: Date): Promise<Account> {
  const errors: FieldFault[] = [];
  if (name === undefined) errors.push({ pointer: '/name', rule: 'required', detail: 'Write your name.' });
  const fault = passwordFault(password ?? '', '/password');
  if (fault) errors.push(fault);
  if (name === undefined || password === undefined || fault) throw new Problem('invalid-body', { errors });
  await refusePopularPassword(password, '/password');
  const passwordHash = await hashPassword(password);
  return { id: newId<AccountId>(), email, name, passwordHash, isOperator: false, createdAt };
}

async function insertAccount(manager: EntityManager, account: Account): Promise<ProvenAccount> {
  const made = await manager
    .createQueryBuilder()
    .insert()
    .into(Account)
    .values(account)
    .orIgnore()
    .returning('id')
    .execute();
  // Another invitation for the same address was taken up a moment ago.
  if ((made.raw as unknown[]).length === 0) throw accountExists(false);
  return account;
}

function accountExists(isSomebodyElse: boolean): Problem {
  return new Problem('account-exists', {
    ...(isSomebodyElse && {
      detail: 'You are signed in as somebody else: send the password of the invited account, or sign in as it first.',
    }),
  });
}
