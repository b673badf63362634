// Every place of a request where a text of a stranger may stand: what is put into a statement somewhere, or might be.
import type { Answer, TestClient } from './test-client.js';

export interface Place {
  readonly name: string;
  send(text: string): Promise<Answer>;
}

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const SITE = '/v1/sites/blog';
const QUEUE = `${SITE}/moderation/comments`;
const DECISIONS = `${SITE}/moderation/decisions`;
const COMMENTS = `${SITE}/articles/%2Fa/comments`;
const FILTERS = ['q', 'cursor', 'status', 'sort', 'reason', 'limit', 'article', 'author', 'from', 'to'];
const PATHS: readonly ((text: string) => readonly [method: string, path: string])[] = [
  (text) => ['GET', `${QUEUE}/${text}`],
  (text) => ['GET', `${SITE}/articles/${text}/moderation/comments`],
  (text) => ['GET', `/v1/sites/${text}/moderation/summary`],
  (text) => ['POST', `${COMMENTS}/${text}/approve`],
  (text) => ['DELETE', `${SITE}/api-keys/${text}`],
  (text) => ['DELETE', `${SITE}/members/${text}`],
  (text) => ['GET', `${SITE}/moderation/campaigns/${text}`],
  (text) => ['GET', `${SITE}/moderation/jobs/${text}`],
  (text) => ['DELETE', `${SITE}/rules/${text}`],
];
const PUBLIC_PATHS: readonly ((text: string) => string)[] = [
  (text) => `/v1/sites/${text}/feed.json`,
  (text) => `${SITE}/articles/${text}/comments`,
  (text) => `${COMMENTS}?cursor=${text}`,
  (text) => `${COMMENTS}?sort=${text}`,
  (text) => `${SITE}/counts?article=${text}`,
  (text) => `/v1/receipts/${text}`,
  (text) => `/v1/invitations/${text}`,
];
const HEADERS = [
  'authorization',
  'origin',
  'cookie',
  'x-forwarded-for',
  'user-agent',
  'if-none-match',
  'accept-language',
];

const inHeader = (text: string): string => text.replace(/[^\x20-\x7e]/g, '').trim();

export function injectionPlaces(operator: TestClient, anonymous: TestClient): readonly Place[] {
  const place = (name: string, send: (text: string) => Promise<Answer>): Place => ({ name, send });
  const comment = (member: (text: string) => Record<string, unknown>) => (text: string) =>
    anonymous.comment('blog', '/a', member(text));
  return [
    ...FILTERS.map((filter) =>
      place(`?${filter}=`, (text) => operator.get(`${QUEUE}?${filter}=${encodeURIComponent(text)}`)),
    ),
    ...PATHS.map((path) => place(path('…').join(' '), (text) => operator.request(...path(encodeURIComponent(text))))),
    ...PUBLIC_PATHS.map((path) => place(path('…'), (text) => anonymous.get(path(encodeURIComponent(text))))),
    ...HEADERS.map((name) =>
      place(`${name}:`, (text) => {
        const value = name === 'authorization' ? `Bearer ${inHeader(text)}` : inHeader(text);
        return anonymous.get(name === 'if-none-match' ? COMMENTS : QUEUE, { [name]: value });
      }),
    ),
    place('idempotency-key:', (text) => anonymous.comment('blog', '/a', {}, { 'idempotency-key': inHeader(text) })),
    place(
      'body',
      comment((text) => ({ body: text })),
    ),
    place(
      'author/name',
      comment((text) => ({ author: { name: text } })),
    ),
    place(
      'author/email',
      comment((text) => ({ author: { email: text } })),
    ),
    place(
      'author/url',
      comment((text) => ({ author: { url: text } })),
    ),
    place(
      'parentId',
      comment((text) => ({ parentId: text })),
    ),
    place(
      'articleTitle',
      comment((text) => ({ articleTitle: text })),
    ),
    place(
      'articleUrl',
      comment((text) => ({ articleUrl: text })),
    ),
    place(
      'formToken',
      comment((text) => ({ formToken: text })),
    ),
    place('email to sign in', (text) => anonymous.post('/v1/session', { email: text, password: 'some words of mine' })),
    place('reason', (text) => operator.post(DECISIONS, { action: text, ids: [ID], reason: text })),
    place('ids', (text) => operator.post(DECISIONS, { action: 'approve', ids: [text] })),
    place('rule', (text) => operator.post(`${SITE}/rules`, { field: text, match: text, value: text, effect: text })),
    place('name of a key', (text) => operator.post(`${SITE}/api-keys`, { name: text, scopes: [text] })),
    place('person', (text) => operator.post(`${SITE}/people/export`, { email: text })),
    place('origins', (text) => operator.request('PATCH', SITE, { origins: [text] })),
  ];
}
