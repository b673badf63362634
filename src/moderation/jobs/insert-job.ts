import type { EntityManager } from 'typeorm';
import type { Caller } from '../../accounts/caller.js';
import { recordAct } from '../../accounts/record-act.js';
import type { Decision } from '../../comments/comment-status.js';
import { newId, type JobGroupId, type JobId, type SiteId } from '../../platform/ids.js';
import { Problem } from '../../platform/problem/problem.js';
import { Site } from '../../sites/site.entity.js';
import { actorOf } from '../moderator.js';
import { ModerationJob, type JobFilter } from './moderation-job.entity.js';
import { BRING_AFTER_MS } from './take-turn.job.js';

const MOST_UNFINISHED = 5;

export interface JobOrder {
  readonly action: Decision;
  readonly filter: JobFilter;
  readonly reason: string | null;
  readonly undoes: JobId | null;
  readonly groupId: JobGroupId | null;
}

/** Who orders it, and when. */
export interface Ordering {
  readonly manager: EntityManager;
  readonly by: Caller;
  readonly at: Date;
}

/** Writes down what is to be done on a site; whoever calls it wakes the queue after the commit. @throws Problem `too-many-jobs` */
export async function insertJob({ manager, by, at }: Ordering, site: SiteId, order: JobOrder): Promise<ModerationJob> {
  await refuseTooMany(manager, site, order.groupId);
  const { name } = actorOf(by);
  const job: ModerationJob = {
    ...{ siteId: site, id: newId<JobId>(), ...order },
    ...{ byKind: by.kind, byId: by.kind === 'person' ? by.accountId : by.apiKeyId, byName: name ?? '' },
    ...{ at, untilSeq: await readSeq(manager, site), state: 'waiting', turn: 0, faults: 0, failure: null },
    ...{ gathered: 0, gatheredTo: null, isGathered: false, done: 0, moved: 0, inForce: 0, refused: 0 },
    ...{ nextSweepAt: new Date(at.getTime() + BRING_AFTER_MS), finishedAt: null, keepsResults: true },
  };
  await manager.insert(ModerationJob, job);
  // Not by what it was narrowed: that may be somebody's address.
  await recordAct(manager, site, by, { action: 'large-act-begun', subject: job.id, detail: { decision: job.action } });
  return job;
}

/** With the site's row locked, so that two who begin at once are counted one after the other. A group counts as one. */
async function refuseTooMany(manager: EntityManager, siteId: SiteId, group: JobGroupId | null): Promise<void> {
  const site = await manager.findOne(Site, { where: { id: siteId }, lock: { mode: 'for_no_key_update' } });
  if (!site) throw new Problem('site-not-found');
  const [{ count } = { count: 0 }]: { count: number }[] = await manager.query(
    `select count(distinct coalesce(group_id, id))::int as count from moderation_job
      where site_id = $1 and finished_at is null and (group_id is null or group_id is distinct from $2)`,
    [siteId, group],
  );
  if (count < MOST_UNFINISHED) return;
  throw new Problem('too-many-jobs', {
    detail: `A site has at most ${MOST_UNFINISHED} unfinished jobs, and ${site.key} has them. Wait until one of them is done, or stop one.`,
  });
}

/** How far the site's order of moves has come. What stands in it is committed: the counter is locked until then. */
async function readSeq(manager: EntityManager, site: SiteId): Promise<string> {
  const rows: { seq: string }[] = await manager.query('select seq from site_counter where site_id = $1', [site]);
  return rows[0]?.seq ?? '0';
}
