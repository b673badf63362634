import type { QueueQuery } from './queue-query.js';
import { likePattern } from './search.js';

/** Takes a value and answers the parameter that stands for it: `$7`. */
export type Bind = (value: unknown) => string;

export function binder(parameters: unknown[]): Bind {
  return (value) => `$${parameters.push(value)}`;
}

/** What a query asks of `comment c`, and where its page begins. Each value is bound. */
export function queueConditions(
  { status, reason, sort }: Pick<QueueQuery, 'status' | 'reason' | 'sort'>,
  after: readonly string[] | null,
  bind: Bind,
): string[] {
  const where = [`c.status = ${bind(status)}`];
  if (reason) where.push(`c.verdict_signals @> ${bind(JSON.stringify([{ name: reason }]))}::jsonb`);
  if (after) {
    const sign = sort === 'oldest' ? '>' : '<';
    where.push(`(c.submitted_at, c.id) ${sign} (${bind(after[0])}::timestamptz, ${bind(after[1])}::uuid)`);
  }
  return where;
}

/** For walking along a queue: the same text that the search table holds. */
export function textCondition(search: string, bind: Bind): string {
  return `(c.author_name || ' ' || c.author_email || E'\\n' || c.body) ilike ${bind(likePattern(search))}`;
}
