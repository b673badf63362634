import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { Role } from '../platform/http/access.js';
import type { AccountId, SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { Secrets } from '../platform/signing/secrets.js';
import type { Caller } from './caller.js';
import { Membership } from './membership.entity.js';
import { readPage, type Page, type PageAsked } from './page.js';
import { recordAct } from './record-act.js';

export interface Member {
  readonly accountId: AccountId;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly since: Date;
}

/** Who belongs to a site and as what. Nobody joins here: that is the invitations' part. */
@Injectable()
export class Members {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  list(site: SiteId, asked: PageAsked): Promise<Page<Member>> {
    const read = (after: string, most: number): Promise<Member[]> =>
      this.database.inSite(site, (manager) =>
        manager.query(
          `select m.account_id as "accountId", a.email, a.name, m.role, m.created_at as since
             from membership m join account a on a.id = m.account_id
            where m.site_id = $1 and m.account_id > $2 order by m.account_id limit $3`,
          [site, after, most],
        ),
      );
    return readPage(this.secrets, ['members', site], asked, read, ({ accountId }) => accountId);
  }

  /** @throws Problem `member-not-found` */
  read(site: SiteId, account: AccountId): Promise<Member> {
    return this.database.inSite(site, (manager) => this.#read(manager, site, account));
  }

  /** @throws Problem `member-not-found`, `last-owner` */
  change(site: SiteId, account: AccountId, role: Role, by: Caller): Promise<Member> {
    return this.database.inSite(site, async (manager) => {
      const member = await this.#lock(manager, site, account);
      if (role !== 'owner') await this.#keepAnOwner(manager, member, by);
      await manager.update(Membership, { siteId: site, accountId: account }, { role });
      const changed = await this.#read(manager, site, account);
      if (role !== member.role) {
        const detail = { from: member.role, to: role };
        await recordAct(manager, site, by, { action: 'role-changed', subject: changed.name, detail });
      }
      return changed;
    });
  }

  /** @throws Problem `member-not-found`, `last-owner` */
  async remove(site: SiteId, account: AccountId, by: Caller): Promise<void> {
    await this.database.inSite(site, async (manager) => {
      const member = await this.#lock(manager, site, account);
      await this.#keepAnOwner(manager, member, by);
      const { name } = await this.#read(manager, site, account);
      await manager.delete(Membership, { siteId: site, accountId: account });
      await recordAct(manager, site, by, { action: 'member-removed', subject: name });
    });
  }

  async #read(manager: EntityManager, site: SiteId, account: AccountId): Promise<Member> {
    const [member] = await manager.query<Member[]>(
      `select a.id as "accountId", a.email, a.name, m.role, m.created_at as since
         from membership m join account a on a.id = m.account_id where m.site_id = $1 and m.account_id = $2`,
      [site, account],
    );
    if (!member) throw new Problem('member-not-found');
    return member;
  }

  /** With the owners of the site locked, in one order, so that two of them cannot send each other away. */
  async #lock(manager: EntityManager, siteId: SiteId, accountId: AccountId): Promise<Membership> {
    await manager
      .createQueryBuilder(Membership, 'm')
      .where('m.site_id = :siteId', { siteId })
      .andWhere("(m.role = 'owner' or m.account_id = :accountId)", { accountId })
      .orderBy('m.account_id')
      .setLock('pessimistic_write')
      .getMany();
    // Read again: what the locks waited for may have changed it.
    const member = await manager.findOneBy(Membership, { siteId, accountId });
    if (!member) throw new Problem('member-not-found');
    return member;
  }

  /** A site whose last owner went would belong to nobody who can change it; an operator may know better. */
  async #keepAnOwner(manager: EntityManager, { siteId, role }: Membership, by: Caller): Promise<void> {
    if (role !== 'owner' || (by.kind === 'person' && by.isOperator)) return;
    const owners = await manager.countBy(Membership, { siteId, role: 'owner' });
    if (owners < 2) throw new Problem('last-owner');
  }
}
