// The row of a reply that a person of the site writes, before it is moved to where readers see it. Used by move-comment
// alone, with what it answers locked.
import type { EntityManager } from 'typeorm';
import { renderComment, RENDERER_VERSION } from '../lib/markup/render-comment.js';
import { fingerprint } from '../lib/spam/fingerprint.js';
import type { AccountId, CommentId, SiteId } from '../platform/ids.js';
import { placeReply, type AnsweredPlace } from './place-reply.js';

export interface Reply {
  readonly id: CommentId;
  readonly parentId: CommentId;
  readonly account: { readonly id: AccountId; readonly name: string };
  readonly body: string;
  readonly maxDepth: number;
}

export async function insertReply(manager: EntityManager, siteId: SiteId, reply: Reply, at: Date): Promise<void> {
  const { id, parentId, account, body, maxDepth } = reply;
  const [answered]: (AnsweredPlace & { articleId: string })[] = await manager.query(
    `select id, parent_id as "parentId", depth, article_id as "articleId" from comment where site_id = $1 and id = $2`,
    [siteId, parentId],
  );
  if (!answered) throw new Error('A reply was written to a comment that is not there.');
  const place = placeReply(answered, maxDepth);
  await manager.query(INSERT_REPLY, [
    ...[siteId, id, answered.articleId, place.parentId, place.depth, account.name, account.id, body],
    ...[renderComment(body), RENDERER_VERSION, fingerprint(body).toString(), at],
  ]);
}

/** Without an address, and so without a history by it; at version 0, because its one event is the move that follows. */
const INSERT_REPLY = `
  insert into comment (site_id, id, article_id, parent_id, depth, status, version, revision, author_name, author_email,
                       author_key, account_id, body, html, renderer_version, fingerprint, honeypot_filled, submitted_at,
                       moved_at, next_sweep_at)
  values ($1, $2, $3, $4, $5, 'received', 0, 1, $6, '', '', $7, $8, $9, $10, $11, false, $12, $12, $12)`;
