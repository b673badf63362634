// What is kept of a person beside their comments.
import type { EntityManager } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/** What moderators noted on an author whose comments are gone. */
export async function eraseNotesOn(manager: EntityManager, site: SiteId, authorKey: string): Promise<number> {
  const [, count] = await manager.query<[unknown[], number]>(
    'delete from moderator_note where site_id = $1 and author_key = $2',
    [site, authorKey],
  );
  return count;
}

/**
 * Large acts that were narrowed by the address forget it, as they would a week after their end.
 * @returns how many still look for comments by it: they need it for some seconds more
 */
export async function eraseFilters(manager: EntityManager, site: SiteId, authorKey: string): Promise<number> {
  await manager.query(
    `update moderation_job j set filter = jsonb_build_object('status', filter -> 'status'),
            reason = case when finished_at is null then reason end
      where site_id = $1 and ${NAMES_ADDRESS} and (is_gathered or finished_at is not null)`,
    [site, authorKey],
  );
  const [left] = await manager.query<{ count: number }[]>(
    `select count(*)::int as count from moderation_job j where site_id = $1 and ${NAMES_ADDRESS}`,
    [site, authorKey],
  );
  return left?.count ?? 0;
}

const NAMES_ADDRESS = `exists (select from jsonb_each_text(j.filter) f where position($2 in lower(f.value)) > 0)`;

export interface Kept {
  /** Of comments, and of notes on their author. */
  readonly comments: number;
  readonly notes: number;
}

export async function countKept(manager: EntityManager, site: SiteId, authorKey: string): Promise<Kept> {
  const [kept] = await manager.query<Kept[]>(
    `select (select count(*)::int from comment where site_id = $1 and author_key = $2) as comments,
            (select count(*)::int from moderator_note where site_id = $1 and author_key = $2) as notes`,
    [site, authorKey],
  );
  return kept ?? { comments: 0, notes: 0 };
}
