import type { EntityManager } from 'typeorm';
import type { CommentStatus } from '../comments/comment-status.js';
import { codePointLength } from '../platform/http/text-rules.js';
import type { CommentId, SiteId } from '../platform/ids.js';

/**
 * Above this many hits a word is common, and walking the queue in order finds a page of hits sooner. Up to it the
 * comments are fetched one by one, some 20 ms.
 */
const RARE = 4_000;
/** Across sites, where walking means many queues: some 50 ms. */
const RARE_ACROSS_SITES = 10_000;
/** Shorter than this there is no trigram to look up. */
const TRIGRAM = 3;

/**
 * The comments that hold the text, when they are few enough to list; null when the caller had better filter while it
 * walks. The answer is of the site that the transaction has set.
 */
export async function findBySearch(
  manager: EntityManager,
  text: string,
  status: CommentStatus,
): Promise<CommentId[] | null> {
  // What is not screened yet stands in no search table.
  if (status === 'received' || codePointLength(text) < TRIGRAM) return null;
  const rows: { id: CommentId }[] = await manager.query('select id from search_comment_ids($1, $2) id', [
    likePattern(text),
    RARE + 1,
  ]);
  return rows.length > RARE ? null : rows.map(({ id }) => id);
}

export interface SearchHit {
  readonly siteId: SiteId;
  readonly id: CommentId;
}

/** The same over sites of a transaction that may see them; null for `sites` means all, for one that sees all. */
export async function findOnSites(
  manager: EntityManager,
  sites: readonly SiteId[] | null,
  text: string,
  status: CommentStatus,
): Promise<SearchHit[] | null> {
  if (status === 'received' || codePointLength(text) < TRIGRAM) return null;
  const hits: SearchHit[] = await manager.query(
    'select site_id as "siteId", comment_id as id from search_sites($1, $2, $3)',
    [sites, likePattern(text), RARE_ACROSS_SITES + 1],
  );
  return hits.length > RARE_ACROSS_SITES ? null : hits;
}

/** The text as it is, anywhere: its own percent signs and underscores stand for themselves. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
