import type { EntityManager } from 'typeorm';
import type { CommentId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import type { KnownSite } from '../sites/site-directory.js';

export interface Author {
  /** Null where there is no address any more. */
  readonly authorKey: string | null;
  readonly isDeleted: boolean;
}

/** Whose the comment is. @throws Problem `comment-not-found` */
export async function readAuthorKey(manager: EntityManager, { id: site }: KnownSite, id: CommentId): Promise<Author> {
  return known(await manager.query<Author[]>(READ, [site, id]));
}

/**
 * The same for who writes about the comment or its author: it is held until the end of the transaction, so that nothing
 * is left behind by a deletion at the same moment.
 * @throws Problem `comment-not-found`
 */
export async function holdAuthorKey(manager: EntityManager, { id: site }: KnownSite, id: CommentId): Promise<Author> {
  return known(await manager.query<Author[]>(HOLD, [site, id]));
}

const READ = `
  select nullif(author_key, '') as "authorKey", status = 'deleted' as "isDeleted"
    from comment where site_id = $1 and id = $2`;
const HOLD = `${READ} for share`;

function known([author]: readonly Author[]): Author {
  if (!author) throw new Problem('comment-not-found');
  return author;
}
