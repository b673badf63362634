import type { EntityManager } from 'typeorm';
import type { Changes } from '../platform/database/changes.js';
import { groupBy } from '../platform/group-by.js';
import type { CommentId, SiteId } from '../platform/ids.js';

/** Rows one transaction retires at most; fewer done means that nothing is left. */
export const RETENTION_BATCH = 1_000;

/** What links people called spam is remembered longer than the spam: sellers come back after a month. */
const LINKS_KEPT_DAYS = 180;

/** Removes spam that nobody restored in time, with its events and its place in the search; its links' domains stay. */
export async function purgeOldSpam(manager: EntityManager, changes: Changes, before: Date): Promise<number> {
  const [gone] = await manager.query<[{ siteId: SiteId; id: CommentId; version: number }[], number]>(
    `with due as materialized (
       select site_id, id from comment where status = 'spam' and moved_at < $1 order by moved_at limit ${RETENTION_BATCH}
          for update skip locked),
     kept as (
       update comment_link l set kept_until = l.at + interval '${LINKS_KEPT_DAYS} days' from due
        where l.site_id = due.site_id and l.comment_id = due.id)
     delete from comment where (site_id, id) in (select site_id, id from due)
     returning site_id as "siteId", id, version`,
    [before],
  );
  const sites = [...groupBy(gone, ({ siteId }) => siteId)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [site, ofSite] of sites) {
    const [counted] = await manager.query<[{ seq: string }[], number]>(
      'update site_counter set spam = spam - $2 where site_id = $1 returning seq',
      [site, ofSite.length],
    );
    // A purge has no event and no place of its own in the order; it stands where the order is now.
    const seq = Number(counted[0]?.seq ?? 0);
    const moves = ofSite.map(({ id, version }) => ({ id, from: 'spam', to: 'purged', version, seq }));
    await changes.tellComments(manager, { site, articles: [], moves });
  }
  return gone.length;
}

/** Forgets where comments came from, once that has been kept long enough. */
export async function dropOldNetworks(manager: EntityManager, before: Date): Promise<number> {
  const [, count] = await manager.query<[unknown[], number]>(
    `update comment set client_network = null where (site_id, id) in
       (select site_id, id from comment where client_network is not null and submitted_at < $1
         order by submitted_at limit ${RETENTION_BATCH} for update skip locked)`,
    [before],
  );
  return count;
}

/** Forgets the domains of purged spam at last. */
export async function forgetOldLinks(manager: EntityManager, now: Date): Promise<number> {
  const [, count] = await manager.query<[unknown[], number]>(
    `delete from comment_link where (site_id, comment_id, domain) in
       (select site_id, comment_id, domain from comment_link where kept_until < $1
         order by kept_until limit ${RETENTION_BATCH} for update skip locked)`,
    [now],
  );
  return count;
}

/** Forgets keys that replay nothing any more. */
export async function forgetExpiredKeys(manager: EntityManager, before: Date): Promise<number> {
  const [, count] = await manager.query<[unknown[], number]>(
    `delete from idempotency_record where (site_id, key_hash) in
       (select site_id, key_hash from idempotency_record where expires_at < $1
         order by expires_at limit ${RETENTION_BATCH} for update skip locked)`,
    [before],
  );
  return count;
}
