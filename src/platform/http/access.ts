import { SetMetadata } from '@nestjs/common';

/** Ordered: each may do what those before it may. */
export const ROLES = ['viewer', 'moderator', 'owner'] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = ['comments:write', 'moderation:read', 'moderation:write', 'site:admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** What a route asks of its caller. Declared here; the guard that reads it lives in accounts. */
export type Access =
  | { readonly kind: 'public'; readonly readsOwnToken?: boolean }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'operator' }
  | { readonly kind: 'member'; readonly role: Role; readonly scope: Scope }
  | { readonly kind: 'member-anywhere'; readonly scope: Scope };

export const ACCESS = 'winnow:access';

/**
 * Anybody. A bearer token that comes along is still checked, so that a key's scopes can be used; unless the route has a
 * token of its own to look for (`readsOwnToken`), which is no API key.
 */
export const Public = (options: { readonly readsOwnToken?: boolean } = {}): MethodDecorator =>
  SetMetadata(ACCESS, { kind: 'public', ...options } satisfies Access);
/** A person with a session. */
export const SignedIn = (): MethodDecorator => SetMetadata(ACCESS, { kind: 'signed-in' } satisfies Access);
export const OperatorOnly = (): MethodDecorator => SetMetadata(ACCESS, { kind: 'operator' } satisfies Access);
/** A member of the site in the path with at least this role, or one of its API keys with this scope. */
export const MemberOnly = (role: Role, scope: Scope): MethodDecorator =>
  SetMetadata(ACCESS, { kind: 'member', role, scope } satisfies Access);
/** A person with a session, or an API key with this scope; the work itself asks on which sites they are what. */
export const MemberAnywhere = (scope: Scope): MethodDecorator =>
  SetMetadata(ACCESS, { kind: 'member-anywhere', scope } satisfies Access);
