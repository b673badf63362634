import { Injectable } from '@nestjs/common';
import type { Page, PageAsked } from '../../accounts/page.js';
import { Database } from '../../platform/database/database.js';
import type { JobId, SiteId } from '../../platform/ids.js';
import { openCursor, sealCursor } from '../../platform/signing/cursor.js';
import { Secrets } from '../../platform/signing/secrets.js';
import type { BulkResult } from '../moderator.js';
import { findJob } from './job-keeper.js';
import { ModerationJob } from './moderation-job.entity.js';
import { viewItem, viewJob, type ItemRow, type JobView } from './moderation-job.view.js';

/** The jobs of a site, and what became of their comments. */
@Injectable()
export class JobList {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  /** Newest first. @throws Problem `invalid-cursor` */
  async list(site: SiteId, { limit, cursor }: PageAsked): Promise<Page<JobView>> {
    const scope = ['jobs', site];
    const [before = null] = cursor === null ? [] : openCursor(this.secrets, scope, cursor);
    const jobs = await this.database.readInSite(site, (manager) =>
      manager
        .createQueryBuilder(ModerationJob, 'j')
        .where('j.site_id = :site and (:before::uuid is null or j.id < :before::uuid)', { site, before })
        .orderBy('j.id', 'DESC')
        .limit(limit + 1)
        .getMany(),
    );
    const items = jobs.slice(0, limit);
    const last = jobs.length > limit ? items.at(-1) : undefined;
    return { items: items.map(viewJob), nextCursor: last ? sealCursor(this.secrets, scope, [last.id]) : null };
  }

  /** @throws Problem `job-not-found` */
  async read(site: SiteId, id: JobId): Promise<JobView> {
    return viewJob(await this.database.readInSite(site, (manager) => findJob(manager, site, id)));
  }

  /** In the order in which the comments were sent; those decided so far. @throws Problem `job-not-found`, `invalid-cursor` */
  async results(site: SiteId, id: JobId, { limit, cursor }: PageAsked): Promise<Page<BulkResult>> {
    const scope = ['results of a job', site, id];
    const [after = '0'] = cursor === null ? [] : openCursor(this.secrets, scope, cursor);
    const rows: ItemRow[] = await this.database.readInSite(site, async (manager) => {
      await findJob(manager, site, id);
      return manager.query(
        `select i.place, i.comment_id as id, i.outcome, i.status, i.version_after as version from moderation_job_item i
          where i.site_id = $1 and i.job_id = $2 and i.place > $3 and i.outcome is not null order by i.place limit $4`,
        [site, id, Number(after), limit + 1],
      );
    });
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map(viewItem),
      nextCursor: last ? sealCursor(this.secrets, scope, [String(last.place)]) : null,
    };
  }
}
