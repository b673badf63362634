import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import type { JobId, SiteId } from '../../platform/ids.js';
import { BulkQueue, type Turn } from './bulk.queue.js';
import { RESULTS_KEPT_DAYS } from './moderation-job.view.js';
import { BRING_AFTER_MS } from './take-turn.job.js';

const MOST_BROUGHT = 500;
/** Rows one transaction removes at most. */
const RETENTION_BATCH = 1_000;
/** A job is listed for so long; what it did stands in the comments' events anyway. */
const JOBS_KEPT_DAYS = 90;
const DAY_MS = 86_400_000;

/** Brings the jobs whose turn the queue has lost, and removes what has been kept long enough. */
@Injectable()
export class SweepBulkJob {
  constructor(
    private readonly database: Database,
    private readonly queue: BulkQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * What is put off for longer than any is was put off by a clock that was wrong, and is due.
   * @returns how many were overdue and have been brought again
   */
  async bringOverdue(): Promise<number> {
    const now = this.clock.now();
    const [turns] = await this.database.acrossSites('sweep', (manager) =>
      manager.query<[Turn[], number]>(
        `with due as (select site_id, id from moderation_job
                       where finished_at is null and (next_sweep_at <= $1 or next_sweep_at > $3)
                       order by next_sweep_at limit ${MOST_BROUGHT} for update skip locked)
         update moderation_job j set next_sweep_at = $2 from due where j.site_id = due.site_id and j.id = due.id
         returning j.site_id as site, j.id as job, j.turn`,
        [now, new Date(now.getTime() + BRING_AFTER_MS), new Date(now.getTime() + 2 * BRING_AFTER_MS)],
      ),
    );
    this.queue.wake(turns);
    return turns.length;
  }

  /** Results a week after their job has ended, a batch a transaction; then the job itself. */
  async retire(): Promise<void> {
    const daysAgo = (days: number): Date => new Date(this.clock.now().getTime() - days * DAY_MS);
    const results = daysAgo(RESULTS_KEPT_DAYS);
    while (await this.database.acrossSites('sweep', (manager) => removeResults(manager, results)));
    await this.database.acrossSites('sweep', (manager) =>
      manager.query(
        `delete from moderation_job where (site_id, id) in
           (select site_id, id from moderation_job where finished_at < $1 and not keeps_results
             order by finished_at limit ${RETENTION_BATCH} for update skip locked)`,
        [daysAgo(JOBS_KEPT_DAYS)],
      ),
    );
  }
}

/** @returns whether there may be more */
async function removeResults(manager: EntityManager, before: Date): Promise<boolean> {
  const [job]: { siteId: SiteId; id: JobId }[] = await manager.query(
    `select site_id as "siteId", id from moderation_job where keeps_results and finished_at < $1
      order by finished_at limit 1 for no key update skip locked`,
    [before],
  );
  if (!job) return false;
  const [, count] = await manager.query<[unknown[], number]>(
    `delete from moderation_job_item where site_id = $1 and job_id = $2 and place in
       (select place from moderation_job_item where site_id = $1 and job_id = $2 order by place limit ${RETENTION_BATCH})`,
    [job.siteId, job.id],
  );
  if (count < RETENTION_BATCH) {
    // What it was narrowed by may be somebody's address.
    await manager.query(
      `update moderation_job set keeps_results = false, filter = jsonb_build_object('status', filter -> 'status')
        where site_id = $1 and id = $2`,
      [job.siteId, job.id],
    );
  }
  return true;
}
