import { Controller, Get, Header, Ip, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../platform/http/access.js';
import { JsonBody, OptionalJsonBody } from '../platform/http/body.decorator.js';
import { Invitations } from './invitations.js';
import { AcceptInvitationDto, AcceptResetDto } from './link.dto.js';
import { viewSeenInvitation, viewSeenReset, type SeenInvitationView, type SeenResetView } from './link.view.js';
import { PasswordResets } from './password-resets.js';
import type { PersonView } from './person.view.js';
import { SignIn } from './sign-in.js';

/** One-time links: public, because who holds one has nothing else yet. Each answer that works ends in a session. */
@Controller('v1')
export class LinksController {
  constructor(
    private readonly invitations: Invitations,
    private readonly resets: PasswordResets,
    private readonly signIn: SignIn,
  ) {}

  @Get('invitations/:token')
  @Public()
  @Header('cache-control', 'no-store')
  async lookAtInvitation(@Param('token') token: string, @Ip() client: string): Promise<SeenInvitationView> {
    return viewSeenInvitation(await this.invitations.look(token, client));
  }

  @Post('invitations/:token/acceptance')
  @Public()
  acceptInvitation(
    @Param('token') token: string,
    @OptionalJsonBody(AcceptInvitationDto) answer: AcceptInvitationDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonView> {
    return this.signIn.acceptInvitation(token, answer, request, reply);
  }

  @Get('password-resets/:token')
  @Public()
  @Header('cache-control', 'no-store')
  async lookAtReset(@Param('token') token: string, @Ip() client: string): Promise<SeenResetView> {
    return viewSeenReset(await this.resets.look(token, client));
  }

  @Post('password-resets/:token')
  @Public()
  acceptReset(
    @Param('token') token: string,
    @JsonBody(AcceptResetDto) { password }: AcceptResetDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonView> {
    return this.signIn.acceptReset(token, password, request, reply);
  }
}
