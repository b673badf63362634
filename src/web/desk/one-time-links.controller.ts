import { Controller, Get, HttpCode, Ip, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import { InvitationDoor } from './invitation-door.js';
import { ResetDoor } from './reset-door.js';

/** Where one-time links lead: public, because who holds one has nothing else yet. */
@Controller('desk')
export class OneTimeLinksController {
  constructor(
    private readonly invitations: InvitationDoor,
    private readonly resets: ResetDoor,
  ) {}

  @Get('invitations/:token')
  @Public()
  readInvitation(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.invitations.write({ token, request, reply });
  }

  @Post('invitations/:token')
  @Public()
  @HttpCode(303)
  acceptInvitation(
    @Param('token') token: string,
    @FormFields() fields: FieldsOfForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.invitations.accept({ token, request, reply }, fields);
  }

  @Get('password-resets/:token')
  @Public()
  readReset(
    @Param('token') token: string,
    @Ip() client: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.resets.write(token, client, reply);
  }

  @Post('password-resets/:token')
  @Public()
  @HttpCode(303)
  acceptReset(
    @Param('token') token: string,
    @FormFields() fields: FieldsOfForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.resets.accept(token, fields, request, reply);
  }
}
