import { newId, type CommentId, type JobId, type SiteId } from '../../src/platform/ids.js';
import type { TestStage } from './test-stage.js';

/** A job that waits for its first turn, with one comment written down. */
export async function insertJob(stage: TestStage, site: SiteId, by: string, comment: CommentId): Promise<JobId> {
  const job = newId<JobId>();
  await stage.postgres.query(
    `insert into moderation_job (site_id, id, action, filter, by_kind, by_id, by_name, at, until_seq, state, next_sweep_at)
     values ($1, $2, 'spam', '{"status": "pending"}', 'person', $3, 'A', now(), 0, 'waiting', now())`,
    [site, job, by],
  );
  await stage.postgres.query('insert into moderation_job_item values ($1, $2, 1, $3, 1)', [site, job, comment]);
  return job;
}
