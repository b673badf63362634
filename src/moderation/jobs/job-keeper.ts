import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../accounts/caller.js';
import type { Decision } from '../../comments/comment-status.js';
import { recordAct } from '../../accounts/record-act.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId, type JobId, type SiteId } from '../../platform/ids.js';
import { Problem } from '../../platform/problem/problem.js';
import { Site } from '../../sites/site.entity.js';
import { actorOf } from '../moderator.js';
import { BulkQueue } from './bulk.queue.js';
import { checkFilter } from './job-filter.js';
import type { MakeJobDto } from './make-job.dto.js';
import { ModerationJob, type JobFilter } from './moderation-job.entity.js';
import { RESULTS_KEPT_DAYS } from './moderation-job.view.js';
import { BRING_AFTER_MS } from './take-turn.job.js';

const MOST_UNFINISHED = 5;
/** After these nothing can be taken back. */
const LASTING: readonly Decision[] = ['delete', 'undo'];

interface Order {
  readonly action: Decision;
  readonly filter: JobFilter;
  readonly reason: string | null;
  readonly undoes: JobId | null;
}

/** Makes the jobs of a site, ends them, and makes the ones that take others back. It decides on no comment. */
@Injectable()
export class JobKeeper {
  constructor(
    private readonly database: Database,
    private readonly queue: BulkQueue,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `invalid-body`, `too-many-jobs` */
  async make(site: SiteId, { action, filter, reason }: MakeJobDto, by: Caller): Promise<ModerationJob> {
    const given = Object.fromEntries(Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])));
    checkFilter(given);
    const order = { action, filter: given, reason: reason ?? null, undoes: null };
    return this.#begin(await this.database.inSite(site, (manager) => this.#insert(manager, site, order, by)));
  }

  /** @throws Problem `job-not-found`, `job-not-finished`, `nothing-to-undo`, `too-many-jobs` */
  async undo(site: SiteId, id: JobId, by: Caller): Promise<ModerationJob> {
    const job = await this.database.inSite(site, async (manager) => {
      const undone = await findJob(manager, site, id);
      refuseUndo(undone);
      return this.#insert(manager, site, { action: 'undo', filter: undone.filter, reason: null, undoes: id }, by);
    });
    return this.#begin(job);
  }

  /** After the batch in hand, whose transaction holds the row. One that has ended stays as it is. */
  async stop(site: SiteId, id: JobId, by: Caller): Promise<ModerationJob> {
    return this.database.inSite(site, async (manager) => {
      const [, count] = await manager.query<[unknown[], number]>(
        `update moderation_job set state = 'stopped', finished_at = $3
          where site_id = $1 and id = $2 and finished_at is null`,
        [site, id, this.clock.now()],
      );
      const job = await findJob(manager, site, id);
      const detail = { decision: job.action };
      if (count > 0) await recordAct(manager, site, by, { action: 'large-act-stopped', subject: id, detail });
      return job;
    });
  }

  #begin(job: ModerationJob): ModerationJob {
    this.queue.wake([{ site: job.siteId, job: job.id, turn: 0 }]);
    return job;
  }

  async #insert(manager: EntityManager, site: SiteId, order: Order, by: Caller): Promise<ModerationJob> {
    await refuseTooMany(manager, site);
    const at = this.clock.now();
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
    await recordAct(manager, site, by, {
      action: 'large-act-begun',
      subject: job.id,
      detail: { decision: job.action },
    });
    return job;
  }
}

/** @throws Problem `job-not-found` */
export async function findJob(manager: EntityManager, siteId: SiteId, id: JobId): Promise<ModerationJob> {
  const job = await manager.findOneBy(ModerationJob, { siteId, id });
  if (!job) throw new Problem('job-not-found');
  return job;
}

/** With the site's row locked, so that two who begin at once are counted one after the other. */
async function refuseTooMany(manager: EntityManager, siteId: SiteId): Promise<void> {
  const site = await manager.findOne(Site, { where: { id: siteId }, lock: { mode: 'for_no_key_update' } });
  if (!site) throw new Problem('site-not-found');
  const [{ count } = { count: 0 }]: { count: number }[] = await manager.query(
    'select count(*)::int as count from moderation_job where site_id = $1 and finished_at is null',
    [siteId],
  );
  if (count < MOST_UNFINISHED) return;
  throw new Problem('too-many-jobs', {
    detail: `A site has at most ${MOST_UNFINISHED} unfinished jobs. Wait until one of them is done, or stop one.`,
  });
}

function refuseUndo({ action, moved, finishedAt, keepsResults }: ModerationJob): void {
  if (!finishedAt) throw new Problem('job-not-finished');
  if (LASTING.includes(action)) {
    throw new Problem('nothing-to-undo', { detail: `What was done by ${action} cannot be undone.` });
  }
  if (!keepsResults) {
    const detail = `It is known for ${RESULTS_KEPT_DAYS} days what a job moved. Undo comments by themselves, or make a job by a filter.`;
    throw new Problem('nothing-to-undo', { detail });
  }
  if (moved === 0) throw new Problem('nothing-to-undo', { detail: 'This job moved nothing.' });
}

/** How far the site's order of moves has come. What stands in it is committed: the counter is locked until then. */
async function readSeq(manager: EntityManager, site: SiteId): Promise<string> {
  const rows: { seq: string }[] = await manager.query('select seq from site_counter where site_id = $1', [site]);
  return rows[0]?.seq ?? '0';
}
