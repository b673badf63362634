import { Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../platform/config/settings.js';
import { Public, SignedIn } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { Problem } from '../platform/problem/problem.js';
import type { Person } from './caller.js';
import { CurrentPerson } from './current-caller.decorator.js';
import { viewPerson, type PersonView } from './person.view.js';
import { isSameOrigin } from './same-origin.js';
import { SignInDto } from './sign-in.dto.js';
import { sessionCookie } from './session-cookie.js';
import { SignInLimit } from './sign-in-limit.js';
import { Sessions } from './sessions.js';

@Controller('v1/session')
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly limit: SignInLimit,
    private readonly settings: Settings,
  ) {}

  @Post()
  @Public()
  @HttpCode(200)
  async open(
    @JsonBody(SignInDto) { email, password }: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonView> {
    if (!isSameOrigin(request)) throw new Problem('cross-site-request');
    const token = await this.limit.guard(email, request.ip, () => this.sessions.open(email, password));
    const { name, options } = sessionCookie(this.settings.publicUrl);
    reply.setCookie(name, token, options);
    const person = await this.sessions.find(token);
    if (!person) throw new Problem('unavailable');
    return viewPerson(person);
  }

  @Get()
  @SignedIn()
  read(@CurrentPerson() person: Person): PersonView {
    return viewPerson(person);
  }

  @Delete()
  @SignedIn()
  @HttpCode(204)
  async close(@CurrentPerson() person: Person, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.close(person.sessionId);
    const { name, options } = sessionCookie(this.settings.publicUrl);
    reply.clearCookie(name, options);
  }
}
