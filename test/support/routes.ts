/* The routes of one site that are not public, with what each demands; `{id}` is a comment, `{key}` an API key. */

export interface SiteRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Under `/v1/sites/{site}`. */
  readonly path: string;
  readonly role: 'viewer' | 'moderator' | 'owner';
  readonly scope: 'moderation:read' | 'moderation:write' | 'site:admin';
  /** A valid body, where one is needed. */
  readonly body?: unknown;
}

const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';
const reads = { method: 'GET', role: 'viewer', scope: 'moderation:read' } as const;
const decides = { role: 'moderator', scope: 'moderation:write' } as const;
const administers = { role: 'owner', scope: 'site:admin' } as const;

export const DECISION_PATHS = ['approve', 'reject', 'publish', 'unpublish', 'spam', 'restore', 'undo'] as const;

export const SITE_ROUTES: readonly SiteRoute[] = [
  { ...reads, path: '/moderation/comments' },
  { ...reads, path: `/moderation/comments/{id}` },
  { ...reads, path: '/moderation/summary' },
  { ...reads, path: '/articles/%2Fa/moderation/comments' },
  { ...reads, path: '/moderation/events' },
  ...DECISION_PATHS.map((action) => {
    return { ...decides, method: 'POST', path: `/articles/%2Fa/comments/{id}/${action}` } as const;
  }),
  { ...decides, method: 'DELETE', path: '/articles/%2Fa/comments/{id}' },
  { ...decides, method: 'POST', path: '/moderation/decisions', body: { action: 'approve', ids: [UNKNOWN] } },
  { method: 'GET', path: '', role: 'viewer', scope: 'site:admin' },
  { method: 'GET', path: '/articles', role: 'viewer', scope: 'site:admin' },
  { ...administers, method: 'PATCH', path: '/articles/%2Fa', body: {} },
  { ...administers, method: 'PATCH', path: '', body: {} },
  { ...administers, method: 'GET', path: '/api-keys' },
  { ...administers, method: 'POST', path: '/api-keys', body: { name: 'k', scopes: ['moderation:read'] } },
  { ...administers, method: 'DELETE', path: `/api-keys/${UNKNOWN}` },
  { ...administers, method: 'GET', path: '/members' },
  { ...administers, method: 'PATCH', path: `/members/${UNKNOWN}`, body: { role: 'viewer' } },
  { ...administers, method: 'DELETE', path: `/members/${UNKNOWN}` },
  { ...administers, method: 'GET', path: '/invitations' },
  { ...administers, method: 'POST', path: '/invitations', body: { email: 'new@routes.test', role: 'viewer' } },
  { ...administers, method: 'DELETE', path: `/invitations/${UNKNOWN}` },
];
