import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { ArticleId, CommentId, SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { openCursor, sealCursor } from '../platform/signing/cursor.js';
import { Secrets } from '../platform/signing/secrets.js';
import type { KnownSite } from '../sites/site-directory.js';
import { binder, queueConditions, textCondition, type Bind } from './queue-conditions.js';
import { QUEUE_COLUMNS, viewQueueItem, type QueueItemView, type QueueRow } from './queue-item.js';
import type { QueueQuery } from './queue-query.js';
import { findBySearch } from './search.js';

/** A list that takes longer is a fault of ours, and must not hold a connection for long. */
export const LIST_TIMEOUT_MS = 5_000;
/** Comments of the queue that are read through for a text before the index is asked: some 20 ms. */
const NEAR = 4_000;

export interface QueuePage {
  readonly items: readonly QueueItemView[];
  readonly nextCursor: string | null;
}

/** The moderator's list of comments, a page at a time by keyset. */
@Injectable()
export class ModerationQueue {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  /** @throws Problem `invalid-cursor` */
  async list(site: KnownSite, query: QueueQuery): Promise<QueuePage> {
    const { status, article, search, reason, sort, limit, cursor } = query;
    const scope = ['queue', site.id, status, article, search, reason, sort];
    const after = cursor === null ? null : openCursor(this.secrets, scope, cursor);
    return this.database.inSite(site.id, async (manager) => {
      await manager.query(`set local statement_timeout = ${LIST_TIMEOUT_MS}`);
      const articleId = article === null ? null : await findArticle(manager, site.id, article);
      if (articleId === undefined) return { items: [], nextCursor: null };
      const rows = await this.#page(manager, site.id, articleId, query, after);
      const items = rows.slice(0, limit).map(viewQueueItem);
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return { items, nextCursor: last ? sealCursor(this.secrets, scope, [last.place, last.id]) : null };
    });
  }

  async #page(
    manager: EntityManager,
    site: SiteId,
    article: ArticleId | null,
    query: QueueQuery,
    after: readonly string[] | null,
  ): Promise<PlacedRow[]> {
    const { status, search, limit } = query;
    const scene = { manager, site, article, query, after };
    if (!search) return readPage(scene, () => []);
    // A common word fills the page from the next comments; the index would gather every comment that holds it first.
    const near = await readPage(scene, (bind) => [textCondition(search, bind)], NEAR);
    if (near.length > limit || !(await reachesBeyond(scene, NEAR))) return near;
    const ids = await findBySearch(manager, search, status);
    return readPage(scene, (bind) => [ids ? `c.id = any(${bind(ids)}::uuid[])` : textCondition(search, bind)]);
  }
}

type PlacedRow = QueueRow & { readonly place: string };

interface Scene {
  readonly manager: EntityManager;
  readonly site: SiteId;
  readonly article: ArticleId | null;
  readonly query: QueueQuery;
  readonly after: readonly string[] | null;
}

/** Whether the queue holds more comments than that. */
async function reachesBeyond({ manager, site, article, query, after }: Scene, count: number): Promise<boolean> {
  const parameters: unknown[] = [site];
  const bind = binder(parameters);
  const where = conditionsOf({ article, query, after }, bind).join(' and ');
  const rows: { beyond: boolean }[] = await manager.query(
    `select count(*) > ${bind(count)} as beyond
       from (select from comment c where ${where} limit ${bind(count + 1)}) counted`,
    parameters,
  );
  return rows[0]?.beyond ?? false;
}

/** The conditions on `comment c` whose first parameter is the site. */
function conditionsOf({ article, query, after }: Pick<Scene, 'article' | 'query' | 'after'>, bind: Bind): string[] {
  const where = ['c.site_id = $1', ...queueConditions(query, after, bind)];
  return article ? [...where, `c.article_id = ${bind(article)}`] : where;
}

/** @param within how many comments of the queue are looked at; all of them unless told */
function readPage(
  { manager, site, article, query, after }: Scene,
  more: (bind: Bind) => string[],
  within?: number,
): Promise<PlacedRow[]> {
  const parameters: unknown[] = [site];
  const bind = binder(parameters);
  const where = conditionsOf({ article, query, after }, bind);
  const order = query.sort === 'oldest' ? 'asc' : 'desc';
  const found = more(bind);
  // The page is cut before anything is joined to it. Left to itself the planner takes the articles first and sorts all
  // comments of the site: behind a row-level policy it thinks that few rows are left.
  const queue =
    within === undefined
      ? `select c.* from comment c where ${[...where, ...found].join(' and ')}`
      : `select c.* from (select c.* from comment c where ${where.join(' and ')}
           order by c.submitted_at ${order}, c.id ${order} limit ${bind(within)}) c where ${found.join(' and ')}`;
  return manager.query(
    `with page as materialized (${queue} order by c.submitted_at ${order}, c.id ${order} limit ${bind(query.limit + 1)})
     select ${QUEUE_COLUMNS}, c.submitted_at::text as place
       from page c join article a on a.site_id = c.site_id and a.id = c.article_id
      order by c.submitted_at ${order}, c.id ${order}`,
    parameters,
  );
}

/** Undefined for an article nobody has commented on. */
async function findArticle(manager: EntityManager, site: SiteId, key: string): Promise<ArticleId | undefined> {
  const rows: { id: ArticleId }[] = await manager.query('select id from article where site_id = $1 and key = $2', [
    site,
    key,
  ]);
  return rows[0]?.id;
}

export async function findItem(
  manager: EntityManager,
  site: SiteId,
  id: CommentId,
  articleKey: string | null,
): Promise<QueueItemView> {
  const rows: QueueRow[] = await manager.query(
    `select ${QUEUE_COLUMNS} from comment c join article a on a.site_id = c.site_id and a.id = c.article_id
      where c.site_id = $1 and c.id = $2 and ($3::text is null or a.key = $3)`,
    [site, id, articleKey],
  );
  const row = rows[0];
  if (!row) throw new Problem('comment-not-found');
  return viewQueueItem(row);
}
