// The statements behind a page of the queue across sites.
import type { EntityManager } from 'typeorm';
import type { CommentStatus } from '../comments/comment-status.js';
import type { SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { sitesIn, type Reach } from './moderated-sites.js';
import { binder, queueConditions, reasonCondition, textCondition, type Bind } from './queue-conditions.js';
import { QUEUE_COLUMNS, type QueueRow } from './queue-item.js';
import type { QueueQuery } from './queue-query.js';
import { findOnSites, type SearchHit } from './search.js';

/** A filter looks into every site that has the status; into more than this many it would take too long. */
const MOST_FILTERED = 1_000;
const ENOUGH = MOST_FILTERED + 1;

export type RowOfSite = QueueRow & { readonly place: string; readonly siteKey: string; readonly siteName: string };

/** Where the comments of a page are looked for. */
type Source =
  | { readonly kind: 'every site that has some' }
  | { readonly kind: 'sites'; readonly sites: readonly SiteId[] }
  | { readonly kind: 'hits'; readonly hits: readonly SearchHit[] };

/** Rare words by the trigram index, common ones and reasons along the queues of a bounded number of sites. */
export async function chooseSource(
  manager: EntityManager,
  reach: Reach,
  { status, search, reason }: QueueQuery,
): Promise<Source> {
  if (!search && !reason) return { kind: 'every site that has some' };
  const sites = await findSitesWith(manager, reach, status);
  const isWide = sites.length > MOST_FILTERED;
  if (search && (reach === 'all' || !isWide)) {
    // One look into the index for everything takes 3 ms where five hundred sites one by one take 500.
    const hits = await findOnSites(manager, reach === 'all' ? null : sites, search, status);
    if (hits) return { kind: 'hits', hits };
  }
  if (isWide) throw new Problem('search-too-wide');
  return { kind: 'sites', sites };
}

async function findSitesWith(manager: EntityManager, reach: Reach, status: CommentStatus): Promise<SiteId[]> {
  const rows: { siteId: SiteId }[] = await manager.query(
    `select w.site_id as "siteId" from (${SITES_WITH[status]}) w limit ${ENOUGH}`,
    [sitesIn(reach)],
  );
  return rows.map(({ siteId }) => siteId);
}

const counted = (column: string): string =>
  `select k.site_id from site_counter k where k.${column} > 0 and ($1::uuid[] is null or k.site_id = any($1))`;

/** The sites that have a comment of the status, of those that `$1` lists; of all, where it lists none. */
const SITES_WITH: Readonly<Record<CommentStatus, string>> = {
  // Not counted, because the intake would have to lock the counters; there are few at any time.
  received: `select distinct c.site_id from comment c
              where c.status = 'received' and ($1::uuid[] is null or c.site_id = any($1))`,
  pending: counted('pending'),
  spam: counted('spam'),
  approved: counted('approved'),
  published: counted('published'),
  rejected: counted('rejected'),
  deleted: counted('deleted'),
};

export async function readPage(
  manager: EntityManager,
  reach: Reach,
  source: Source,
  query: QueueQuery,
  after: readonly string[] | null,
): Promise<RowOfSite[]> {
  const parameters: unknown[] = [placesOf(source, reach)];
  const bind = binder(parameters);
  const where = [...queueConditions(query, after, bind), ...reasonCondition(query.reason, bind)];
  if (query.search && source.kind === 'sites') where.push(textCondition(query.search, bind));
  const page =
    source.kind === 'hits' ? pageOfHits(source, where, query, bind) : pageOfSites(source, where, query, bind);
  const order = query.sort === 'oldest' ? 'asc' : 'desc';
  return manager.query(
    `with ${page}
     select ${QUEUE_COLUMNS}, c.submitted_at::text as place, s.key as "siteKey", s.name as "siteName"
       from page p join comment c on c.site_id = p.site_id and c.id = p.id
       join article a on a.site_id = c.site_id and a.id = c.article_id join site s on s.id = c.site_id
      order by c.submitted_at ${order}, c.id ${order}`,
    parameters,
  );
}

/** The sites that `$1` lists, for each kind of source. */
function placesOf(source: Source, reach: Reach): readonly SiteId[] | null {
  if (source.kind === 'hits') return source.hits.map(({ siteId }) => siteId);
  return source.kind === 'sites' ? source.sites : sitesIn(reach);
}

/**
 * The first comment of each site tells which sites the page can be made of: as many as it has places. Only of those
 * more is read. So a page of fifty out of a hundred thousand queues costs one look at each, and nothing is sorted but
 * what was cut along an index.
 */
function pageOfSites(
  source: Source,
  where: readonly string[],
  { status, sort, limit }: QueueQuery,
  bind: Bind,
): string {
  const order = sort === 'oldest' ? 'asc' : 'desc';
  const most = bind(limit + 1);
  const sites = source.kind === 'sites' ? 'select unnest($1::uuid[]) as site_id' : SITES_WITH[status];
  return `
    sites as materialized (${sites}),
    heads as materialized (
      select w.site_id from sites w cross join lateral (
        select c.submitted_at, c.id from comment c where c.site_id = w.site_id and ${where.join(' and ')}
         order by c.submitted_at ${order}, c.id ${order} limit 1) h
       order by h.submitted_at ${order}, h.id ${order} limit ${most}),
    page as materialized (
      select h.site_id, f.id from heads h cross join lateral (
        select c.submitted_at, c.id from comment c where c.site_id = h.site_id and ${where.join(' and ')}
         order by c.submitted_at ${order}, c.id ${order} limit ${most}) f
       order by f.submitted_at ${order}, f.id ${order} limit ${most})`;
}

function pageOfHits(
  { hits }: Extract<Source, { kind: 'hits' }>,
  where: readonly string[],
  { sort, limit }: QueueQuery,
  bind: Bind,
): string {
  const order = sort === 'oldest' ? 'asc' : 'desc';
  const ids = bind(hits.map(({ id }) => id));
  return `
    page as materialized (
      select f.site_id, f.id from unnest($1::uuid[], ${ids}::uuid[]) hit(site_id, id) cross join lateral (
        select c.site_id, c.id, c.submitted_at from comment c
         where c.site_id = hit.site_id and c.id = hit.id and ${where.join(' and ')} limit 1) f
       order by f.submitted_at ${order}, f.id ${order} limit ${bind(limit + 1)})`;
}
