import { Injectable } from '@nestjs/common';
import { COMMENT_STATUSES, type CommentStatus } from '../comments/comment-status.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { KnownSite } from '../sites/site-directory.js';

export interface SummaryView {
  readonly counts: Readonly<Record<CommentStatus, number>>;
  /** When the comment that has waited longest for a person was submitted; null when nothing waits. */
  readonly oldestWaitingAt: string | null;
  readonly oldestWaitingSeconds: number | null;
  /** Published comments that readers have reported. */
  readonly reported: number;
  /** Decisions of people since midnight UTC. */
  readonly decisionsToday: number;
}

type SummaryRow = Record<CommentStatus, number> & { readonly oldest: Date | null } & Record<
    'decisions' | 'reported',
    number
  >;

const KEPT = COMMENT_STATUSES.filter((status) => status !== 'received')
  .map((status) => `coalesce(k.${status}, 0) as ${status}`)
  .join(', ');

/** How a site's queue stands. Kept counts and short index ranges only: the same cost at ten million comments. */
@Injectable()
export class Summary {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async read(site: KnownSite): Promise<SummaryView> {
    const now = this.clock.now();
    const rows: SummaryRow[] = await this.database.inSite(site.id, (manager) =>
      manager.query(
        `select (select count(*)::int from comment where site_id = $1 and status = 'received') as received, ${KEPT},
                (select count(*)::int from comment
                  where site_id = $1 and status = 'published' and report_count > 0) as reported,
                (select min(submitted_at) from comment where site_id = $1 and status = 'pending') as oldest,
                (select count(*)::int from comment_event
                  where site_id = $1 and actor_kind = 'person' and action <> 'reply' and at >= $2) as decisions
           from (select $1::uuid as site_id) s left join site_counter k on k.site_id = s.site_id`,
        [site.id, startOfDay(now)],
      ),
    );
    const [row] = rows;
    if (!row) throw new Error('PostgreSQL answered the summary without a row.');
    const { oldest, decisions, reported, ...counts } = row;
    return {
      counts,
      ...viewWaiting(oldest, now),
      reported,
      decisionsToday: decisions,
    };
  }
}

/** In UTC. */
export function startOfDay(now: Date): Date {
  return new Date(new Date(now).setUTCHours(0, 0, 0, 0));
}

export function viewWaiting(
  oldest: Date | null,
  now: Date,
): Pick<SummaryView, 'oldestWaitingAt' | 'oldestWaitingSeconds'> {
  return {
    oldestWaitingAt: oldest?.toISOString() ?? null,
    oldestWaitingSeconds: oldest && Math.max(0, Math.floor((now.getTime() - oldest.getTime()) / 1000)),
  };
}
