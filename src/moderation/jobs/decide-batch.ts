// The next comments of a job, decided by the same code as one decision of a person, with what became of each.
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../comments/actor.js';
import type { CommentMover, DecidingSite, DecisionOutcome } from '../../comments/move-comment.js';
import type { CommentId } from '../../platform/ids.js';
import type { ModerationJob } from './moderation-job.entity.js';

/** Comments moved by one transaction: it holds the site's counters, and colleagues wait for them. */
export const BATCH = 200;

export interface Scene {
  readonly manager: EntityManager;
  readonly mover: CommentMover;
  readonly site: DecidingSite;
  readonly actor: Actor;
  readonly now: Date;
}

/** @returns nothing when all of the job's comments are decided */
export async function decideBatch(
  { manager, mover, site, actor, now }: Scene,
  { siteId, id, action, reason, done }: ModerationJob,
): Promise<DecisionOutcome[]> {
  const items: { place: number; commentId: CommentId; version: number }[] = await manager.query(
    `select i.place, i.comment_id as "commentId", i.version from moderation_job_item i
      where i.site_id = $1 and i.job_id = $2 and i.place > $3 order by i.place limit ${BATCH}`,
    [siteId, id, done],
  );
  if (items.length === 0) return [];
  const requests = items.map(({ commentId, version }) => {
    return { id: commentId, decision: action, version, reason: reason ?? undefined };
  });
  const outcomes = await mover.decide(manager, site, requests, actor, now);
  await manager.query(
    `update moderation_job_item i set outcome = o.outcome, status = o.status, version_after = o.version
       from unnest($3::int[], $4::text[], $5::text[], $6::int[]) o(place, outcome, status, version)
      where i.site_id = $1 and i.job_id = $2 and i.place = o.place`,
    [
      ...[siteId, id, items.map(({ place }) => place)],
      outcomes.map(({ ruling }) => ruling.kind),
      outcomes.map(({ status }) => status),
      outcomes.map(({ version }) => version),
    ],
  );
  return outcomes;
}
