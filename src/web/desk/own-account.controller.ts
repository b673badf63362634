import { Controller, Get, HttpCode, Ip, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CurrentPerson } from '../../accounts/current-caller.decorator.js';
import { SignedIn } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import type { RawQuery } from '../../platform/http/query.js';
import type { SessionId } from '../../platform/ids.js';
import { DeskAccount } from './desk-account.js';

@Controller('desk/account')
export class OwnAccountController {
  constructor(private readonly account: DeskAccount) {}

  @Get()
  @SignedIn()
  read(
    @Query() query: RawQuery,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.account.write({ person, reply }, query);
  }

  @Post()
  @SignedIn()
  @HttpCode(303)
  rename(
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.account.rename({ person, reply }, fields);
  }

  @Post('password')
  @SignedIn()
  @HttpCode(303)
  changePassword(
    @FormFields() fields: FieldsOfForm,
    @Ip() client: string,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.account.changePassword({ person, reply }, fields, client);
  }

  @Post('sessions/others/end')
  @SignedIn()
  @HttpCode(303)
  endOthers(@CurrentPerson() person: Person, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.account.endOthers({ person, reply });
  }

  @Post('sessions/:session/end')
  @SignedIn()
  @HttpCode(303)
  end(
    @Param('session', IdPipe) session: SessionId,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.account.end({ person, reply }, session);
  }
}
