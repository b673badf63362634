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
import type { CommentId, SiteId } from '../platform/ids.js';
import { ScreeningQueue } from './screening.queue.js';

const LARGEST_SWEEP = 2_000;
/** A comment brought again is left alone for this long, so that a long backlog is not added over and over. */
export const NEXT_LOOK_SECONDS = 60;
const DAY_MS = 86_400_000;

/**
 * Brings what was left: comments still `received` long after they came, because the queue lost them or a worker died.
 * A plain timer in every worker, not a job, so that it survives the loss of the queue; rows are shared by SKIP LOCKED.
 */
@Injectable()
export class SweepJob {
  constructor(
    private readonly database: Database,
    private readonly queue: ScreeningQueue,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly changes: Changes,
  ) {}

  /** @returns how many comments were overdue and have been brought again */
  async bringOverdue(): Promise<number> {
    const now = this.clock.now();
    const rows: { siteId: SiteId; commentId: CommentId }[] = await this.database.acrossSites(
      'sweep',
      async (manager) => {
        const [updated] = await manager.query<[{ siteId: SiteId; commentId: CommentId }[], number]>(
          `with due as (select site_id, id from comment where status = 'received' and next_sweep_at <= $1
                       order by next_sweep_at limit ${LARGEST_SWEEP} for update skip locked)
         update comment c set next_sweep_at = $2 from due where c.site_id = due.site_id and c.id = due.id
         returning c.site_id as "siteId", c.id as "commentId"`,
          [now, new Date(now.getTime() + NEXT_LOOK_SECONDS * 1000)],
        );
        return updated;
      },
    );
    this.queue.wake(rows);
    return rows.length;
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
