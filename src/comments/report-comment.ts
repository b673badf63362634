// A reader's report: it counts on the comment until somebody has looked, and says nothing of what the comment is.
import type { EntityManager } from 'typeorm';
import type { Changes } from '../platform/database/changes.js';
import type { CommentId, SiteId } from '../platform/ids.js';

/** Enough to know that it is urgent; more would only be stored. */
export const MOST_REPORTS = 100;

export interface Report {
  readonly siteId: SiteId;
  readonly articleKey: string;
  readonly id: CommentId;
  /** The digest of who reports, for the revision of the text they saw. */
  readonly reporterOf: (revision: number) => Buffer;
  readonly reason: string | null;
  readonly at: Date;
}

interface Reported {
  readonly version: number;
  readonly revision: number;
  readonly count: number;
}

/** @returns whether there is such a comment where readers see it; whether the report counts is nobody's business */
export async function reportComment(manager: EntityManager, changes: Changes, report: Report): Promise<boolean> {
  const { siteId, articleKey, id, reporterOf, reason, at } = report;
  // Locked like a move, so that no decision settles what comes at the same moment without counting it.
  const [found]: Reported[] = await manager.query(
    `select c.version, c.revision, c.report_count as count
       from comment c join article a on a.site_id = c.site_id and a.id = c.article_id
      where c.site_id = $1 and c.id = $2 and a.key = $3 and c.status = 'published' for no key update of c`,
    [siteId, id, articleKey],
  );
  if (!found) return false;
  if (found.count >= MOST_REPORTS) return true;
  const added: unknown[] = await manager.query(
    `insert into comment_report (site_id, comment_id, reporter, reason, at) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning comment_id`,
    [siteId, id, reporterOf(found.revision), reason, at],
  );
  if (added.length === 0) return true;
  await manager.query('update comment set report_count = report_count + 1 where site_id = $1 and id = $2', [
    siteId,
    id,
  ]);
  await tellReports(manager, changes, siteId, [{ id, version: found.version }]);
  return true;
}

/** A report has no event, and no place in the order of moves. */
export async function tellReports(
  manager: EntityManager,
  changes: Changes,
  site: SiteId,
  comments: readonly { readonly id: CommentId; readonly version: number }[],
): Promise<void> {
  const moves = comments.map(({ id, version }) => ({ id, from: 'published', to: 'published', version, seq: 0 }));
  await changes.tellComments(manager, { site, articles: [], moves });
}
