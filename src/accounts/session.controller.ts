import { Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public, SignedIn } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import type { Person } from './caller.js';
import { CurrentPerson } from './current-caller.decorator.js';
import { viewPerson, type PersonView } from './person.view.js';
import { SignInDto } from './sign-in.dto.js';
import { SignIn } from './sign-in.js';

@Controller('v1/session')
export class SessionController {
  constructor(private readonly signIn: SignIn) {}

  @Post()
  @Public()
  @HttpCode(200)
  open(
    @JsonBody(SignInDto) credentials: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonView> {
    return this.signIn.open(credentials, request, reply);
  }

  @Get()
  @SignedIn()
  read(@CurrentPerson() person: Person): PersonView {
    return viewPerson(person);
  }

  @Delete()
  @SignedIn()
  @HttpCode(204)
  close(@CurrentPerson() person: Person, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.signIn.close(person, reply);
  }
}
