import type { EntityManager } from 'typeorm';
import type { Changes } from '../platform/database/changes.js';
import { groupBy } from '../platform/group-by.js';
import type { CommentId, SiteId } from '../platform/ids.js';

/** Rows one transaction retires at most; fewer done means that nothing is left. */
export const RETENTION_BATCH = 1_000;

/** What links people called spam is remembered longer than the spam: sellers come back after a month. */
export const LINKS_KEPT_DAYS = 180;

/**
 * Removes spam that nobody restored in time, with its events and its place in the search; its links' domains stay.
 * Comments, then counters, then campaigns (by the trigger of the deletion): in this order everybody locks them.
 */
export async function purgeOldSpam(manager: EntityManager, changes: Changes, before: Date): Promise<number> {
  const old: { siteId: SiteId; id: CommentId; version: number }[] = await manager.query(
    `select site_id as "siteId", id, version from comment where status = 'spam' and moved_at < $1
      order by moved_at limit ${RETENTION_BATCH} for update skip locked`,
    [before],
  );
  const sites = [...groupBy(old, ({ siteId }) => siteId)].sort(([a], [b]) => (a < b ? -1 : 1));
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
  await deleteAll(manager, old);
  return old.length;
}

async function deleteAll(
  manager: EntityManager,
  old: readonly { readonly siteId: SiteId; readonly id: CommentId }[],
): Promise<void> {
  const keys = [old.map(({ siteId }) => siteId), old.map(({ id }) => id)];
  await manager.query(
    `update comment_link l set kept_until = l.at + interval '${LINKS_KEPT_DAYS} days'
       from unnest($1::uuid[], $2::uuid[]) old(site_id, id) where l.site_id = old.site_id and l.comment_id = old.id`,
    keys,
  );
  await manager.query(
    `delete from comment c using unnest($1::uuid[], $2::uuid[]) old(site_id, id)
      where c.site_id = old.site_id and c.id = old.id`,
    keys,
  );
}

/** How long a text that came once is looked for; what came again, or was confirmed as spam, is kept as its comments are. */
export const CAMPAIGN_DAYS = 30;

/** Forgets the fingerprints of texts that came once and no more. Their comments stay, and belong to no campaign then. */
export async function forgetLoneCampaigns(manager: EntityManager, before: Date): Promise<number> {
  const [, count] = await manager.query<[unknown[], number]>(
    `delete from campaign where (site_id, id) in
       (select site_id, id from campaign where size < 2 and confirmed = 0 and last_at < $1
         order by last_at limit ${RETENTION_BATCH} for update skip locked)`,
    [before],
  );
  return count;
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

/** Forgets who looked at a comment once. What is over counts no more; this only makes room. */
export async function forgetEndedClaims(manager: EntityManager): Promise<number> {
  const [, count] = await manager.query<[unknown[], number]>(
    `delete from comment_claim where (site_id, comment_id) in
       (select site_id, comment_id from comment_claim where until < now()
         limit ${RETENTION_BATCH} for update skip locked)`,
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
