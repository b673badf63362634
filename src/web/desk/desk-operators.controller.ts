import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CurrentPerson } from '../../accounts/current-caller.decorator.js';
import { OperatorOnly } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import type { RawQuery } from '../../platform/http/query.js';
import type { AccountId, InvitationId } from '../../platform/ids.js';
import { DeskOperators } from './desk-operators.js';

@Controller('desk')
export class DeskOperatorsController {
  constructor(private readonly operators: DeskOperators) {}

  @Get('operators')
  @OperatorOnly()
  read(
    @Query() query: RawQuery,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.operators.write({ person, reply }, query);
  }

  @Post('operators')
  @OperatorOnly()
  invite(
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.operators.invite({ person, reply }, fields);
  }

  @Post('operators/invitations/:invitation/withdraw')
  @OperatorOnly()
  @HttpCode(303)
  withdraw(
    @Param('invitation', IdPipe) invitation: InvitationId,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.operators.withdraw({ person, reply }, invitation);
  }

  @Get('operators/:account/dismiss')
  @OperatorOnly()
  askBeforeDismissal(
    @Param('account', IdPipe) account: AccountId,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.operators.askBeforeDismissal({ person, reply }, account);
  }

  @Post('operators/:account/dismiss')
  @OperatorOnly()
  @HttpCode(303)
  dismiss(
    @Param('account', IdPipe) account: AccountId,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.operators.dismiss({ person, reply }, account);
  }

  @Post('accounts/:account/password-resets')
  @OperatorOnly()
  makeReset(
    @Param('account', IdPipe) account: AccountId,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.operators.makeReset({ person, reply }, account);
  }
}
