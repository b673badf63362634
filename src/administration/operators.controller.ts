import { Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Operators } from '../accounts/operators.js';
import { readPageAsked, type Page } from '../accounts/page.js';
import { PasswordResets } from '../accounts/password-resets.js';
import { OperatorOnly } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { RawQuery } from '../platform/http/query.js';
import type { AccountId, InvitationId } from '../platform/ids.js';
import { InviteOperatorDto } from './member.dto.js';
import {
  viewMadeOperatorInvitation,
  viewMadeReset,
  viewOperator,
  viewOperatorInvitation,
  viewPage,
  type OperatorInvitationView,
  type OperatorView,
} from './member.view.js';

/** What operators do for accounts of the whole service. */
@Controller('v1')
export class OperatorsController {
  constructor(
    private readonly operators: Operators,
    private readonly resets: PasswordResets,
  ) {}

  @Get('operators')
  @OperatorOnly()
  async list(@Query() query: RawQuery): Promise<Page<OperatorView>> {
    return viewPage(await this.operators.list(readPageAsked(query)), viewOperator);
  }

  @Delete('operators/:account')
  @OperatorOnly()
  @HttpCode(204)
  dismiss(@Param('account', IdPipe) account: AccountId): Promise<void> {
    return this.operators.dismiss(account);
  }

  @Get('operators/invitations')
  @OperatorOnly()
  async listInvitations(@Query() query: RawQuery): Promise<Page<OperatorInvitationView>> {
    return viewPage(await this.operators.listInvitations(readPageAsked(query)), viewOperatorInvitation);
  }

  @Post('operators/invitations')
  @OperatorOnly()
  @Header('cache-control', 'no-store')
  async invite(
    @JsonBody(InviteOperatorDto) { email }: InviteOperatorDto,
  ): Promise<ReturnType<typeof viewMadeOperatorInvitation>> {
    return viewMadeOperatorInvitation(await this.operators.invite(email));
  }

  @Delete('operators/invitations/:invitation')
  @OperatorOnly()
  @HttpCode(204)
  withdraw(@Param('invitation', IdPipe) invitation: InvitationId): Promise<void> {
    return this.operators.withdraw(invitation);
  }

  @Post('accounts/:account/password-resets')
  @OperatorOnly()
  @Header('cache-control', 'no-store')
  async reset(@Param('account', IdPipe) account: AccountId): Promise<ReturnType<typeof viewMadeReset>> {
    return viewMadeReset(await this.resets.make(account));
  }
}
