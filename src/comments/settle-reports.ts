// A person who decides about a reported comment has looked at it, and so has whoever moves it: its reports are settled.
import type { EntityManager } from 'typeorm';
import { queryPlanned } from '../platform/database/database.js';
import type { CommentId, SiteId } from '../platform/ids.js';

interface Settled {
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly version: number;
}

export interface LookedAt {
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly at: Date;
}

/** For comments that the transaction has locked. @returns those that had reports */
export async function settleReports(manager: EntityManager, comments: readonly LookedAt[]): Promise<Settled[]> {
  if (comments.length === 0) return [];
  const values = [comments.map(({ siteId }) => siteId), comments.map(({ id }) => id), comments.map(({ at }) => at)];
  return queryPlanned(manager, { name: 'settle-reports', text: SETTLE, values, rows: comments.length });
}

const SETTLE = `
  with m as materialized (
    select c.site_id, c.id, m.at from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) m(site_id, id, at)
      join comment c on c.site_id = m.site_id and c.id = m.id where c.report_count > 0),
  settled as (
    update comment_report r set settled_at = m.at
      from m where r.site_id = m.site_id and r.comment_id = m.id and r.settled_at is null)
  update comment c set report_count = 0 from m where c.site_id = m.site_id and c.id = m.id
  returning c.site_id as "siteId", c.id, c.version`;
