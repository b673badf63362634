import { Injectable } from '@nestjs/common';
import { idOf, type Caller } from '../accounts/caller.js';
import type { CommentStatus } from '../comments/comment-status.js';
import { Database } from '../platform/database/database.js';
import { readChoice, readLimit, readOne, type RawQuery } from '../platform/http/query.js';
import { openCursor, sealCursor } from '../platform/signing/cursor.js';
import { Secrets } from '../platform/signing/secrets.js';
import type { KnownSite } from '../sites/site-directory.js';
import { LIST_TIMEOUT_MS } from './moderation-queue.js';
import { QUEUE_COLUMNS, viewQueueItem, type QueueItemView, type QueueRow } from './queue-item.js';

/** What a campaign counts its comments by. */
export const CAMPAIGN_STATUSES = [
  'pending',
  'spam',
  'approved',
  'published',
  'rejected',
] as const satisfies readonly CommentStatus[];
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

/** Authors are told apart among so many of the newest. */
const LOOKED_AT = 200;

export interface CampaignView {
  readonly id: string;
  readonly size: number;
  readonly pending: number;
  readonly firstAt: string;
  readonly lastAt: string;
  /** Different addresses among the newest 200 of the status asked for. */
  readonly authors: number;
  /** The newest of the status asked for. */
  readonly sample: QueueItemView;
}

export interface CampaignPage {
  readonly items: readonly CampaignView[];
  readonly nextCursor: string | null;
}

interface CampaignRow extends QueueRow {
  readonly campaignId: string;
  readonly inStatus: number;
  readonly size: number;
  readonly inPending: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly authors: number;
}

/** Groups of near-identical comments that have some of a status, those with most first. */
@Injectable()
export class CampaignList {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  /** @throws Problem `malformed-query`, `invalid-cursor` */
  async list(site: KnownSite, query: RawQuery, caller: Caller): Promise<CampaignPage> {
    const status = readChoice(query, 'status', CAMPAIGN_STATUSES, 'pending');
    const limit = readLimit(query);
    const cursor = readOne(query, 'cursor') ?? null;
    const scope = ['campaigns', site.id, status];
    const [count = null, id = null] = cursor === null ? [] : openCursor(this.secrets, scope, cursor);
    const rows: CampaignRow[] = await this.database.inSite(site.id, async (manager) => {
      await manager.query(`set local statement_timeout = ${LIST_TIMEOUT_MS}`);
      return manager.query(LIST, [site.id, status, count, id, limit + 1]);
    });
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    const nextCursor = last ? sealCursor(this.secrets, scope, [String(last.inStatus), last.campaignId]) : null;
    return { items: items.map((row) => viewCampaign(row, idOf(caller))), nextCursor };
  }
}

/** The groups of a site are few, so they are sorted by a count that no index keeps; the page is cut before the rest. */
const LIST = `
  with counted as (
    select k.*, case $2 when 'pending' then k.pending when 'spam' then k.spam when 'approved' then k.approved
                        when 'published' then k.published when 'rejected' then k.rejected end as in_status
      from campaign k where k.site_id = $1 and k.size > 1),
  page as materialized (
    select * from counted k
     where k.in_status > 0 and ($3::int is null or (k.in_status, k.id) < ($3::int, $4::uuid))
     order by k.in_status desc, k.id desc limit $5)
  select p.id as "campaignId", p.in_status as "inStatus", p.size, p.pending as "inPending", p.first_at as "firstAt",
         p.last_at as "lastAt",
         (select count(distinct h.author_key)::int from (
           select r.author_key from comment r where r.site_id = p.site_id and r.campaign_id = p.id and r.status = $2
            order by r.submitted_at desc limit ${LOOKED_AT}) h) as authors,
         ${QUEUE_COLUMNS}
    from page p cross join lateral (
      select r.* from comment r where r.site_id = p.site_id and r.campaign_id = p.id and r.status = $2
       order by r.submitted_at desc, r.id desc limit 1) c
    join article a on a.site_id = c.site_id and a.id = c.article_id
   order by p.in_status desc, p.id desc`;

function viewCampaign(row: CampaignRow, me: string): CampaignView {
  const { campaignId, size, inPending, firstAt, lastAt, authors } = row;
  return {
    id: campaignId,
    size,
    pending: inPending,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
    authors,
    sample: viewQueueItem(row, me),
  };
}
