// The statements behind a page of one site's queue. A page takes a bounded time however long the queue is: what no index
// knows is looked for along the queue, and when time is up the page ends early, with the place to read on.
import type { EntityManager } from 'typeorm';
import type { ArticleId, SiteId } from '../platform/ids.js';
import { binder, type Bind } from './bind.js';
import { filterConditions, isIndexed, queueConditions } from './queue-conditions.js';
import { QUEUE_COLUMNS, type QueueRow } from './queue-item.js';
import { orderBy, placeOf } from './queue-order.js';
import type { QueueQuery } from './queue-query.js';
import { findBySearch } from './search.js';

export interface Limits {
  /** Comments of the queue that are read through for a text before the index is asked: some 5 ms. */
  readonly near: number;
  /** Comments read through at a time after that. */
  readonly stretch: number;
  /** No further stretch is begun after this long. */
  readonly budgetMs: number;
}

const LIMITS: Limits = { near: 2_000, stretch: 4_000, budgetMs: 100 };

export interface Scene {
  readonly manager: EntityManager;
  readonly site: SiteId;
  readonly article: ArticleId | null;
  readonly query: QueueQuery;
  readonly after: Place | null;
}

/** What the queue is ordered by, such as when it was submitted to the microsecond, and its id. */
export type Place = readonly string[];

export type PlacedRow = QueueRow & { readonly place: string };

export interface Found {
  /** One more than the page holds when there are more. */
  readonly rows: readonly PlacedRow[];
  /** Where to read on when time was up before the page was full; else null. */
  readonly rest: Place | null;
}

export async function readQueue(scene: Scene, limits = LIMITS): Promise<Found> {
  const { manager, site, query } = scene;
  if (isIndexed(query)) return { rows: await readPage(scene, () => []), rest: null };
  // A common word fills the page from the next comments; the index would gather every comment that holds it first.
  const near = await readStretch(scene, limits.near, query.limit + 1);
  if (near.rest === null) return near;
  const found = await findBySearch(manager, site, query);
  if (!found) return walkOn(scene, near, limits);
  const rows = await readPage(scene, (bind) => [
    `c.id = any(${bind(found.hits)}::uuid[])`,
    ...filterConditions({ ...query, terms: found.terms }, bind),
  ]);
  return { rows, rest: null };
}

async function walkOn(scene: Scene, near: Found, { stretch, budgetMs }: Limits): Promise<Found> {
  const most = scene.query.limit + 1;
  const deadline = performance.now() + budgetMs;
  let found = near;
  while (found.rest !== null && performance.now() < deadline) {
    const more = await readStretch({ ...scene, after: found.rest }, stretch, most - found.rows.length);
    found = { rows: [...found.rows, ...more.rows], rest: more.rest };
  }
  return found;
}

/** What is asked for among the next comments of the queue, and the place of the last one looked at if it was not enough. */
async function readStretch(scene: Scene, count: number, most: number): Promise<Found> {
  const rows = await readPage(scene, (bind) => filterConditions(scene.query, bind), { count, most });
  return { rows, rest: rows.length < most ? await placeAfter(scene, count) : null };
}

/** The place of the last of so many next comments of the queue; null when there are no more than that. */
async function placeAfter({ manager, site, article, query, after }: Scene, count: number): Promise<Place | null> {
  const parameters: unknown[] = [site];
  const bind = binder(parameters);
  const where = conditionsOf({ article, query, after }, bind).join(' and ');
  const rows: { place: string; id: string }[] = await manager.query(
    `select ${placeOf(query.sort)} as place, c.id from comment c where ${where}
      order by ${orderBy(query.sort)} offset ${bind(count - 1)} limit 2`,
    parameters,
  );
  const [last, beyond] = rows;
  return last && beyond ? [last.place, last.id] : null;
}

/** The conditions on `comment c` whose first parameter is the site. */
function conditionsOf({ article, query, after }: Pick<Scene, 'article' | 'query' | 'after'>, bind: Bind): string[] {
  const where = ['c.site_id = $1', ...queueConditions(query, after, bind)];
  return article ? [...where, `c.article_id = ${bind(article)}`] : where;
}

/** @param within how many comments of the queue are looked at, for how many rows; all of them for a page unless told */
function readPage(
  { manager, site, article, query, after }: Scene,
  more: (bind: Bind) => string[],
  within?: { readonly count: number; readonly most: number },
): Promise<PlacedRow[]> {
  const parameters: unknown[] = [site];
  const bind = binder(parameters);
  const where = conditionsOf({ article, query, after }, bind);
  const order = orderBy(query.sort);
  const found = more(bind);
  // The page is cut before anything is joined to it. Left to itself the planner takes the articles first and sorts all
  // comments of the site: behind a row-level policy it thinks that few rows are left.
  const queue =
    within === undefined
      ? `select c.* from comment c where ${[...where, ...found].join(' and ')}`
      : `select c.* from (select c.* from comment c where ${where.join(' and ')}
           order by ${order} limit ${bind(within.count)}) c where ${found.join(' and ')}`;
  const most = bind(within?.most ?? query.limit + 1);
  return manager.query(
    `with page as materialized (${queue} order by ${order} limit ${most})
     select ${QUEUE_COLUMNS}, ${placeOf(query.sort)} as place
       from page c join article a on a.site_id = c.site_id and a.id = c.article_id
      order by ${order}`,
    parameters,
  );
}
