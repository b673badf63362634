import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Role } from '../platform/http/access.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { newId, type InvitationId, type SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { Secrets } from '../platform/signing/secrets.js';
import { newAccountEmail } from './account-email.js';
import { Invitation } from './invitation.entity.js';
import { invitationEnd, invitationUrl } from './invitation-link.js';
import { makeToken } from './one-time-token.js';
import { readPage, type Page, type PageAsked } from './page.js';
import { recordAct, type Doer } from './record-act.js';

export type MadeInvitation = Pick<Invitation, 'id' | 'email' | 'role' | 'expiresAt'> & {
  /** The only time it is shown. */
  readonly url: string;
};

/** The inviting side, for one site. Taking an invitation up is the part of `Invitations`. */
@Injectable()
export class SiteInvitations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly address: PublicAddress,
    private readonly secrets: Secrets,
  ) {}

  /**
   * Makes the link; an earlier one for the same address opens nothing any more.
   * @param by null for the command line, which knows nobody
   * @throws Problem `already-member`, `invalid-body`
   */
  make(siteId: SiteId, typedEmail: string, role: Role, by: Doer | null): Promise<MadeInvitation> {
    const email = newAccountEmail(typedEmail);
    const { token, hash: tokenHash } = makeToken();
    const createdAt = this.clock.now();
    const row = {
      siteId,
      id: newId<InvitationId>(),
      email,
      role,
      tokenHash,
      createdAt,
      expiresAt: invitationEnd(createdAt),
    };
    return this.database.inSite(siteId, async (manager) => {
      const members: unknown[] = await manager.query(
        'select 1 from membership m join account a on a.id = m.account_id where m.site_id = $1 and a.email = $2',
        [siteId, email],
      );
      if (members.length > 0) throw new Problem('already-member');
      await manager.upsert(Invitation, row, ['siteId', 'email']);
      if (by) await recordAct(manager, siteId, by, { action: 'member-invited', subject: email, detail: { role } });
      return { id: row.id, email, role, expiresAt: row.expiresAt, url: invitationUrl(this.address, token) };
    });
  }

  /** Those that are still open. */
  list(siteId: SiteId, asked: PageAsked): Promise<Page<Invitation>> {
    const read = (after: string, most: number): Promise<Invitation[]> =>
      this.database.inSite(siteId, (manager) =>
        manager
          .createQueryBuilder(Invitation, 'i')
          .where('i.site_id = :siteId and i.id > :after', { siteId, after })
          .andWhere('i.expires_at > :now', { now: this.clock.now() })
          .orderBy('i.id')
          .limit(most)
          .getMany(),
      );
    return readPage(this.secrets, ['invitations', siteId], asked, read, ({ id }) => id);
  }

  /** @throws Problem `invitation-not-found` */
  async withdraw(siteId: SiteId, id: InvitationId, by: Doer): Promise<void> {
    await this.database.inSite(siteId, async (manager) => {
      const invitation = await manager.findOneBy(Invitation, { siteId, id });
      const { affected } = await manager.delete(Invitation, { siteId, id });
      if (!invitation || !affected) throw new Problem('invitation-not-found');
      await recordAct(manager, siteId, by, { action: 'invitation-withdrawn', subject: invitation.email });
    });
  }
}
