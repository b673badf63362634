import { COMMENT_STATUSES, type CommentStatus } from '../comments/comment-status.js';
import { codePointLength } from '../platform/http/text-rules.js';
import { readChoice, readId, readLimit, readOne, type RawQuery } from '../platform/http/query.js';
import type { CampaignId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { QUEUE_ORDERS, type QueueOrder } from './queue-order.js';
import { parseSearch, type SearchTerm } from './search-terms.js';

const LONGEST_SEARCH = 200;
/** Each is looked for in every comment read through. */
const MOST_TERMS = 20;
const LANGUAGE_TAG = /^[a-z]{1,8}(-[a-z0-9]{1,8}){0,4}$/;

/** What a moderator asks of the queue. */
export interface QueueQuery {
  readonly status: CommentStatus;
  readonly article: string | null;
  /** As it was typed, and what it means. */
  readonly search: string | null;
  readonly terms: readonly SearchTerm[];
  readonly campaign: CampaignId | null;
  /** Only what readers have reported, and nobody has looked at since. */
  readonly isReported: boolean;
  /** Name of a signal. */
  readonly reason: string | null;
  /** A BCP 47 tag in small letters; what is more special than it is found too. */
  readonly language: string | null;
  readonly sort: QueueOrder;
  readonly limit: number;
  readonly cursor: string | null;
}

/** @throws Problem `malformed-query` */
export function readQueueQuery(query: RawQuery, article?: string): QueueQuery {
  const status = readChoice(query, 'status', COMMENT_STATUSES, 'pending');
  return {
    status,
    article: article ?? readOne(query, 'article') ?? null,
    campaign: (readId(query, 'campaign') as CampaignId | undefined) ?? null,
    isReported: readChoice(query, 'reported', ['0', '1'], '0') === '1',
    ...readSearch(query),
    reason: readOne(query, 'reason') ?? null,
    language: readLanguage(query),
    sort: readOrder(query, status),
    limit: readLimit(query),
    cursor: readOne(query, 'cursor') ?? null,
  };
}

/**
 * What tells one list from another, for its cursors.
 * @param of whose list of which kind it is
 */
export function scopeOf(query: QueueQuery, of: readonly unknown[]): unknown[] {
  const { status, article, campaign, isReported, search, reason, language, sort } = query;
  return [...of, status, article, campaign, isReported, search, reason, language, sort];
}

/** Where the only site is that of the path, a term about sites is a mistake. @throws Problem `malformed-query` */
export function refuseSiteTerms({ terms }: QueueQuery): void {
  if (!terms.some(({ field }) => field === 'site')) return;
  throw malformed(
    '`site:` chooses among many sites, and this is the list of one. Leave it out, or put it in quotation marks to look for the text.',
  );
}

function readSearch(query: RawQuery): Pick<QueueQuery, 'search' | 'terms'> {
  const search = readOne(query, 'q')?.trim() ?? '';
  if (codePointLength(search) > LONGEST_SEARCH) throw malformed(`Search for at most ${LONGEST_SEARCH} characters.`);
  const terms = parseSearch(search);
  if (terms.length > MOST_TERMS) {
    throw malformed(
      `Search for at most ${MOST_TERMS} words. To look for a sentence as it stands, put it in quotation marks.`,
    );
  }
  return { search: search === '' ? null : search, terms };
}

function readLanguage(query: RawQuery): string | null {
  const tag = readOne(query, 'language')?.toLowerCase() ?? '';
  if (tag === '') return null;
  if (!LANGUAGE_TAG.test(tag)) throw malformed('The parameter `language` is a language tag, such as `de` or `pt-BR`.');
  return tag;
}

function readOrder(query: RawQuery, status: CommentStatus): QueueOrder {
  const sort = readChoice(query, 'sort', QUEUE_ORDERS, 'oldest');
  if (sort === 'doubtful' && status !== 'pending') {
    throw malformed('The order `doubtful` is for what is pending: of the rest somebody, or the filter, was sure.');
  }
  return sort;
}

function malformed(detail: string): Problem {
  return new Problem('malformed-query', { detail });
}
