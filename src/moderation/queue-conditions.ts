import type { Bind } from './bind.js';
import type { QueueQuery } from './queue-query.js';
import { isBeyond } from './queue-order.js';
import { termCondition } from './search-conditions.js';

type Asked = Pick<QueueQuery, 'status' | 'campaign' | 'isReported' | 'sort' | 'terms' | 'reason' | 'language'>;

/** Where the queue of a query is and where its page begins: what an index knows of `comment c`. Each value is bound. */
export function queueConditions(query: Asked, after: readonly string[] | null, bind: Bind): string[] {
  const { status, sort } = query;
  // Said outright, because the index of this order is of these alone.
  const where = [sort === 'doubtful' ? `c.status = 'pending'` : `c.status = ${bind(status)}`];
  if (sort !== 'doubtful') where.push(...narrowConditions(query, bind));
  if (after) where.push(isBeyond(sort, bind(after[0]), bind(after[1])));
  return where;
}

/** Lists that have an index of their own, by time. */
function narrowConditions({ campaign, isReported }: Asked, bind: Bind): string[] {
  return [...(campaign ? [`c.campaign_id = ${bind(campaign)}`] : []), ...(isReported ? ['c.report_count > 0'] : [])];
}

/** Whether an index knows all that is asked. */
export function isIndexed({ sort, campaign, isReported, terms, reason, language }: Asked): boolean {
  if (terms.some(({ field }) => field !== 'site') || reason !== null || language !== null) return false;
  return sort !== 'doubtful' || (campaign === null && !isReported);
}

/** What each comment of the queue is looked at for. */
export function filterConditions(query: Asked, bind: Bind): string[] {
  return [
    ...(query.sort === 'doubtful' ? narrowConditions(query, bind) : []),
    ...languageCondition(query.language, bind),
    ...reasonCondition(query.reason, bind),
    ...query.terms.flatMap((term) => termCondition(term, bind)),
  ];
}

/** `de` finds `de-AT` too, as a browser does (RFC 4647, basic filtering). */
function languageCondition(language: string | null, bind: Bind): string[] {
  if (language === null) return [];
  const tag = bind(language);
  return [`(lower(c.language) = ${tag} or starts_with(lower(c.language), ${tag} || '-'))`];
}

/** A verdict that is withheld has no reasons to look for: they would tell it. */
function reasonCondition(reason: string | null, bind: Bind): string[] {
  if (reason === null) return [];
  return [
    `c.verdict_signals @> ${bind(JSON.stringify([{ name: reason }]))}::jsonb and not (c.is_blind and c.status = 'pending')`,
  ];
}
