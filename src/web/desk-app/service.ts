// What the desk asks of the service: the moderators' part of the API, with the session's cookie.
import { queryOf, type Asked } from './asked.js';

/** An answer that is none: what the service says against it (`problem+json`), or status 0 when no answer came. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
  ) {
    super(code);
  }
}

interface ProblemBody {
  readonly code?: string;
  readonly detail?: string;
  readonly title?: string;
}

/** @throws Refusal */
export async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  } catch {
    throw new Refusal(0, 'no-answer', 'The service does not answer. Check the connection and try again.');
  }
  if (answer.status === 204) return undefined as Answer;
  const said: unknown = await answer.json().catch(() => ({}));
  if (answer.ok) return said as Answer;
  const { code = 'unknown', detail, title } = said as ProblemBody;
  throw new Refusal(answer.status, code, inWords(answer.status, detail ?? title ?? ''));
}

function inWords(status: number, detail: string): string {
  if (status === 401) return 'You are signed out. Sign in again; what you have decided is kept.';
  if (status === 429) return 'Too much at once. Wait a moment and try again.';
  if (status >= 500) return 'The service cannot do that right now. Try again in a moment.';
  return detail === '' ? 'That was refused.' : detail;
}

/** The root of a site's moderation, or of that of all sites. */
export function rootOf(site: string | null): string {
  return site === null ? '/v1/moderation' : `/v1/sites/${site}/moderation`;
}

export function listPath(site: string | null, asked: Asked, cursor: string | null): string {
  const query = queryOf(asked);
  query.set('limit', '50');
  if (cursor !== null) query.set('cursor', cursor);
  return `${rootOf(site)}/comments?${query.toString()}`;
}

/** An act of its own path, for one comment under its article. */
export function actPath(site: string, article: string, id: string, act: string): string {
  const under = `/v1/sites/${site}/articles/${encodeURIComponent(article)}/comments/${id}`;
  return act === 'delete' ? under : `${under}/${act}`;
}
