import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ACTS_KEPT_DAYS, forgetExpired, forgetOldActs } from '../accounts/expiry.js';
import {
  CAMPAIGN_DAYS,
  dropOldNetworks,
  forgetEndedClaims,
  forgetExpiredKeys,
  forgetLoneCampaigns,
  forgetOldLinks,
  purgeOldSpam,
  RETENTION_BATCH,
} from '../comments/retention.js';
import { Clock } from '../platform/clock.js';
import { Settings } from '../platform/config/settings.js';
import { Changes } from '../platform/database/changes.js';
import { Database } from '../platform/database/database.js';
import { ScreeningQueue, type CommentRef } from './screening.queue.js';

const LARGEST_SWEEP = 2_000;
/** While the queue takes nothing: enough to see that it is back, and no churn of a long backlog. */
const SMALLEST_SWEEP = 20;
/** A comment brought again is left alone for this long, so that a long backlog is not added over and over. */
export const NEXT_LOOK_SECONDS = 60;
const DAY_MS = 86_400_000;

/**
 * Brings what was left: comments still `received` long after they came, because the queue lost them or a worker died.
 * A plain timer in every worker, not a job, so that it survives the loss of the queue; rows are shared by SKIP LOCKED.
 */
@Injectable()
export class SweepJob {
  #most = LARGEST_SWEEP;

  constructor(
    private readonly database: Database,
    private readonly queue: ScreeningQueue,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly changes: Changes,
  ) {}

  /** @returns how many comments were overdue and have been brought again, or could not be */
  async bringOverdue(): Promise<number> {
    const now = this.clock.now();
    const rows = await this.#take(now);
    if (rows.length === 0) return 0;
    const isTaken = await this.queue.bring(rows);
    this.#most = isTaken ? LARGEST_SWEEP : SMALLEST_SWEEP;
    if (!isTaken) await this.#giveBack(rows, now);
    return rows.length;
  }

  /** Overdue is what should have been looked at by now, and what a clock that went wrong has put off beyond any look. */
  #take(now: Date): Promise<CommentRef[]> {
    const longestMs = 1000 * Math.max(this.settings.screening.sweepAfterSeconds, NEXT_LOOK_SECONDS);
    return this.database.acrossSites('sweep', async (manager) => {
      const [taken] = await manager.query<[CommentRef[], number]>(
        `with due as (select site_id, id from comment where status = 'received' and next_sweep_at <= $1
                       order by next_sweep_at limit $4 for update skip locked),
              astray as (select site_id, id from comment where status = 'received' and next_sweep_at > $3
                          order by next_sweep_at desc limit $4 for update skip locked)
         update comment c set next_sweep_at = $2 from (select * from due union select * from astray) d
          where c.site_id = d.site_id and c.id = d.id
         returning c.site_id as "siteId", c.id as "commentId"`,
        [now, later(now, NEXT_LOOK_SECONDS), new Date(now.getTime() + 2 * longestMs), this.#most],
      );
      return taken;
    });
  }

  /** What the queue did not take is as overdue as it was. */
  async #giveBack(rows: readonly CommentRef[], now: Date): Promise<void> {
    await this.database.acrossSites('sweep', (manager) =>
      manager.query(
        `update comment c set next_sweep_at = $3 from unnest($1::uuid[], $2::uuid[]) d(site_id, id)
          where c.site_id = d.site_id and c.id = d.id and c.status = 'received'`,
        [rows.map(({ siteId }) => siteId), rows.map(({ commentId }) => commentId), now],
      ),
    );
  }

  async isQueueAnswering(): Promise<boolean> {
    return (await this.queue.depth()) !== null;
  }

  /** Deletes what has been kept long enough, a batch a transaction, so that nothing waits long for its locks. */
  async retire(): Promise<void> {
    const now = this.clock.now();
    const { spamDays, ipDays } = this.settings.retention;
    const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
    await this.#inBatches((manager) => purgeOldSpam(manager, this.changes, daysAgo(spamDays)));
    await this.#inBatches((manager) => forgetLoneCampaigns(manager, daysAgo(CAMPAIGN_DAYS)));
    await this.#inBatches((manager) => dropOldNetworks(manager, daysAgo(ipDays)));
    await this.#inBatches((manager) => forgetOldLinks(manager, now));
    await this.#inBatches((manager) => forgetExpiredKeys(manager, now));
    await this.#inBatches((manager) => forgetEndedClaims(manager));
    await this.#inBatches((manager) => forgetOldActs(manager, daysAgo(ACTS_KEPT_DAYS), RETENTION_BATCH));
    await this.#inBatches((manager) => forgetExpired(manager, now, RETENTION_BATCH));
  }

  async #inBatches(work: (manager: EntityManager) => Promise<number>): Promise<void> {
    for (let done = RETENTION_BATCH; done >= RETENTION_BATCH;) done = await this.database.acrossSites('sweep', work);
  }
}

function later(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
