import type { EntityManager } from 'typeorm';
import type { NearFingerprint } from '../lib/spam/near-fingerprint.js';
import type { Verdict } from '../lib/spam/verdict.js';
import { queryPlanned } from '../platform/database/database.js';
import type { CampaignId, CommentId, SiteId } from '../platform/ids.js';
import type { Actor } from './actor.js';
import { CAMPAIGN_ADDS, CAMPAIGN_CHANGES, CAMPAIGN_COUNTS, CAMPAIGN_MERGES } from './campaign-counts.js';
import type { SpamConfirmer } from './comment.entity.js';
import { SEARCH_DOCUMENT } from './comment-search.entity.js';
import { COMMENT_STATUSES, type Action, type CommentStatus } from './comment-status.js';
import type { DecidedLabel } from './decided-label.js';
import { forgetNotes } from './forget-notes.js';
import type { MachineAnswer } from './tally-verdict.js';

/*
 * Writes moves that were ruled on and whose comments are locked. Used by move-comment alone. Each kind of row is locked
 * in the order of its key (comments before, then articles, then counters), so that batches cannot deadlock. One
 * statement for all of it: under load the way to PostgreSQL and back costs more than what it does there.
 */

export interface Move {
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly articleId: string;
  readonly articleKey: string;
  readonly from: CommentStatus;
  readonly to: CommentStatus;
  /** After the move. */
  readonly version: number;
  readonly action: Action;
  readonly actor: Actor;
  readonly at: Date;
  readonly reason: string | null;
  readonly note: string | null;
  /** What people say it is, after the move. */
  readonly decided: DecidedLabel | null;
  /** What the last screening came to, before the move and after it. */
  readonly machineBefore: MachineAnswer | null;
  readonly machine: MachineAnswer | null;
  readonly screened: {
    readonly verdict: Verdict;
    readonly html: string;
    readonly rendererVersion: number;
    readonly linkDomains: readonly string[];
  } | null;
  /** The campaign it belongs to after the move, with its fingerprint where the move may found it. */
  readonly campaign: { readonly id: CampaignId; readonly nearFingerprint: NearFingerprint | null } | null;
  readonly confirmedBefore: SpamConfirmer | null;
  readonly confirmedBy: SpamConfirmer | null;
  /** A person of the site wrote it: whatever is said of it teaches nothing. */
  readonly isVerified: boolean;
}

/** @returns the `seq` of each site's first move; the others follow it in the order given. */
export async function applyMoves(manager: EntityManager, moves: readonly Move[]): Promise<Map<SiteId, number>> {
  const { places, counts } = placesInSites(moves);
  const values = [
    moves.map((move) => move.siteId),
    moves.map((move) => move.id),
    moves.map((move) => move.articleId),
    moves.map((move) => move.from),
    moves.map((move) => move.to),
    moves.map((move) => move.version),
    moves.map((move) => move.at),
    moves.map((move) => move.screened?.verdict.label ?? null),
    moves.map((move) => move.screened?.verdict.probability ?? null),
    moves.map((move) => (move.screened ? JSON.stringify(move.screened.verdict.signals) : null)),
    moves.map((move) => move.screened?.html ?? null),
    moves.map((move) => move.screened?.rendererVersion ?? null),
    moves.map((move) => move.action),
    moves.map((move) => move.actor.kind),
    moves.map((move) => move.actor.id),
    moves.map((move) => move.actor.name),
    moves.map((move) => move.reason),
    moves.map((move) => move.note),
    moves.map(({ siteId }, index) => (places[index] ?? 0) - (counts.get(siteId) ?? 0)),
    moves.map((move) => move.decided),
    moves.map((move) => move.screened?.verdict.score ?? null),
    moves.map((move) => (move.screened && move.machine ? move.machine.to : null)),
    moves.map((move) => (move.screened && move.machine ? move.machine.isBlind : null)),
    moves.map((move) => move.campaign?.id ?? null),
    moves.map(({ campaign }) => (campaign?.nearFingerprint ? `{${campaign.nearFingerprint.join()}}` : null)),
    moves.map((move) => move.confirmedBefore),
    moves.map((move) => move.confirmedBy),
  ];
  const rows = await queryPlanned<{ siteId: SiteId; seq: string }>(manager, {
    name: 'apply-moves',
    text: APPLY_MOVES,
    values,
    rows: moves.length,
  });
  await eraseDeleted(manager, moves);
  await forgetLeftCampaigns(manager, moves);
  return new Map(rows.map(({ siteId, seq }) => [siteId, Number(seq) - (counts.get(siteId) ?? 0) + 1]));
}

/** Each move's place among those of its site, from 1, and how many each site has. */
function placesInSites(moves: readonly Move[]): { places: number[]; counts: Map<SiteId, number> } {
  const counts = new Map<SiteId, number>();
  const places = moves.map(({ siteId }) => {
    const place = (counts.get(siteId) ?? 0) + 1;
    counts.set(siteId, place);
    return place;
  });
  return { places, counts };
}

const COUNTED = COMMENT_STATUSES.filter((status) => status !== 'received');
const COUNTERS = COUNTED.join(', ');
const CHANGES = COUNTED.map((status) => `sum((m.status = '${status}')::int - (m.from_status = '${status}')::int)`).join(
  ', ',
);
const ADDITIONS = COUNTED.map((status) => `${status} = k.${status} + excluded.${status}`).join(', ');

/**
 * A reply of a person of the site has come with its move, so that its event begins its history.
 * A comment sent back to `received` is due for the sweep at once. What has left `received` can be searched for. What a
 * person had said of a text stays known through its author's edits, and the new text belongs to no campaign yet. The
 * counter row is locked until the commit: that is what makes `seq` the order of commits; it waits for the articles.
 * The campaigns wait for it in turn, so that one transaction at a time writes those of a site.
 */
const APPLY_MOVES = `
  with m as materialized (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::int[], $7::timestamptz[],
                         $8::text[], $9::real[], $10::jsonb[], $11::text[], $12::smallint[], $13::text[], $14::text[],
                         $15::uuid[], $16::text[], $17::text[], $18::text[], $19::int[], $20::text[],
                         $21::float8[], $22::text[], $23::boolean[], $24::uuid[], $25::text[], $26::text[], $27::text[])
      m(site_id, id, article_id, from_status, status, version, at, label, probability, signals, html, renderer,
        action, actor_kind, actor_id, actor_name, reason, note, seq_before_last, decided, score, machine_status, is_blind,
        campaign_id, near_fingerprint, confirmed_before, confirmed_by)),
  moved as (
    update comment c set status = m.status, version = m.version, moved_at = m.at,
           decided = m.decided,
           decided_before = case m.action when 'edit' then coalesce(c.decided, c.decided_before) else c.decided end,
           published_at = case when m.status = 'published' then coalesce(c.published_at, m.at) else c.published_at end,
           next_sweep_at = case when m.status = 'received' then m.at else c.next_sweep_at end,
           verdict_label = coalesce(m.label, c.verdict_label),
           verdict_probability = coalesce(m.probability, c.verdict_probability),
           certainty = case when m.is_blind then 1 else coalesce(abs(m.probability - 0.5), c.certainty) end,
           verdict_signals = coalesce(m.signals, c.verdict_signals),
           verdict_score = coalesce(m.score, c.verdict_score),
           machine_status = coalesce(m.machine_status, c.machine_status),
           screened_at = case when m.machine_status is null then c.screened_at else m.at end,
           is_blind = coalesce(m.is_blind, c.is_blind),
           html = coalesce(m.html, c.html), renderer_version = coalesce(m.renderer, c.renderer_version),
           campaign_id = case when m.action = 'edit' and m.status = 'received' then null else m.campaign_id end,
           spam_confirmed_by = m.confirmed_by
      from m where c.site_id = m.site_id and c.id = m.id
    returning c.site_id, c.id, c.submitted_at),
  documents as (
    insert into comment_search (site_id, comment_id, document)
    select c.site_id, c.id, ${SEARCH_DOCUMENT}
      from m join comment c on c.site_id = m.site_id and c.id = m.id
     where m.from_status = 'received' and m.status not in ('received', 'deleted')
    on conflict do nothing),
  shown as (
    select site_id, article_id as id, sum((status = 'published')::int - (from_status = 'published')::int) as change
      from m group by site_id, article_id
    having sum((status = 'published')::int - (from_status = 'published')::int) <> 0),
  locked as (
    select a.site_id, a.id from article a join shown using (site_id, id) order by a.site_id, a.id
       for no key update of a),
  articles as (
    update article a set published_count = a.published_count + shown.change
      from locked join shown using (site_id, id) where a.site_id = locked.site_id and a.id = locked.id
    returning a.id),
  counted as (
    insert into site_counter as k (site_id, seq, decided_seq, ${COUNTERS})
    select m.site_id, count(*),
           coalesce(count(*) + max(m.seq_before_last) filter (where m.actor_kind in ('person', 'author')), 0), ${CHANGES}
      from m cross join (select count(*) from articles) changed
     group by m.site_id order by m.site_id
    on conflict (site_id) do update set seq = k.seq + excluded.seq, ${ADDITIONS},
           decided_seq = case excluded.decided_seq when 0 then k.decided_seq else k.seq + excluded.decided_seq end
    returning k.site_id, k.seq),
  tally as (
    select m.site_id, m.campaign_id as id, max(m.near_fingerprint) as near_fingerprint,
           min(moved.submitted_at) as first_at, max(moved.submitted_at) as last_at, ${CAMPAIGN_CHANGES}
      from m join moved using (site_id, id) cross join (select count(*) from counted) after_counters
     where m.campaign_id is not null group by m.site_id, m.campaign_id),
  joined as (
    insert into campaign as k (site_id, id, near_fingerprint, first_at, last_at, ${CAMPAIGN_COUNTS})
    select t.site_id, t.id, t.near_fingerprint::int[], t.first_at, t.last_at, ${CAMPAIGN_COUNTS}
      from tally t where t.near_fingerprint is not null
    on conflict (site_id, id) do update set first_at = least(k.first_at, excluded.first_at),
           last_at = greatest(k.last_at, excluded.last_at), ${CAMPAIGN_MERGES}),
  decided as (
    update campaign k set ${CAMPAIGN_ADDS}
      from tally t where t.near_fingerprint is null and k.site_id = t.site_id and k.id = t.id),
  events as (
    insert into comment_event (site_id, comment_id, version, seq, action, from_status, to_status, at,
                               actor_kind, actor_id, actor_name, reason, note)
    select m.site_id, m.id, m.version, counted.seq + m.seq_before_last, m.action,
           case when m.action = 'reply' then null else m.from_status end, m.status, m.at,
           m.actor_kind, m.actor_id, m.actor_name, m.reason, m.note
      from m join counted on counted.site_id = m.site_id)
  select site_id as "siteId", seq from counted`;

/** A tombstone keeps the replies in place and nothing of the person: signals quote words, so they go too. */
async function eraseDeleted(manager: EntityManager, all: readonly Move[]): Promise<void> {
  const moves = all.filter(({ to }) => to === 'deleted');
  if (moves.length === 0) return;
  const keys: [SiteId[], CommentId[]] = [moves.map((move) => move.siteId), moves.map((move) => move.id)];
  await forgetNotes(manager, keys);
  await manager.query(
    `update comment c set body = '', html = null, author_name = '', author_email = '', author_url = null,
            author_key = '', client_network = null, verdict_signals = null, fingerprint = 0, language = null,
            campaign_id = null, account_id = null
       from unnest($1::uuid[], $2::uuid[]) m(site_id, id) where c.site_id = m.site_id and c.id = m.id`,
    keys,
  );
  await manager.query(
    `delete from comment_search s using unnest($1::uuid[], $2::uuid[]) m(site_id, id)
      where s.site_id = m.site_id and s.comment_id = m.id`,
    keys,
  );
  await manager.query(
    `delete from comment_revision r using unnest($1::uuid[], $2::uuid[]) m(site_id, id)
      where r.site_id = m.site_id and r.comment_id = m.id`,
    keys,
  );
  await manager.query(
    `delete from comment_report r using unnest($1::uuid[], $2::uuid[]) m(site_id, id)
      where r.site_id = m.site_id and r.comment_id = m.id`,
    keys,
  );
}

/** The fingerprint belongs to all copies of a text alike; it goes with the last of them. */
async function forgetLeftCampaigns(manager: EntityManager, moves: readonly Move[]): Promise<void> {
  const left = moves.filter(
    ({ to, action, campaign }) => campaign !== null && (to === 'deleted' || (to === 'received' && action === 'edit')),
  );
  if (left.length === 0) return;
  await manager.query(
    `delete from campaign k using unnest($1::uuid[], $2::uuid[]) m(site_id, id)
      where k.site_id = m.site_id and k.id = m.id and k.size <= 0`,
    [left.map((move) => move.siteId), left.map(({ campaign }) => campaign?.id ?? null)],
  );
}
