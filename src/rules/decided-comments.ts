import type { EntityManager } from 'typeorm';
import type { Database } from '../platform/database/database.js';
import type { CommentId, SiteId } from '../platform/ids.js';

/** A comment on which a person's decision is in force. */
export interface DecidedComment {
  readonly id: CommentId;
  readonly isSpam: boolean;
  readonly decidedAt: Date;
  readonly body: string;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly authorUrl: string | null;
  readonly clientNetwork: string | null;
  readonly articleKey: string;
}

/** A decision, and the comment if it is the one in force; else nothing of the comment. */
type DecisionRow = {
  readonly [Member in keyof Omit<DecidedComment, 'id' | 'decidedAt'>]: DecidedComment[Member] | null;
} & {
  readonly id: CommentId;
  readonly place: string;
  readonly version: number;
  readonly at: Date;
};

/** Decisions read at a time: texts of two megabytes at most, and a few milliseconds. */
const CHUNK = 200;
const CHUNK_TIMEOUT_MS = 3_000;

/**
 * What was decided stands on the comment (`decided-label.ts`); its history tells by which decision, and so when. One is in
 * force when everything after it was undone: each second event is the undoing of the one before.
 */
const DECISIONS = `
  select e.comment_id as id, e.at::text as place, e.version, e.at, c.decided = 'spam' as "isSpam", c.body,
         c.author_name as "authorName", c.author_email as "authorEmail", c.author_url as "authorUrl",
         c.client_network as "clientNetwork", a.key as "articleKey"
    from (select site_id, comment_id, version, at, action from comment_event
           where site_id = $1 and actor_kind = 'person' and at >= $2 and at <= $3
             and action in ('approve', 'publish', 'unpublish', 'spam')
             and (at, comment_id, version) < ($3::timestamptz, $4::uuid, $5::int)
           order by at desc, comment_id desc, version desc limit ${CHUNK}) e
    left join lateral (
      select o.* from comment o
       where o.site_id = e.site_id and o.id = e.comment_id and o.status <> 'deleted' and o.decided is not null
         and (o.version - e.version) % 2 = 0
         and not exists (select 1 from comment_event l
                          where l.site_id = e.site_id and l.comment_id = e.comment_id and l.version > e.version
                            and ((l.version - e.version) % 2 = 0) <> (l.action = 'undo'))
      offset 0) c on true
    left join article a on a.site_id = c.site_id and a.id = c.article_id
   order by e.at desc, e.comment_id desc, e.version desc`;

const BEFORE_ALL = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 2_147_483_647] as const;

/** What people of the site decided since then, newest first, a chunk at a time. Deleted comments have no text any more. */
export async function* readDecided(database: Database, site: SiteId, since: Date): AsyncGenerator<DecidedComment[]> {
  let after: readonly [place: string, id: string, version: number] = BEFORE_ALL;
  for (;;) {
    const rows: DecisionRow[] = await database.readInSite(site, (manager) => readChunk(manager, site, since, after));
    yield rows.flatMap(describeRow);
    const last = rows.at(-1);
    if (!last || rows.length < CHUNK) return;
    after = [last.place, last.id, last.version];
  }
}

async function readChunk(
  manager: EntityManager,
  site: SiteId,
  since: Date,
  after: readonly [place: string, id: string, version: number],
): Promise<DecisionRow[]> {
  await manager.query(`set local statement_timeout = ${CHUNK_TIMEOUT_MS}`);
  return manager.query(DECISIONS, [site, since, ...after]);
}

function describeRow(row: DecisionRow): DecidedComment[] {
  const { id, isSpam, at: decidedAt, body, authorName, authorEmail, authorUrl, clientNetwork, articleKey } = row;
  if (isSpam === null || body === null || authorName === null || authorEmail === null || articleKey === null) return [];
  return [{ id, isSpam, decidedAt, body, authorName, authorEmail, authorUrl, clientNetwork, articleKey }];
}
