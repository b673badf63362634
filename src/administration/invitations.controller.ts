import { Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { readPageAsked, type Page } from '../accounts/page.js';
import { SiteInvitations } from '../accounts/site-invitations.js';
import { MemberOnly } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { RawQuery } from '../platform/http/query.js';
import type { InvitationId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { InviteMemberDto } from './member.dto.js';
import { viewInvitation, viewMadeInvitation, viewPage, type InvitationView } from './member.view.js';

const Administering = (): MethodDecorator => MemberOnly('owner', 'site:admin');

@Controller('v1/sites/:site/invitations')
export class InvitationsController {
  constructor(private readonly invitations: SiteInvitations) {}

  @Get()
  @Administering()
  async list(@Param('site', SitePipe) { id }: KnownSite, @Query() query: RawQuery): Promise<Page<InvitationView>> {
    return viewPage(await this.invitations.list(id, readPageAsked(query)), viewInvitation);
  }

  @Post()
  @Administering()
  @Header('cache-control', 'no-store')
  async make(
    @Param('site', SitePipe) { id }: KnownSite,
    @JsonBody(InviteMemberDto) { email, role }: InviteMemberDto,
    @CurrentCaller() caller: Caller,
  ): Promise<ReturnType<typeof viewMadeInvitation>> {
    return viewMadeInvitation(await this.invitations.make(id, email, role, caller));
  }

  @Delete(':invitation')
  @Administering()
  @HttpCode(204)
  withdraw(
    @Param('site', SitePipe) { id }: KnownSite,
    @Param('invitation', IdPipe) invitation: InvitationId,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.invitations.withdraw(id, invitation, caller);
  }
}
