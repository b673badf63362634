import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../accounts/caller.js';
import type { Decision } from '../../comments/comment-status.js';
import { recordAct } from '../../accounts/record-act.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import type { JobId, SiteId } from '../../platform/ids.js';
import { Problem } from '../../platform/problem/problem.js';
import { BulkQueue } from './bulk.queue.js';
import { insertJob, type Ordering } from './insert-job.js';
import { readFilter } from './job-filter.js';
import type { MakeJobDto } from './make-job.dto.js';
import { ModerationJob } from './moderation-job.entity.js';
import { RESULTS_KEPT_DAYS } from './moderation-job.view.js';

/** After these nothing can be taken back. */
const LASTING: readonly Decision[] = ['delete', 'undo'];

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
    const order = { action, filter: readFilter(filter), reason: reason ?? null, undoes: null, groupId: null };
    return this.#begin(site, by, (ordering) => insertJob(ordering, site, order));
  }

  /** @throws Problem `job-not-found`, `job-not-finished`, `nothing-to-undo`, `too-many-jobs` */
  async undo(site: SiteId, id: JobId, by: Caller): Promise<ModerationJob> {
    return this.#begin(site, by, async (ordering) => {
      const undone = await findJob(ordering.manager, site, id);
      refuseUndo(undone);
      const order = { action: 'undo', filter: undone.filter, reason: null, undoes: id, groupId: null } as const;
      return insertJob(ordering, site, order);
    });
  }

  /** After the batch in hand, whose transaction holds the row. One that has ended stays as it is. */
  async stop(site: SiteId, id: JobId, by: Caller): Promise<ModerationJob> {
    return this.database.inSite(site, (manager) => stopJob({ manager, by, at: this.clock.now() }, site, id));
  }

  async #begin(
    site: SiteId,
    by: Caller,
    insert: (ordering: Ordering) => Promise<ModerationJob>,
  ): Promise<ModerationJob> {
    const job = await this.database.inSite(site, (manager) => insert({ manager, by, at: this.clock.now() }));
    this.queue.wake([{ site: job.siteId, job: job.id, turn: 0 }]);
    return job;
  }
}

/** @throws Problem `job-not-found` */
export async function stopJob({ manager, by, at }: Ordering, site: SiteId, id: JobId): Promise<ModerationJob> {
  const [, count] = await manager.query<[unknown[], number]>(
    `update moderation_job set state = 'stopped', finished_at = $3
      where site_id = $1 and id = $2 and finished_at is null`,
    [site, id, at],
  );
  const job = await findJob(manager, site, id);
  const detail = { decision: job.action };
  if (count > 0) await recordAct(manager, site, by, { action: 'large-act-stopped', subject: id, detail });
  return job;
}

/** @throws Problem `job-not-found` */
export async function findJob(manager: EntityManager, siteId: SiteId, id: JobId): Promise<ModerationJob> {
  const job = await manager.findOneBy(ModerationJob, { siteId, id });
  if (!job) throw new Problem('job-not-found');
  return job;
}

/** @throws Problem `job-not-finished`, `nothing-to-undo` */
export function refuseUndo({ action, moved, finishedAt, keepsResults }: ModerationJob): void {
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
