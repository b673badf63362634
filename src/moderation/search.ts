import type { EntityManager } from 'typeorm';
import type { CommentStatus } from '../comments/comment-status.js';
import { authorKey } from '../comments/typed-author.js';
import { codePointLength } from '../platform/http/text-rules.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import type { QueueQuery } from './queue-query.js';
import { likePattern, wholeAddress } from './search-conditions.js';
import type { SearchTerm } from './search-terms.js';

/**
 * Above this many hits a word is common, and walking the queue in order finds a page of hits sooner. Up to it the
 * comments are fetched one by one, some 20 ms.
 */
const RARE = 4_000;
/** Across sites, where walking means many queues: some 50 ms. */
const RARE_ACROSS_SITES = 10_000;
/** Words that the index is asked for before the queue is walked along: a common one costs the index as much as it has hits. */
const MOST_TRIES = 2;
/** Shorter than this there is no trigram to look up. */
const TRIGRAM = /[\p{L}\p{N}]{3}/u;

type Asked = Pick<QueueQuery, 'terms' | 'status'>;

/** Comments that may match, and the terms that are still to be looked for in them. */
export interface Candidates<Hit> {
  readonly hits: readonly Hit[];
  readonly terms: readonly SearchTerm[];
}

/**
 * The comments that hold the rarest term, when they are few enough to list; null when the caller had better filter while
 * it walks. The answer is of the site that the transaction has set.
 */
export async function findBySearch(
  manager: EntityManager,
  site: SiteId,
  { terms, status }: Asked,
): Promise<Candidates<CommentId> | null> {
  for (const term of indexed(terms, status)) {
    const address = term.field === 'email' ? wholeAddress(term.value) : null;
    const rows: { id: CommentId }[] =
      address === null
        ? await manager.query('select id from search_comment_ids($1, $2) id', [likePattern(term.value), RARE + 1])
        : await manager.query(
            'select id from comment where site_id = $1 and author_key = $2 and status = $3 limit $4',
            [...[site, authorKey({ email: address }), status, RARE + 1]],
          );
    if (rows.length <= RARE) return { hits: rows.map(({ id }) => id), terms: without(terms, term) };
  }
  return null;
}

export interface SearchHit {
  readonly siteId: SiteId;
  readonly id: CommentId;
}

/** The same over sites of a transaction that may see them; null for `sites` means all, for one that sees all. */
export async function findOnSites(
  manager: EntityManager,
  sites: readonly SiteId[] | null,
  { terms, status }: Asked,
): Promise<Candidates<SearchHit> | null> {
  for (const term of indexed(terms, status)) {
    const pattern = likePattern((term.field === 'email' ? wholeAddress(term.value) : null) ?? term.value);
    const hits: SearchHit[] = await manager.query(
      'select site_id as "siteId", comment_id as id from search_sites($1, $2, $3)',
      [sites, pattern, RARE_ACROSS_SITES + 1],
    );
    if (hits.length <= RARE_ACROSS_SITES) return { hits, terms: without(terms, term) };
  }
  return null;
}

/**
 * What the index knows of the terms, the likely rarest first: an author's whole address, then the longest. The index is
 * of name, address and body in one, so that a hit for a name may be one in the body.
 */
function indexed(terms: readonly SearchTerm[], status: CommentStatus): readonly SearchTerm[] {
  // What is not screened yet stands in no search table.
  if (status === 'received') return [];
  const rarity = ({ field, value }: SearchTerm): number => {
    return field === 'email' && wholeAddress(value) !== null ? Infinity : codePointLength(value);
  };
  return terms
    .filter(({ field, value, isExcluded }) => {
      return !isExcluded && ['text', 'author', 'email'].includes(field) && TRIGRAM.test(value);
    })
    .sort((one, other) => (rarity(other) > rarity(one) ? 1 : rarity(other) < rarity(one) ? -1 : 0))
    .slice(0, MOST_TRIES);
}

/** The index has answered for a text; of a name or an address it has only said where to look. */
function without(terms: readonly SearchTerm[], answered: SearchTerm): readonly SearchTerm[] {
  return answered.field === 'text' ? terms.filter((term) => term !== answered) : terms;
}
