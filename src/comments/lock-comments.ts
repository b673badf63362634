// What move-comment reads of the comments it is about to move, and locks. Used by move-comment alone.
import type { EntityManager } from 'typeorm';
import type { Label } from '../lib/spam/verdict.js';
import { queryPlanned } from '../platform/database/database.js';
import type { CampaignId, CommentId, SiteId } from '../platform/ids.js';
import type { SpamConfirmer } from './comment.entity.js';
import type { CommentStatus } from './comment-status.js';
import type { DecidedLabel } from './decided-label.js';
import type { LockedComment } from './rule-on-move.js';

export type LastEvent = NonNullable<LockedComment['last']>;

export interface LockedRow {
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly status: CommentStatus;
  readonly version: number;
  readonly revision: number;
  readonly articleId: string;
  readonly articleKey: string;
  readonly decided: DecidedLabel | null;
  readonly decidedBefore: DecidedLabel | null;
  readonly label: Label | null;
  readonly machineStatus: CommentStatus | null;
  readonly isBlind: boolean;
  readonly screenedAt: Date | null;
  readonly campaignId: CampaignId | null;
  readonly confirmedBy: SpamConfirmer | null;
  /** A person of the site wrote it. */
  readonly isVerified: boolean;
}

const LOCK_COMMENTS = `
  select c.site_id as "siteId", c.id, c.status, c.version, c.revision, c.article_id as "articleId", c.decided,
         c.decided_before as "decidedBefore", c.verdict_label as label, c.machine_status as "machineStatus",
         c.is_blind as "isBlind", c.screened_at as "screenedAt", c.campaign_id as "campaignId",
         c.spam_confirmed_by as "confirmedBy", c.account_id is not null as "isVerified",
         (select a.key from article a where a.site_id = c.site_id and a.id = c.article_id) as "articleKey"
    from unnest($1::uuid[], $2::uuid[]) wanted(site_id, id)
    join comment c on c.site_id = wanted.site_id and c.id = wanted.id
   order by c.site_id, c.id for no key update of c`;

const LAST_EVENTS = `
  select e.comment_id as id, e.action, e.from_status as "from", e.actor_kind as "actorKind"
    from unnest($1::uuid[], $2::uuid[], $3::int[]) wanted(site_id, id, version)
    join comment_event e on e.site_id = wanted.site_id and e.comment_id = wanted.id and e.version = wanted.version`;

/** Locks in one order everywhere, so that two batches never wait for each other in a circle. */
export async function lockComments(
  manager: EntityManager,
  pairs: readonly { readonly siteId: SiteId; readonly id: CommentId }[],
): Promise<LockedRow[]> {
  const wanted = [...new Map(pairs.map((pair) => [pair.id, pair])).values()];
  const values = [wanted.map(({ siteId }) => siteId), wanted.map(({ id }) => id)];
  return queryPlanned(manager, { name: 'lock-comments', text: LOCK_COMMENTS, values, rows: wanted.length });
}

/**
 * After the lock, in a statement of its own: joined to the locking one, a statement that had to wait would be checked
 * again with the new comment and the old event.
 */
export async function readLastEvents(
  manager: EntityManager,
  rows: readonly LockedRow[],
): Promise<Map<string, LastEvent>> {
  const events = await queryPlanned<LastEvent & { id: CommentId }>(manager, {
    name: 'last-events',
    text: LAST_EVENTS,
    values: [rows.map(({ siteId }) => siteId), rows.map(({ id }) => id), rows.map(({ version }) => version)],
    rows: rows.length,
  });
  return new Map(events.map((event) => [event.id, event]));
}

/** After the lock as well, and only for who needs it: most moves ask for no text. */
export async function readBody(manager: EntityManager, siteId: SiteId, id: CommentId): Promise<string> {
  const [row]: { body: string }[] = await manager.query('select body from comment where site_id = $1 and id = $2', [
    siteId,
    id,
  ]);
  return row?.body ?? '';
}
