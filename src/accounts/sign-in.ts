import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicAddress } from '../platform/http/public-address.js';
import { Problem } from '../platform/problem/problem.js';
import type { Person } from './caller.js';
import { viewPerson, type PersonView } from './person.view.js';
import { isSameOrigin } from './same-origin.js';
import type { SignInDto } from './sign-in.dto.js';
import { sessionCookie } from './session-cookie.js';
import { SignInLimit } from './sign-in-limit.js';
import { Sessions } from './sessions.js';

/** From credentials to a cookie, and back. */
@Injectable()
export class SignIn {
  constructor(
    private readonly sessions: Sessions,
    private readonly limit: SignInLimit,
    private readonly address: PublicAddress,
  ) {}

  /** @throws Problem `cross-site-request`, `wrong-credentials`, `too-many-requests` */
  async open({ email, password }: SignInDto, request: FastifyRequest, reply: FastifyReply): Promise<PersonView> {
    // A foreign page must not sign its reader in to an account of its own choice either.
    if (!isSameOrigin(request)) throw new Problem('cross-site-request');
    const token = await this.limit.guard(email, request.ip, () => this.sessions.open(email, password));
    const { name, options } = sessionCookie(this.address.url);
    reply.setCookie(name, token, options).header('cache-control', 'no-store');
    const person = await this.sessions.find(token);
    if (!person) throw new Problem('unavailable');
    return viewPerson(person);
  }

  async close(person: Person, reply: FastifyReply): Promise<void> {
    await this.sessions.close(person.sessionId);
    const { name, options } = sessionCookie(this.address.url);
    reply.clearCookie(name, options);
  }
}
