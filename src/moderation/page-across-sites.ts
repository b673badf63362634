// The statements behind a page of the queue across sites.
import type { EntityManager } from 'typeorm';
import type { CommentStatus } from '../comments/comment-status.js';
import type { SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import type { ChosenSites } from './choose-sites.js';
import { sitesIn, type Reach } from './moderated-sites.js';
import { binder, type Bind } from './bind.js';
import { filterConditions, isIndexed, queueConditions } from './queue-conditions.js';
import { QUEUE_COLUMNS, type QueueRow } from './queue-item.js';
import { orderBy, orderedColumns, placeOf } from './queue-order.js';
import type { QueueQuery } from './queue-query.js';
import { findOnSites, type Candidates, type SearchHit } from './search.js';

/** A filter looks into every site that has the status; into more than this many it would take too long. */
const MOST_FILTERED = 1_000;
const ENOUGH = MOST_FILTERED + 1;

export type RowOfSite = QueueRow & { readonly place: string; readonly siteKey: string; readonly siteName: string };

/** Where the comments of a page are looked for. */
type Source =
  | { readonly kind: 'every site that has some' }
  | { readonly kind: 'sites'; readonly sites: readonly SiteId[] }
  | ({ readonly kind: 'hits' } & Candidates<SearchHit>);

/** Rare words by the trigram index, common ones and all other filters along the queues of a bounded number of sites. */
export async function chooseSource(
  manager: EntityManager,
  { reach, leftOut }: ChosenSites,
  query: QueueQuery,
): Promise<Source> {
  if (isIndexed(query) && leftOut.length === 0) return { kind: 'every site that has some' };
  const sites = await findSitesWith(manager, reach, query.status);
  const isWide = sites.length > MOST_FILTERED;
  const isLeftOut = (site: SiteId): boolean => leftOut.includes(site);
  if (reach === 'all' || !isWide) {
    // One look into the index for everything takes 3 ms where five hundred sites one by one take 500.
    const found = await findOnSites(manager, reach === 'all' ? null : sites, query);
    if (found) return { ...found, kind: 'hits', hits: found.hits.filter(({ siteId }) => !isLeftOut(siteId)) };
  }
  if (isWide) throw new Problem('search-too-wide');
  return { kind: 'sites', sites: sites.filter((site) => !isLeftOut(site)) };
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
  const terms = source.kind === 'hits' ? source.terms : query.terms;
  const where = [...queueConditions(query, after, bind), ...filterConditions({ ...query, terms }, bind)];
  const page =
    source.kind === 'hits' ? pageOfHits(source, where, query, bind) : pageOfSites(source, where, query, bind);
  return manager.query(
    `with ${page}
     select ${QUEUE_COLUMNS}, ${placeOf(query.sort)} as place, s.key as "siteKey", s.name as "siteName"
       from page p join comment c on c.site_id = p.site_id and c.id = p.id
       join article a on a.site_id = c.site_id and a.id = c.article_id join site s on s.id = c.site_id
      order by ${orderBy(query.sort)}`,
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
  const order = orderBy(sort);
  const most = bind(limit + 1);
  const sites = source.kind === 'sites' ? 'select unnest($1::uuid[]) as site_id' : SITES_WITH[status];
  return `
    sites as materialized (${sites}),
    heads as materialized (
      select w.site_id from sites w cross join lateral (
        select ${orderedColumns(sort)} from comment c where c.site_id = w.site_id and ${where.join(' and ')}
         order by ${order} limit 1) h
       order by ${orderBy(sort, 'h')} limit ${most}),
    page as materialized (
      select h.site_id, f.id from heads h cross join lateral (
        select ${orderedColumns(sort)} from comment c where c.site_id = h.site_id and ${where.join(' and ')}
         order by ${order} limit ${most}) f
       order by ${orderBy(sort, 'f')} limit ${most})`;
}

function pageOfHits(
  { hits }: Extract<Source, { kind: 'hits' }>,
  where: readonly string[],
  { sort, limit }: QueueQuery,
  bind: Bind,
): string {
  const ids = bind(hits.map(({ id }) => id));
  return `
    page as materialized (
      select f.site_id, f.id from unnest($1::uuid[], ${ids}::uuid[]) hit(site_id, id) cross join lateral (
        select c.site_id, ${orderedColumns(sort)} from comment c
         where c.site_id = hit.site_id and c.id = hit.id and ${where.join(' and ')} limit 1) f
       order by ${orderBy(sort, 'f')} limit ${bind(limit + 1)})`;
}

/** A statement for the newest comments of a status, of the sites that have the newest of all. */
export function newestOnSites(
  reach: Reach,
  status: CommentStatus,
  mostSites: number,
  most: number,
): { readonly statement: string; readonly parameters: unknown[] } {
  const statement = `
    with sites as materialized (${SITES_WITH[status]}),
    heads as materialized (
      select w.site_id from sites w cross join lateral (
        select c.submitted_at, c.id from comment c where c.site_id = w.site_id and c.status = $2
         order by c.submitted_at desc, c.id desc limit 1) h
       order by h.submitted_at desc, h.id desc limit $3)
    select h.site_id, f.id from heads h cross join lateral (
      select c.submitted_at, c.id from comment c where c.site_id = h.site_id and c.status = $2
       order by c.submitted_at desc, c.id desc limit $4) f
     order by f.submitted_at desc, f.id desc limit $4`;
  return { statement, parameters: [sitesIn(reach), status, mostSites, most] };
}
