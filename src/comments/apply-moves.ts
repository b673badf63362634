import type { EntityManager } from 'typeorm';
import type { Verdict } from '../lib/spam/verdict.js';
import { groupBy } from '../platform/group-by.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import type { Actor } from './actor.js';
import { COMMENT_STATUSES, type Action, type CommentStatus } from './comment-status.js';

/*
 * Writes moves that were ruled on and whose comments are locked. Used by move-comment alone. Each kind of row is locked
 * in the order of its key (comments before, then articles, then counters), so that batches cannot deadlock.
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
  readonly screened: { readonly verdict: Verdict; readonly html: string; readonly rendererVersion: number } | null;
}

type CountedStatus = Exclude<CommentStatus, 'received'>;
const COUNTED = COMMENT_STATUSES.filter((status): status is CountedStatus => status !== 'received');

/** @returns the `seq` of each site's first move; the others follow it in the order given. */
export async function applyMoves(manager: EntityManager, moves: readonly Move[]): Promise<Map<SiteId, number>> {
  await updateComments(manager, moves);
  await eraseDeleted(
    manager,
    moves.filter(({ to }) => to === 'deleted'),
  );
  await indexForSearch(
    manager,
    moves.filter(({ from, to }) => from === 'received' && to !== 'deleted'),
  );
  await countPublished(manager, moves);
  const firstSeq = await countStatuses(manager, moves);
  await insertEvents(manager, moves, firstSeq);
  return firstSeq;
}

/** A comment sent back to `received` is due for the sweep at once. */
async function updateComments(manager: EntityManager, moves: readonly Move[]): Promise<void> {
  await manager.query(
    `update comment c set status = m.status, version = m.version, moved_at = m.at,
            published_at = case when m.status = 'published' then coalesce(c.published_at, m.at) else c.published_at end,
            next_sweep_at = case when m.status = 'received' then m.at else c.next_sweep_at end,
            verdict_label = coalesce(m.label, c.verdict_label),
            verdict_probability = coalesce(m.probability, c.verdict_probability),
            verdict_signals = coalesce(m.signals, c.verdict_signals),
            html = coalesce(m.html, c.html), renderer_version = coalesce(m.renderer, c.renderer_version)
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::timestamptz[],
                   $6::text[], $7::real[], $8::jsonb[], $9::text[], $10::smallint[])
            m(site_id, id, status, version, at, label, probability, signals, html, renderer)
      where c.site_id = m.site_id and c.id = m.id`,
    [
      moves.map((move) => move.siteId),
      moves.map((move) => move.id),
      moves.map((move) => move.to),
      moves.map((move) => move.version),
      moves.map((move) => move.at),
      moves.map((move) => move.screened?.verdict.label ?? null),
      moves.map((move) => move.screened?.verdict.probability ?? null),
      moves.map((move) => (move.screened ? JSON.stringify(move.screened.verdict.signals) : null)),
      moves.map((move) => move.screened?.html ?? null),
      moves.map((move) => move.screened?.rendererVersion ?? null),
    ],
  );
}

/** A tombstone keeps the replies in place and nothing of the person: signals quote words, so they go too. */
async function eraseDeleted(manager: EntityManager, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  const keys = [moves.map((move) => move.siteId), moves.map((move) => move.id)];
  await manager.query(
    `update comment c set body = '', html = null, author_name = '', author_email = '', author_url = null,
            author_key = '', client_network = null, verdict_signals = null, fingerprint = 0, language = null
       from unnest($1::uuid[], $2::uuid[]) m(site_id, id) where c.site_id = m.site_id and c.id = m.id`,
    keys,
  );
  await manager.query(
    `delete from comment_search s using unnest($1::uuid[], $2::uuid[]) m(site_id, id)
      where s.site_id = m.site_id and s.comment_id = m.id`,
    keys,
  );
}

async function indexForSearch(manager: EntityManager, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  await manager.query(
    `insert into comment_search (site_id, comment_id, document)
     select c.site_id, c.id, c.author_name || ' ' || c.author_email || E'\\n' || c.body
       from unnest($1::uuid[], $2::uuid[]) m(site_id, id) join comment c on c.site_id = m.site_id and c.id = m.id
     on conflict do nothing`,
    [moves.map((move) => move.siteId), moves.map((move) => move.id)],
  );
}

async function countPublished(manager: EntityManager, moves: readonly Move[]): Promise<void> {
  const deltas = new Map<string, { siteId: SiteId; articleId: string; delta: number }>();
  for (const { siteId, articleId, from, to } of moves) {
    const change = Number(to === 'published') - Number(from === 'published');
    if (change === 0) continue;
    const entry = deltas.get(articleId) ?? { siteId, articleId, delta: 0 };
    entry.delta += change;
    deltas.set(articleId, entry);
  }
  const changed = [...deltas.values()].filter(({ delta }) => delta !== 0);
  if (changed.length === 0) return;
  await manager.query(
    `with delta as (select * from unnest($1::uuid[], $2::uuid[], $3::int[]) d(site_id, id, change)),
          locked as (select a.site_id, a.id from article a join delta using (site_id, id)
                      order by a.site_id, a.id for no key update of a)
     update article a set published_count = a.published_count + delta.change
       from locked join delta using (site_id, id) where a.site_id = locked.site_id and a.id = locked.id`,
    [changed.map((d) => d.siteId), changed.map((d) => d.articleId), changed.map((d) => d.delta)],
  );
}

/** The counter row is locked until the commit: that is what makes `seq` the order of commits. */
async function countStatuses(manager: EntityManager, moves: readonly Move[]): Promise<Map<SiteId, number>> {
  const sites = [...groupBy(moves, (move) => move.siteId)].sort(([a], [b]) => (a < b ? -1 : 1));
  const deltas = COUNTED.map((status) =>
    sites.map(([, ofSite]) =>
      ofSite.reduce((sum, { from, to }) => sum + Number(to === status) - Number(from === status), 0),
    ),
  );
  const columns = COUNTED.join(', ');
  const rows: { siteId: SiteId; seq: string }[] = await manager.query(
    `insert into site_counter as k (site_id, seq, ${columns})
     select * from unnest($1::uuid[], $2::bigint[], ${COUNTED.map((_, i) => `$${i + 3}::int[]`).join(', ')})
     on conflict (site_id) do update set seq = k.seq + excluded.seq,
       ${COUNTED.map((status) => `${status} = k.${status} + excluded.${status}`).join(', ')}
     returning site_id as "siteId", seq`,
    [sites.map(([site]) => site), sites.map(([, ofSite]) => ofSite.length), ...deltas],
  );
  const counts = new Map(sites.map(([site, ofSite]) => [site, ofSite.length]));
  return new Map(rows.map(({ siteId, seq }) => [siteId, Number(seq) - (counts.get(siteId) ?? 0) + 1]));
}

async function insertEvents(
  manager: EntityManager,
  moves: readonly Move[],
  firstSeq: ReadonlyMap<SiteId, number>,
): Promise<void> {
  const next = new Map(firstSeq);
  const seqs = moves.map(({ siteId }) => {
    const seq = next.get(siteId) ?? 0;
    next.set(siteId, seq + 1);
    return seq;
  });
  await manager.query(
    `insert into comment_event (site_id, comment_id, version, seq, action, from_status, to_status, at,
                                actor_kind, actor_id, actor_name, reason, note)
     select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::bigint[], $5::text[], $6::text[], $7::text[],
                          $8::timestamptz[], $9::text[], $10::uuid[], $11::text[], $12::text[], $13::text[])`,
    [
      moves.map((move) => move.siteId),
      moves.map((move) => move.id),
      moves.map((move) => move.version),
      seqs,
      moves.map((move) => move.action),
      moves.map((move) => move.from),
      moves.map((move) => move.to),
      moves.map((move) => move.at),
      moves.map((move) => move.actor.kind),
      moves.map((move) => move.actor.id),
      moves.map((move) => move.actor.name),
      moves.map((move) => move.reason),
      moves.map((move) => move.note),
    ],
  );
}
