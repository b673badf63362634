// Some comments of one author, deleted by the code of any other decision, with what a deletion leaves of them: what they
// taught, the reasons and notes of their decisions, and what finds them again.
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../comments/actor.js';
import type { CommentMover, DecidingSite } from '../../comments/move-comment.js';
import { forgetComments } from '../../learning/forget-comments.js';
import type { CommentId } from '../../platform/ids.js';

/** Comments of one transaction: it holds the site's counters and its lessons, and others wait for both. */
export const ERASED_AT_ONCE = 200;

export interface ErasingScene {
  readonly manager: EntityManager;
  readonly mover: CommentMover;
  readonly site: DecidingSite;
  readonly actor: Actor;
  readonly now: Date;
}

/** @returns how many were erased: 0 when none is left */
export async function eraseComments(
  { manager, mover, site, actor, now }: ErasingScene,
  authorKey: string,
): Promise<number> {
  const ids = await findComments(manager, site, authorKey);
  if (ids.length === 0) return 0;
  // First the lessons, then the comments and their counters: in this order who learns locks them, too.
  await forgetComments(manager, site.id, ids);
  const requests = ids.map((id) => ({ id, decision: 'delete' as const }));
  await mover.decide(manager, site, requests, actor, now);
  await eraseWhatIsLeft(manager, site, ids);
  return ids.length;
}

async function findComments(manager: EntityManager, { id }: DecidingSite, authorKey: string): Promise<CommentId[]> {
  const rows: { id: CommentId }[] = await manager.query(
    `select id from comment where site_id = $1 and author_key = $2 and status <> 'deleted' limit ${ERASED_AT_ONCE}`,
    [id, authorKey],
  );
  return rows.map((row) => row.id);
}

/** The events stay, with who and when: the site's order has no holes, and nothing is taught by a comment without text. */
async function eraseWhatIsLeft(manager: EntityManager, { id }: DecidingSite, ids: readonly CommentId[]): Promise<void> {
  await manager.query('select empty_words_of_events($1, $2)', [id, ids]);
  await manager.query('delete from comment_link where site_id = $1 and comment_id = any ($2)', [id, ids]);
  await manager.query('delete from idempotency_record where site_id = $1 and comment_id = any ($2)', [id, ids]);
}
