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

const RULE = { field: 'text', match: 'word', value: 'casino', action: 'hold' } as const;
const judges = { role: 'moderator', scope: 'moderation:read' } as const;
const RULE_READING = [
  { ...judges, method: 'GET', path: '/rules' },
  { ...judges, method: 'POST', path: '/rules/test', body: RULE },
  { ...judges, method: 'GET', path: `/rules/${UNKNOWN}` },
] as const;

export const DECISION_PATHS = ['approve', 'reject', 'publish', 'unpublish', 'spam', 'restore', 'undo'] as const;

export const SITE_ROUTES: readonly SiteRoute[] = [
  { ...reads, path: '/moderation/comments' },
  { ...reads, path: `/moderation/comments/{id}` },
  { ...decides, method: 'PATCH', path: `/moderation/comments/{id}`, body: { version: 1, body: 'Mended.' } },
  { ...reads, path: '/moderation/summary' },
  { ...reads, path: '/articles/%2Fa/moderation/comments' },
  { ...reads, path: '/moderation/events' },
  ...DECISION_PATHS.map((action) => {
    return { ...decides, method: 'POST', path: `/articles/%2Fa/comments/{id}/${action}` } as const;
  }),
  { ...decides, method: 'DELETE', path: '/articles/%2Fa/comments/{id}' },
  { ...reads, path: '/moderation/campaigns' },
  { ...decides, method: 'POST', path: `/moderation/campaigns/${UNKNOWN}/decisions`, body: { action: 'spam' } },
  { ...decides, method: 'POST', path: '/moderation/decisions', body: { action: 'approve', ids: [UNKNOWN] } },
  { method: 'GET', path: '', role: 'viewer', scope: 'site:admin' },
  { method: 'GET', path: '/articles', role: 'viewer', scope: 'site:admin' },
  { ...administers, method: 'PATCH', path: '/articles/%2Fa', body: {} },
  { ...administers, method: 'PATCH', path: '', body: {} },
  { ...administers, method: 'GET', path: '/api-keys' },
  { ...administers, method: 'POST', path: '/api-keys', body: { name: 'k', scopes: ['moderation:read'] } },
  { ...administers, method: 'DELETE', path: `/api-keys/${UNKNOWN}` },
  ...RULE_READING,
  { ...administers, method: 'POST', path: '/rules', body: RULE },
  { ...administers, method: 'PATCH', path: `/rules/${UNKNOWN}`, body: {} },
  { ...administers, method: 'DELETE', path: `/rules/${UNKNOWN}` },
  ...['export', 'erase'].map((what) => {
    return { ...administers, method: 'POST', path: `/people/${what}`, body: { email: 'nobody@routes.test' } } as const;
  }),
  { ...administers, method: 'GET', path: '/members' },
  { ...administers, method: 'PATCH', path: `/members/${UNKNOWN}`, body: { role: 'viewer' } },
  { ...administers, method: 'DELETE', path: `/members/${UNKNOWN}` },
  { ...administers, method: 'GET', path: '/invitations' },
  { ...administers, method: 'POST', path: '/invitations', body: { email: 'new@routes.test', role: 'viewer' } },
  { ...administers, method: 'DELETE', path: `/invitations/${UNKNOWN}` },
];

/** A route of no one site that is not public. */
export interface ServiceRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  /** An operator, any person, or besides any person a key with this scope. */
  readonly may: 'operator' | 'person' | 'moderation:read' | 'moderation:write';
  readonly body?: unknown;
}

export const SERVICE_ROUTES: readonly ServiceRoute[] = [
  { method: 'POST', path: '/v1/sites', may: 'operator', body: { key: 'No Key' } },
  { method: 'GET', path: '/v1/operators', may: 'operator' },
  { method: 'DELETE', path: `/v1/operators/${UNKNOWN}`, may: 'operator' },
  { method: 'GET', path: '/v1/operators/invitations', may: 'operator' },
  { method: 'POST', path: '/v1/operators/invitations', may: 'operator', body: { email: 'new@routes.test' } },
  { method: 'DELETE', path: `/v1/operators/invitations/${UNKNOWN}`, may: 'operator' },
  { method: 'POST', path: `/v1/accounts/${UNKNOWN}/password-resets`, may: 'operator' },
  { method: 'GET', path: '/v1/sites', may: 'person' },
  { method: 'GET', path: '/v1/session', may: 'person' },
  { method: 'GET', path: '/v1/account', may: 'person' },
  { method: 'PATCH', path: '/v1/account', may: 'person', body: {} },
  { method: 'PUT', path: '/v1/account/password', may: 'person', body: {} },
  { method: 'GET', path: '/v1/account/sessions', may: 'person' },
  { method: 'DELETE', path: '/v1/account/sessions', may: 'person' },
  { method: 'DELETE', path: `/v1/account/sessions/${UNKNOWN}`, may: 'person' },
  { method: 'GET', path: '/v1/moderation/comments', may: 'moderation:read' },
  { method: 'GET', path: `/v1/moderation/comments/${UNKNOWN}`, may: 'moderation:read' },
  { method: 'GET', path: '/v1/moderation/summary', may: 'moderation:read' },
  // The stream would stay open for whom it is open to; a site that is nobody's ends it.
  { method: 'GET', path: '/v1/moderation/events?site=no-such-site', may: 'moderation:read' },
  {
    method: 'POST',
    path: '/v1/moderation/decisions',
    may: 'moderation:write',
    body: { action: 'approve', ids: [UNKNOWN] },
  },
];
