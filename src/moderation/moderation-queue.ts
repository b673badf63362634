import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { idOf, type Caller } from '../accounts/caller.js';
import { Database, queryPlanned } from '../platform/database/database.js';
import type { ArticleId, CommentId, SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { openCursor, sealCursor } from '../platform/signing/cursor.js';
import { Secrets } from '../platform/signing/secrets.js';
import type { KnownSite } from '../sites/site-directory.js';
import { QUEUE_COLUMNS, viewQueueItem, type QueueItemView, type QueueRow } from './queue-item.js';
import { refuseSiteTerms, scopeOf, type QueueQuery } from './queue-query.js';
import { readQueue } from './read-queue.js';

/** A list that takes longer is a fault of ours, and must not hold a connection for long. */
export const LIST_TIMEOUT_MS = 5_000;

export interface QueuePage {
  /** Fewer than asked for, even none, and still not the end: a search that took too long goes on at the cursor. */
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

  /** @throws Problem `malformed-query`, `invalid-cursor` */
  async list(site: KnownSite, query: QueueQuery, caller: Caller): Promise<QueuePage> {
    refuseSiteTerms(query);
    const { article, limit, cursor } = query;
    const scope = scopeOf(query, ['queue', site.id]);
    const after = cursor === null ? null : openCursor(this.secrets, scope, cursor);
    return this.database.inSite(site.id, async (manager) => {
      await manager.query(`set local statement_timeout = ${LIST_TIMEOUT_MS}`);
      const articleId = article === null ? null : await findArticle(manager, site.id, article);
      if (articleId === undefined) return { items: [], nextCursor: null };
      const { rows, rest } = await readQueue({ manager, site: site.id, article: articleId, query, after });
      const items = rows.slice(0, limit).map((row) => viewQueueItem(row, idOf(caller)));
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const next = last ? [last.place, last.id] : rest;
      return { items, nextCursor: next && sealCursor(this.secrets, scope, next) };
    });
  }
}

/** Undefined for an article nobody has commented on. */
async function findArticle(manager: EntityManager, site: SiteId, key: string): Promise<ArticleId | undefined> {
  const rows: { id: ArticleId }[] = await manager.query('select id from article where site_id = $1 and key = $2', [
    site,
    key,
  ]);
  return rows[0]?.id;
}

const FIND_ITEM = `
  select ${QUEUE_COLUMNS} from comment c join article a on a.site_id = c.site_id and a.id = c.article_id
   where c.site_id = $1 and c.id = $2 and ($3::text is null or a.key = $3)`;

export async function findItem(
  manager: EntityManager,
  site: SiteId,
  id: CommentId,
  articleKey: string | null,
  caller: Caller,
): Promise<QueueItemView> {
  const rows = await queryPlanned<QueueRow>(manager, {
    name: 'queue-item',
    text: FIND_ITEM,
    values: [site, id, articleKey],
  });
  const row = rows[0];
  if (!row) throw new Problem('comment-not-found');
  return viewQueueItem(row, idOf(caller));
}
