import { Injectable } from '@nestjs/common';
import { SiteInvitations } from '../../accounts/site-invitations.js';
import { InviteMemberDto } from '../../administration/member.dto.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { readBody } from '../../platform/http/read-body.js';
import type { InvitationId } from '../../platform/ids.js';
import { Secrets } from '../../platform/signing/secrets.js';
import { sitePath } from './desk-links.js';
import { DeskMembers, type SiteVisit } from './desk-members.js';
import { refusalOf } from './form-refusal.js';
import { withSaid } from './said.js';

/** Inviting to a site, and taking it back. The rules are those of SiteInvitations. */
@Injectable()
export class DeskInvitations {
  constructor(
    private readonly invitations: SiteInvitations,
    private readonly members: DeskMembers,
    private readonly secrets: Secrets,
  ) {}

  /** No redirect: the link stands in this answer and nowhere else, least of all in an address. */
  async invite(visit: SiteVisit, { email = '', role = '' }: FieldsOfForm): Promise<string> {
    const typed = { email, role };
    try {
      const body = readBody(InviteMemberDto, { email: email.trim(), role });
      const made = await this.invitations.make(visit.site.id, body.email, body.role, visit.person);
      return await this.members.write(visit, {}, { made });
    } catch (error) {
      return this.members.write(visit, {}, { typed, refusal: refusalOf(error, visit.reply) });
    }
  }

  async withdraw({ site, person, reply }: SiteVisit, invitation: InvitationId): Promise<string> {
    await this.invitations.withdraw(site.id, invitation, person);
    const path = withSaid(
      this.secrets,
      person.accountId,
      sitePath(site.key, '/members'),
      'The invitation is withdrawn.',
    );
    void reply.status(303).header('location', path);
    return '';
  }
}
