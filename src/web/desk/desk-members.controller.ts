import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CurrentPerson } from '../../accounts/current-caller.decorator.js';
import { MemberOnly } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import type { RawQuery } from '../../platform/http/query.js';
import type { AccountId, InvitationId } from '../../platform/ids.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { SitePipe } from '../../sites/site.pipe.js';
import { DeskInvitations } from './desk-invitations.js';
import { DeskMembers } from './desk-members.js';

const Administering = (): MethodDecorator => MemberOnly('owner', 'site:admin');

@Controller('desk/sites/:site/members')
export class DeskMembersController {
  constructor(
    private readonly members: DeskMembers,
    private readonly invitations: DeskInvitations,
  ) {}

  @Get()
  @Administering()
  read(
    @Param('site', SitePipe) site: KnownSite,
    @Query() query: RawQuery,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.members.write({ site, person, reply }, query);
  }

  @Post()
  @Administering()
  invite(
    @Param('site', SitePipe) site: KnownSite,
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.invitations.invite({ site, person, reply }, fields);
  }

  @Post('invitations/:invitation/withdraw')
  @Administering()
  @HttpCode(303)
  withdraw(
    @Param('site', SitePipe) site: KnownSite,
    @Param('invitation', IdPipe) invitation: InvitationId,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.invitations.withdraw({ site, person, reply }, invitation);
  }

  @Post(':account/role')
  @Administering()
  @HttpCode(303)
  change(
    @Param('site', SitePipe) site: KnownSite,
    @Param('account', IdPipe) account: AccountId,
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.members.change({ site, person, reply }, account, fields);
  }

  @Get(':account/remove')
  @Administering()
  askBeforeRemoval(
    @Param('site', SitePipe) site: KnownSite,
    @Param('account', IdPipe) account: AccountId,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.members.askBeforeRemoval({ site, person, reply }, account);
  }

  @Post(':account/remove')
  @Administering()
  @HttpCode(303)
  remove(
    @Param('site', SitePipe) site: KnownSite,
    @Param('account', IdPipe) account: AccountId,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.members.remove({ site, person, reply }, account);
  }
}
