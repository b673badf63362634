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
export function readAuthorKey(manager: EntityManager, site: KnownSite, id: CommentId): Promise<Author> {
  return ask(manager, READ, site, id);
}

/**
 * The same for who writes about the comment or its author: it is held until the end of the transaction, so that nothing
 * is left behind by a deletion at the same moment.
 * @throws Problem `comment-not-found`
 */
export function holdAuthorKey(manager: EntityManager, site: KnownSite, id: CommentId): Promise<Author> {
  return ask(manager, HOLD, site, id);
}

const READ = `
  select nullif(author_key, '') as "authorKey", status = 'deleted' as "isDeleted"
    from comment where site_id = $1 and id = $2`;
const HOLD = `${READ} for share`;

async function ask(manager: EntityManager, statement: string, { id: site }: KnownSite, id: CommentId): Promise<Author> {
  const [author] = await manager.query<Author[]>(statement, [site, id]);
  if (!author) throw new Problem('comment-not-found');
  return author;
}
