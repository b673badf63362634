import type { FastifyRequest } from 'fastify';
import { ROLES, type Role, type Scope } from '../platform/http/access.js';
import type { AccountId, ApiKeyId, SessionId, SiteId } from '../platform/ids.js';

/** A person signed in by a session cookie. */
export interface Person {
  readonly kind: 'person';
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly email: string;
  readonly name: string;
  readonly isOperator: boolean;
  /** By the site's key. */
  readonly memberships: ReadonlyMap<string, { readonly siteId: SiteId; readonly role: Role }>;
}

/** A program with an API key, which belongs to one site. */
export interface Program {
  readonly kind: 'program';
  readonly apiKeyId: ApiKeyId;
  readonly name: string;
  readonly siteId: SiteId;
  readonly siteKey: string;
  readonly scopes: readonly Scope[];
}

export type Caller = Person | Program;

/** Of the account or the API key. */
export function idOf(
  caller: Pick<Person, 'kind' | 'accountId'> | Pick<Program, 'kind' | 'apiKeyId'>,
): AccountId | ApiKeyId {
  return caller.kind === 'person' ? caller.accountId : caller.apiKeyId;
}

/** As colleagues read it. */
export function nameOf(caller: Pick<Caller, 'kind' | 'name'>): string {
  return caller.kind === 'person' ? caller.name : `API key ${caller.name}`;
}

const callers = new WeakMap<FastifyRequest, Caller>();

export function rememberCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

export function callerOf(request: FastifyRequest): Caller | null {
  return callers.get(request) ?? null;
}

/** Whether the caller belongs to the site at all; if not, the site does not exist for them. */
export function belongsTo(caller: Caller, siteKey: string): boolean {
  if (caller.kind === 'program') return caller.siteKey === siteKey;
  return caller.isOperator || caller.memberships.has(siteKey);
}

export function mayAct(caller: Caller, siteKey: string, role: Role, scope: Scope): boolean {
  if (caller.kind === 'program') return caller.siteKey === siteKey && caller.scopes.includes(scope);
  if (caller.isOperator) return true;
  const held = caller.memberships.get(siteKey)?.role;
  return held !== undefined && ROLES.indexOf(held) >= ROLES.indexOf(role);
}
