import { Controller, Delete, Get, HttpCode, Ip, Param, Patch, Put, Query } from '@nestjs/common';
import { SignedIn } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { RawQuery } from '../platform/http/query.js';
import type { SessionId } from '../platform/ids.js';
import { ChangeAccountDto, ChangePasswordDto } from './account.dto.js';
import { viewAccount, viewSessions, type AccountView, type SessionView } from './account.view.js';
import type { Person } from './caller.js';
import { CurrentPerson } from './current-caller.decorator.js';
import { OwnAccount } from './own-account.js';
import { readPageAsked, type Page } from './page.js';
import { Sessions } from './sessions.js';

/** One's own account and its sessions. */
@Controller('v1/account')
export class AccountController {
  constructor(
    private readonly account: OwnAccount,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  @SignedIn()
  read(@CurrentPerson() person: Person): AccountView {
    return viewAccount(person);
  }

  @Patch()
  @SignedIn()
  async change(
    @CurrentPerson() person: Person,
    @JsonBody(ChangeAccountDto) body: ChangeAccountDto,
  ): Promise<AccountView> {
    return viewAccount(await this.account.change(person, body));
  }

  @Put('password')
  @SignedIn()
  @HttpCode(204)
  changePassword(
    @CurrentPerson() person: Person,
    @JsonBody(ChangePasswordDto) body: ChangePasswordDto,
    @Ip() client: string,
  ): Promise<void> {
    return this.account.changePassword(person, body, client);
  }

  @Get('sessions')
  @SignedIn()
  async list(@CurrentPerson() person: Person, @Query() query: RawQuery): Promise<Page<SessionView>> {
    return viewSessions(await this.sessions.list(person.accountId, readPageAsked(query)), person);
  }

  @Delete('sessions')
  @SignedIn()
  @HttpCode(204)
  endOthers(@CurrentPerson() { accountId, sessionId }: Person): Promise<void> {
    return this.sessions.revokeOthers(accountId, sessionId);
  }

  @Delete('sessions/:session')
  @SignedIn()
  @HttpCode(204)
  end(@CurrentPerson() { accountId }: Person, @Param('session', IdPipe) session: SessionId): Promise<void> {
    return this.sessions.revoke(accountId, session);
  }
}
