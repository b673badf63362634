import type { EntityManager } from 'typeorm';
import type { CommentId, SiteId } from '../platform/ids.js';

/**
 * What moderators noted on comments that are being deleted, and on authors of whom nothing else is left; before their
 * addresses go. The caller holds the sites' counters, so that two last comments of an author go one after the other.
 * @param keys the sites and the ids, in one order
 */
export async function forgetNotes(
  manager: EntityManager,
  keys: readonly [sites: readonly SiteId[], ids: readonly CommentId[]],
): Promise<void> {
  await manager.query(
    `delete from moderator_note n using unnest($1::uuid[], $2::uuid[]) m(site_id, id)
      where n.site_id = m.site_id and n.comment_id = m.id`,
    [...keys],
  );
  await manager.query(
    `delete from moderator_note n using comment c, unnest($1::uuid[], $2::uuid[]) m(site_id, id)
      where c.site_id = m.site_id and c.id = m.id and n.site_id = c.site_id and n.author_key = c.author_key
        and not exists (select 1 from comment o where o.site_id = c.site_id and o.author_key = c.author_key
                           and o.id <> all($2::uuid[]))`,
    [...keys],
  );
}
