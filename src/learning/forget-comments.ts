import type { EntityManager } from 'typeorm';
import type { CommentId, SiteId } from '../platform/ids.js';
import { lockSite, tellRewritten } from './lesson-rows.js';

/**
 * Erases what was learned from these comments. In the transaction of the site that erases their texts: who learns reads
 * texts under the lock that is taken here, so that what is erased is never learned again.
 * @returns how many had been learned
 */
export async function forgetComments(
  manager: EntityManager,
  siteId: SiteId,
  ids: readonly CommentId[],
): Promise<number> {
  await lockSite(manager, siteId);
  const [, count] = await manager.query<[unknown[], number]>(
    'delete from learned_comment where site_id = $1 and comment_id = any ($2)',
    [siteId, ids],
  );
  if (count > 0) await tellRewritten(manager, siteId);
  return count;
}
