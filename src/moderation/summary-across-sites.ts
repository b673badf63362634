import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { COMMENT_STATUSES, type CommentStatus } from '../comments/comment-status.js';
import { Clock } from '../platform/clock.js';
import type { RawQuery } from '../platform/http/query.js';
import { ModeratedSites, sitesIn, type Reach } from './moderated-sites.js';
import { LIST_TIMEOUT_MS } from './moderation-queue.js';
import type { SiteLabel } from './queue-across-sites.js';
import { startOfDay, viewWaiting, type SummaryView } from './summary.js';

/** Sites named one by one, those with most to do first. */
const MOST_LISTED = 100;
/** Counting what waits for its screening stops here: it is counted row by row. */
const MOST_RECEIVED = 100_000;

export interface SiteToDo {
  readonly site: SiteLabel;
  readonly counts: SummaryView['counts'];
  readonly oldestWaitingAt: string | null;
}

export interface SummaryAcrossSitesView extends SummaryView {
  /** How many sites have a comment waiting for a person. */
  readonly sitesWaiting: number;
  /** Of those at most a hundred, the fullest queues first. */
  readonly sites: readonly SiteToDo[];
}

type Counts = Record<CommentStatus, number>;
type TotalRow = Counts & { readonly oldest: Date | null } & Record<'decisions' | 'reported' | 'waiting', number>;
type SiteRow = Counts & { readonly siteKey: string; readonly siteName: string; readonly oldest: Date | null };

const COUNTED = COMMENT_STATUSES.filter((status) => status !== 'received');
const SUMS = COUNTED.map((status) => `coalesce(sum(k.${status}), 0)::float8 as ${status}`).join(', ');
const KEPT = COUNTED.map((status) => `k.${status}`).join(', ');

/** How the queues of many sites stand together. Like the summary of one it reads kept counts and short index ranges. */
@Injectable()
export class SummaryAcrossSites {
  constructor(
    private readonly sites: ModeratedSites,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `site-not-found` */
  async read(caller: Caller, query: RawQuery): Promise<SummaryAcrossSitesView> {
    const now = this.clock.now();
    const reach = await this.sites.reach(caller, query);
    const [total, fullest] = await this.sites.look(reach, async (manager) => {
      await manager.query(`set local statement_timeout = ${LIST_TIMEOUT_MS}`);
      return [await readTotal(manager, reach, startOfDay(now)), await readFullest(manager, reach)] as const;
    });
    const { oldest, decisions, reported, waiting, ...counts } = total;
    return {
      counts,
      ...viewWaiting(oldest, now),
      reported,
      decisionsToday: decisions,
      sitesWaiting: waiting,
      sites: fullest.map(viewSiteToDo),
    };
  }
}

function viewSiteToDo({ siteKey, siteName, oldest, ...counts }: SiteRow): SiteToDo {
  return { site: { key: siteKey, name: siteName }, counts, oldestWaitingAt: oldest?.toISOString() ?? null };
}

async function readTotal(manager: EntityManager, reach: Reach, midnight: Date): Promise<TotalRow> {
  const [row]: TotalRow[] = await manager.query(
    `with mine as materialized (
       select * from site_counter k where $1::uuid[] is null or k.site_id = any($1))
     select (select count(*)::int from (select 1 from comment c
              where c.status = 'received' and ($1::uuid[] is null or c.site_id = any($1)) limit ${MOST_RECEIVED}) r) as received,
            (select count(*)::int from (select 1 from comment c where c.status = 'published' and c.report_count > 0
                and ($1::uuid[] is null or c.site_id = any($1)) limit ${MOST_RECEIVED}) r) as reported,
            ${SUMS}, count(*) filter (where k.pending > 0)::int as waiting,
            (select min(h.submitted_at) from mine m cross join lateral (
               select c.submitted_at from comment c where c.site_id = m.site_id and c.status = 'pending'
                order by c.submitted_at limit 1) h where m.pending > 0) as oldest,
            (select coalesce(sum(d.decided), 0)::int from mine m cross join lateral (
               select count(*) as decided from comment_event e
                where e.site_id = m.site_id and e.actor_kind = 'person' and e.action <> 'reply' and e.at >= $2) d where m.seq > 0) as decisions
       from mine k`,
    [sitesIn(reach), midnight],
  );
  if (!row) throw new Error('PostgreSQL answered the summary without a row.');
  return row;
}

function readFullest(manager: EntityManager, reach: Reach): Promise<SiteRow[]> {
  return manager.query(
    `with fullest as materialized (
       select k.* from site_counter k where k.pending > 0 and ($1::uuid[] is null or k.site_id = any($1))
        order by k.pending desc, k.site_id limit ${MOST_LISTED})
     select s.key as "siteKey", s.name as "siteName", ${KEPT},
            (select count(*)::int from comment c where c.site_id = k.site_id and c.status = 'received') as received,
            (select min(c.submitted_at) from comment c where c.site_id = k.site_id and c.status = 'pending') as oldest
       from fullest k join site s on s.id = k.site_id order by k.pending desc, s.key`,
    [sitesIn(reach)],
  );
}
