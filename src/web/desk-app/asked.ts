// What the moderator asks of the queue. It stands in the page's address, so that a view can be kept and sent on.
import type { CommentStatus } from '../../comments/comment-status.js';

export type Sort = 'oldest' | 'newest' | 'doubtful';

export interface Asked {
  readonly status: CommentStatus;
  readonly sort: Sort;
  readonly search: string;
  readonly article: string;
  readonly reason: string;
  readonly language: string;
  readonly campaign: string;
  readonly site: string;
  readonly isReported: boolean;
  /** Near-identical comments as one card. */
  readonly isGrouped: boolean;
}

export const TABS = [
  ['pending', 'Pending'],
  ['spam', 'Spam'],
  ['approved', 'Approved'],
  ['published', 'Published'],
  ['rejected', 'Rejected'],
] as const satisfies readonly (readonly [CommentStatus, string])[];

const SORTS: readonly string[] = ['oldest', 'newest', 'doubtful'];

/** What the address does not say, or says wrongly, is as at first. */
export function readAsked(search: string): Asked {
  const given = new URLSearchParams(search);
  const text = (name: string): string => given.get(name) ?? '';
  const status = TABS.map(([name]) => name).find((name) => name === given.get('status')) ?? 'pending';
  const sort = text('sort');
  return {
    status,
    sort: SORTS.includes(sort) ? (sort as Sort) : 'oldest',
    search: text('q'),
    article: text('article'),
    reason: text('reason'),
    language: text('language'),
    campaign: text('campaign'),
    site: text('site'),
    isReported: text('reported') === '1',
    isGrouped: text('grouped') === '1',
  };
}

/** The members that the service takes, without those as at first. */
export function filterOf(asked: Asked): Record<string, string> {
  const { status, search, article, reason, language, campaign, isReported } = asked;
  const filter = { status, article, q: search, reason, language, campaign, reported: isReported ? '1' : '' };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
}

/** The question to the service. */
export function queryOf(asked: Asked): URLSearchParams {
  const query = new URLSearchParams(filterOf(asked));
  if (asked.site !== '') query.set('site', asked.site);
  query.set('sort', asked.sort);
  return query;
}

/** The page's address: only what differs from the pending comments, oldest first. */
export function addressOf(asked: Asked): string {
  const query = queryOf(asked);
  if (asked.status === 'pending') query.delete('status');
  if (asked.sort === 'oldest') query.delete('sort');
  if (asked.isGrouped) query.set('grouped', '1');
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export const NOT_NARROWED = { search: '', article: '', reason: '', language: '', campaign: '', site: '' };

/** A tab without what the other was narrowed by. Only what waits is ordered by doubt. */
export function tabOf(asked: Asked, status: CommentStatus, isReported = false): Asked {
  const { site } = asked;
  const sort = asked.sort === 'doubtful' && status !== 'pending' ? 'oldest' : asked.sort;
  return { ...asked, ...NOT_NARROWED, site, status, sort, isReported };
}

export function isNarrowed({ search, article, reason, language, campaign, site }: Asked): boolean {
  return [search, article, reason, language, campaign, site].some((value) => value !== '');
}
