import type { QueueQuery } from './queue-query.js';
import { likePattern } from './search.js';

/** Takes a value and answers the parameter that stands for it: `$7`. */
export type Bind = (value: unknown) => string;

export function binder(parameters: unknown[]): Bind {
  return (value) => `$${parameters.push(value)}`;
}

/** Where the queue of a query is and where its page begins: what an index knows of `comment c`. Each value is bound. */
export function queueConditions(
  { status, campaign, isReported, sort }: Pick<QueueQuery, 'status' | 'campaign' | 'isReported' | 'sort'>,
  after: readonly string[] | null,
  bind: Bind,
): string[] {
  const where = [`c.status = ${bind(status)}`];
  if (campaign) where.push(`c.campaign_id = ${bind(campaign)}`);
  if (isReported) where.push('c.report_count > 0');
  if (after) {
    const sign = sort === 'oldest' ? '>' : '<';
    where.push(`(c.submitted_at, c.id) ${sign} (${bind(after[0])}::timestamptz, ${bind(after[1])}::uuid)`);
  }
  return where;
}

/** What each comment of the queue is looked at for. */
export function filterConditions({ search, reason }: Pick<QueueQuery, 'search' | 'reason'>, bind: Bind): string[] {
  const where = reasonCondition(reason, bind);
  if (search) where.push(textCondition(search, bind));
  return where;
}

/** A verdict that is withheld has no reasons to look for: they would tell it. */
export function reasonCondition(reason: string | null, bind: Bind): string[] {
  if (!reason) return [];
  return [
    `c.verdict_signals @> ${bind(JSON.stringify([{ name: reason }]))}::jsonb and not (c.is_blind and c.status = 'pending')`,
  ];
}

/** For walking along a queue: the same text that the search table holds. */
export function textCondition(search: string, bind: Bind): string {
  return `(c.author_name || ' ' || c.author_email || E'\\n' || c.body) ilike ${bind(likePattern(search))}`;
}
