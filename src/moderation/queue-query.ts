import { COMMENT_STATUSES, type CommentStatus } from '../comments/comment-status.js';
import { codePointLength } from '../platform/http/text-rules.js';
import { readChoice, readId, readLimit, readOne, type RawQuery } from '../platform/http/query.js';
import type { CampaignId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';

const LONGEST_SEARCH = 200;

/** What a moderator asks of the queue. */
export interface QueueQuery {
  readonly status: CommentStatus;
  readonly article: string | null;
  readonly search: string | null;
  readonly campaign: CampaignId | null;
  /** Only what readers have reported, and nobody has looked at since. */
  readonly isReported: boolean;
  /** Name of a signal. */
  readonly reason: string | null;
  readonly sort: 'oldest' | 'newest';
  readonly limit: number;
  readonly cursor: string | null;
}

/** @throws Problem `malformed-query` */
export function readQueueQuery(query: RawQuery, article?: string): QueueQuery {
  const search = readOne(query, 'q')?.trim() ?? '';
  if (codePointLength(search) > LONGEST_SEARCH) {
    throw new Problem('malformed-query', { detail: `Search for at most ${LONGEST_SEARCH} characters.` });
  }
  return {
    status: readChoice(query, 'status', COMMENT_STATUSES, 'pending'),
    article: article ?? readOne(query, 'article') ?? null,
    campaign: (readId(query, 'campaign') as CampaignId | undefined) ?? null,
    isReported: readChoice(query, 'reported', ['0', '1'], '0') === '1',
    search: search === '' ? null : search,
    reason: readOne(query, 'reason') ?? null,
    sort: readChoice(query, 'sort', ['oldest', 'newest'], 'oldest'),
    limit: readLimit(query),
    cursor: readOne(query, 'cursor') ?? null,
  };
}
