import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicAddress } from '../platform/http/public-address.js';
import { Problem } from '../platform/problem/problem.js';
import type { Person } from './caller.js';
import { describeDevice } from './describe-device.js';
import { Invitations, type InvitationAnswer } from './invitations.js';
import { PasswordResets } from './password-resets.js';
import { viewPerson, type PersonView } from './person.view.js';
import { isSameOrigin } from './same-origin.js';
import type { SignInDto } from './sign-in.dto.js';
import { readSessionCookie, sessionCookie } from './session-cookie.js';
import { SignInLimit } from './sign-in-limit.js';
import { Sessions } from './sessions.js';

/** From credentials or a one-time link to a cookie, and back. */
@Injectable()
export class SignIn {
  constructor(
    private readonly sessions: Sessions,
    private readonly limit: SignInLimit,
    private readonly address: PublicAddress,
    private readonly invitations: Invitations,
    private readonly resets: PasswordResets,
  ) {}

  /** @throws Problem `cross-site-request`, `wrong-credentials`, `too-many-requests` */
  async open({ email, password }: SignInDto, request: FastifyRequest, reply: FastifyReply): Promise<PersonView> {
    refuseForeignPages(request);
    const device = deviceOf(request);
    const token = await this.limit.guard(email, request.ip, () => this.sessions.open(email, password, device));
    await this.#closeFormer(request);
    return this.#hand(token, reply);
  }

  /** @throws Problem `cross-site-request` and those of `Invitations.accept` */
  async acceptInvitation(
    token: string,
    answer: InvitationAnswer,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<PersonView> {
    refuseForeignPages(request);
    const person = await this.#personOf(request);
    const account = await this.invitations.accept(token, answer, { client: request.ip, person });
    const cookie = await this.sessions.start(account, deviceOf(request));
    // A session that began with fewer rights does not go on with more.
    if (person) await this.sessions.close(person.sessionId);
    return this.#hand(cookie, reply);
  }

  /** @throws Problem `cross-site-request` and those of `PasswordResets.accept` */
  async acceptReset(
    token: string,
    password: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<PersonView> {
    refuseForeignPages(request);
    const account = await this.resets.accept(token, password, request.ip);
    const cookie = await this.sessions.start(account, deviceOf(request));
    await this.#closeFormer(request);
    return this.#hand(cookie, reply);
  }

  async close(person: Person, reply: FastifyReply): Promise<void> {
    await this.sessions.close(person.sessionId);
    const { name, options } = sessionCookie(this.address.url);
    reply.clearCookie(name, options);
  }

  /** The browser forgets the cookie it came with; nobody else is to go on with it. */
  async #closeFormer(request: FastifyRequest): Promise<void> {
    const person = await this.#personOf(request);
    if (person) await this.sessions.close(person.sessionId);
  }

  async #personOf(request: FastifyRequest): Promise<Person | null> {
    const cookie = readSessionCookie(request, this.address.url);
    return cookie === undefined ? null : this.sessions.find(cookie);
  }

  async #hand(token: string, reply: FastifyReply): Promise<PersonView> {
    const person = await this.sessions.find(token);
    if (!person) throw new Problem('unavailable');
    const { name, options } = sessionCookie(this.address.url);
    reply.setCookie(name, token, options).header('cache-control', 'no-store');
    return viewPerson(person);
  }
}

/** A foreign page must not sign its reader in, least of all to an account of its own choice. */
function refuseForeignPages(request: FastifyRequest): void {
  if (!isSameOrigin(request)) throw new Problem('cross-site-request');
}

function deviceOf(request: FastifyRequest): string | null {
  return describeDevice(request.headers['user-agent']);
}
