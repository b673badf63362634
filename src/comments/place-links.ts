// Keeps what links stand for in step with what people say of their comments. Used by move-comment alone, on comments it
// has locked. Each time all rows of a comment are written as they must be now: nothing is added up, so that nothing can
// be added twice, and an undo leaves what was there before.
import type { EntityManager } from 'typeorm';
import { linkDomains } from '../lib/spam/link-domains.js';
import { queryPlanned } from '../platform/database/database.js';
import type { CommentId } from '../platform/ids.js';
import type { Move } from './apply-moves.js';
import { standingOf } from './decided-label.js';
import { LINKS_KEPT_DAYS } from './retention.js';

/** What a machine keeps back has no standing and had none: most batches of screening write nothing here. */
export async function placeLinks(manager: EntityManager, moves: readonly Move[]): Promise<void> {
  await retireLinks(manager, moves.filter(isErasedByAuthor));
  const concerned = moves.filter(
    (move) => !move.isVerified && (move.screened === null || standsWithLinks(move)) && !isErasedByAuthor(move),
  );
  if (concerned.length === 0) return;
  const texts = await readDomains(manager, concerned);
  const links = concerned
    .filter((move) => standing(move) !== null)
    .flatMap(({ id, screened }) => (screened?.linkDomains ?? texts.get(id) ?? []).map((domain) => ({ id, domain })));
  const values = [
    concerned.map(({ siteId }) => siteId),
    concerned.map(({ id }) => id),
    concerned.map(standing),
    concerned.map(({ at }) => at),
    links.map(({ id }) => id),
    links.map(({ domain }) => domain),
  ];
  await queryPlanned(manager, { name: 'place-links', text: PLACE_LINKS, values, rows: concerned.length });
}

function isErasedByAuthor({ action, actor }: Move): boolean {
  return action === 'delete' && actor.kind === 'author';
}

/** What people called spam leaves its domains behind as a purge does: a seller must not wash them by deleting. */
async function retireLinks(manager: EntityManager, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  await manager.query(RETIRE_LINKS, [
    moves.map(({ siteId }) => siteId),
    moves.map(({ id }) => id),
    moves.map(({ at }) => at),
  ]);
}

function standing({ decided, to }: Move): ReturnType<typeof standingOf> {
  return standingOf(decided, to);
}

function standsWithLinks(move: Move): boolean {
  return standing(move) !== null && (move.screened?.linkDomains.length ?? 0) > 0;
}

/** From the text, not from what was written before: a person may decide before the screening has read it. */
async function readDomains(manager: EntityManager, moves: readonly Move[]): Promise<Map<CommentId, readonly string[]>> {
  const decided = moves.filter((move) => move.screened === null && standing(move) !== null);
  if (decided.length === 0) return new Map();
  const rows: { id: CommentId; body: string; authorUrl: string | null }[] = await manager.query(
    `select c.id, c.body, c.author_url as "authorUrl"
       from unnest($1::uuid[], $2::uuid[]) m(site_id, id) join comment c on c.site_id = m.site_id and c.id = m.id`,
    [decided.map(({ siteId }) => siteId), decided.map(({ id }) => id)],
  );
  return new Map(rows.map(({ id, body, authorUrl }) => [id, linkDomains(body, authorUrl)]));
}

const RETIRE_LINKS = `
  with m as materialized (select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) m(site_id, id, at)),
  kept as (
    update comment_link l set kept_until = m.at + interval '${LINKS_KEPT_DAYS} days'
      from m where l.site_id = m.site_id and l.comment_id = m.id and l.standing = 'spam')
  delete from comment_link l using m
   where l.site_id = m.site_id and l.comment_id = m.id and l.standing <> 'spam'`;

const PLACE_LINKS = `
  with m as materialized (
    select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) m(site_id, id, standing, at)),
  linked as materialized (
    select m.site_id, m.id, d.domain, m.standing, m.at from unnest($5::uuid[], $6::text[]) d(id, domain) join m using (id)),
  gone as (
    delete from comment_link l using m
     where l.site_id = m.site_id and l.comment_id = m.id
       and not exists (select from linked k where k.id = l.comment_id and k.domain = l.domain))
  insert into comment_link as l (site_id, comment_id, domain, standing, at)
  select site_id, id, domain, standing, at from linked
  on conflict (site_id, comment_id, domain) do update set standing = excluded.standing, at = excluded.at
    where l.standing <> excluded.standing`;
