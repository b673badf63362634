// Addresses of the desk, and how a list is asked for. A list that a form brings back is read again, never believed.
import type { RawQuery } from '../../platform/http/query.js';
import { Problem } from '../../platform/problem/problem.js';
import { readQueueQuery, type QueueQuery } from '../../moderation/queue-query.js';

/** Few enough to be read on a telephone and to be named in one address when they are undone together. */
export const DESK_PAGE = 25;

const ASKED = ['status', 'article', 'campaign', 'reported', 'q', 'reason', 'language', 'sort', 'cursor'] as const;

/** @throws Problem `malformed-query` */
export function readDeskQuery(raw: RawQuery): QueueQuery {
  const given = ASKED.map((name) => [name, raw[name]] as const).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  return { ...readQueueQuery(Object.fromEntries(given)), limit: DESK_PAGE };
}

/** What a form brought back as the list it stood in; the pending ones where that makes no sense. */
export function readBack(back: string | undefined): QueueQuery {
  try {
    return readDeskQuery(Object.fromEntries(new URLSearchParams(back ?? '')));
  } catch (error) {
    if (error instanceof Problem) return readDeskQuery({});
    throw error;
  }
}

/** Only what differs from the first page of the pending comments. */
export function describeQuery({
  status,
  article,
  campaign,
  isReported,
  search,
  reason,
  language,
  sort,
  cursor,
}: QueueQuery): URLSearchParams {
  const query = new URLSearchParams();
  if (status !== 'pending') query.set('status', status);
  if (article !== null) query.set('article', article);
  if (campaign !== null) query.set('campaign', campaign);
  if (isReported) query.set('reported', '1');
  if (search !== null) query.set('q', search);
  if (reason !== null) query.set('reason', reason);
  if (language !== null) query.set('language', language);
  if (sort !== 'oldest') query.set('sort', sort);
  if (cursor !== null) query.set('cursor', cursor);
  return query;
}

/** As another tab begins. What is only for what waits is no order of the others. */
export function withoutFilters(query: QueueQuery): QueueQuery {
  const sort = query.sort === 'doubtful' ? 'oldest' : query.sort;
  const nothing = { search: null, reason: null, language: null, article: null, campaign: null, isReported: false };
  return { ...query, ...nothing, sort };
}

export function sitePath(siteKey: string, rest = ''): string {
  return `/desk/sites/${siteKey}${rest}`;
}

/** The same list with something changed; a changed filter begins at the first page again. */
export function listPath(siteKey: string, query: QueueQuery, change: Partial<QueueQuery> = {}): string {
  const parameters = describeQuery({ ...query, cursor: null, ...change }).toString();
  return sitePath(siteKey, parameters === '' ? '' : `?${parameters}`);
}

/** The same for the queue of all sites. */
export function everywherePath(query: QueueQuery, change: Partial<QueueQuery> = {}): string {
  const parameters = describeQuery({ ...query, article: null, cursor: null, ...change }).toString();
  return `/desk/queue${parameters === '' ? '' : `?${parameters}`}`;
}

/** Before a form's `back`: the list it stood in is the queue of all sites. */
const EVERYWHERE = 'everywhere:';

export function backEverywhere(query: QueueQuery): string {
  return `${EVERYWHERE}${describeQuery(query).toString()}`;
}

/** Where a form's `back` leads after a decision about a comment of the site. */
export function pathBack(siteKey: string, back: string | undefined): string {
  const isEverywhere = back?.startsWith(EVERYWHERE) ?? false;
  if (!isEverywhere) {
    const query = readBack(back);
    return listPath(siteKey, query, { cursor: query.cursor });
  }
  const query = readBack(back?.slice(EVERYWHERE.length));
  const path = everywherePath(query, { cursor: query.cursor });
  return `${path}${path.includes('?') ? '&' : '?'}of=${siteKey}`;
}

export function campaignPath(siteKey: string, id: string): string {
  return sitePath(siteKey, `/campaigns/${id}`);
}

export function commentPath(siteKey: string, id: string, rest = ''): string {
  return sitePath(siteKey, `/comments/${id}${rest}`);
}

/** An address with one more parameter and a place to go to. */
export function withParameter(path: string, name: string, value: string, anchor: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}#${anchor}`;
}
