import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ACCESS, type Access } from '../platform/http/access.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { Problem } from '../platform/problem/problem.js';
import { ApiKeys } from './api-keys.js';
import { belongsTo, mayAct, rememberCaller, type Caller } from './caller.js';
import { isSameOrigin } from './same-origin.js';
import { readSessionCookie } from './session-cookie.js';
import { Sessions } from './sessions.js';

/** The one guard. It reads what the route declares; a route that declares nothing is open to nobody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly apiKeys: ApiKeys,
    private readonly address: PublicAddress,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.get<Access | undefined>(ACCESS, context.getHandler());
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!access) throw new Problem('forbidden');
    if (access.kind === 'public') return access.readsOwnToken ? true : this.#noteBearer(request);
    const caller = await this.#identify(request);
    if (!caller) throw new Problem('not-signed-in');
    if (caller.kind === 'person' && !isSameOrigin(request)) throw new Problem('cross-site-request');
    rememberCaller(request, caller);
    admit(caller, access, request);
    return true;
  }

  /** A public route asks for nothing, but a wrong key is told so rather than taken for no key. */
  async #noteBearer(request: FastifyRequest): Promise<true> {
    const key = bearerOf(request);
    if (key === null) return true;
    const program = await this.apiKeys.find(key);
    if (!program) throw new Problem('not-signed-in', { detail: 'This API key is not valid.' });
    rememberCaller(request, program);
    return true;
  }

  async #identify(request: FastifyRequest): Promise<Caller | null> {
    const key = bearerOf(request);
    if (key !== null) return this.apiKeys.find(key);
    const cookie = readSessionCookie(request, this.address.url);
    return cookie === undefined ? null : this.sessions.find(cookie);
  }
}

function admit(caller: Caller, access: Exclude<Access, { kind: 'public' }>, request: FastifyRequest): void {
  if (access.kind === 'signed-in') {
    if (caller.kind !== 'person') throw new Problem('forbidden', { detail: 'This is for people, not for API keys.' });
    return;
  }
  if (access.kind === 'operator') {
    if (caller.kind !== 'person' || !caller.isOperator)
      throw new Problem('forbidden', { detail: 'Only an operator may.' });
    return;
  }
  if (access.kind === 'member-anywhere') {
    if (caller.kind === 'program' && !caller.scopes.includes(access.scope)) throw new Problem('forbidden');
    return;
  }
  const { site = '' } = request.params as { site?: string };
  if (!belongsTo(caller, site)) throw new Problem('site-not-found');
  if (!mayAct(caller, site, access.role, access.scope)) throw new Problem('forbidden');
}

function bearerOf(request: FastifyRequest): string | null {
  const [, key] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  return key ?? null;
}
