import { Controller, Delete, Get, HttpCode, Param, Patch, Query } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { Members } from '../accounts/members.js';
import { readPageAsked, type Page } from '../accounts/page.js';
import { MemberOnly } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { RawQuery } from '../platform/http/query.js';
import type { AccountId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { ChangeMemberDto } from './member.dto.js';
import { viewMember, viewPage, type MemberView } from './member.view.js';

const Administering = (): MethodDecorator => MemberOnly('owner', 'site:admin');

@Controller('v1/sites/:site/members')
export class MembersController {
  constructor(private readonly members: Members) {}

  @Get()
  @Administering()
  async list(@Param('site', SitePipe) { id }: KnownSite, @Query() query: RawQuery): Promise<Page<MemberView>> {
    return viewPage(await this.members.list(id, readPageAsked(query)), viewMember);
  }

  @Patch(':account')
  @Administering()
  async change(
    @Param('site', SitePipe) { id }: KnownSite,
    @Param('account', IdPipe) account: AccountId,
    @JsonBody(ChangeMemberDto) { role }: ChangeMemberDto,
    @CurrentCaller() caller: Caller,
  ): Promise<MemberView> {
    return viewMember(await this.members.change(id, account, role, caller));
  }

  @Delete(':account')
  @Administering()
  @HttpCode(204)
  remove(
    @Param('site', SitePipe) { id }: KnownSite,
    @Param('account', IdPipe) account: AccountId,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.members.remove(id, account, caller);
  }
}
