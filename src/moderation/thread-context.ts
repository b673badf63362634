import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CommentStatus } from '../comments/comment-status.js';
import { Database } from '../platform/database/database.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import type { KnownSite } from '../sites/site-directory.js';
import { renderedHtml, type RenderedRow } from './rendered-html.js';

/** A comment around the one that is decided on: enough to understand it by. */
export interface ContextCommentView {
  readonly id: string;
  readonly parentId: string | null;
  readonly author: { readonly name: string; readonly verified: boolean };
  readonly html: string;
  readonly status: CommentStatus;
  readonly submittedAt: string;
}

export interface ThreadContextView {
  /** What it answers, from the root on. */
  readonly ancestors: readonly ContextCommentView[];
  /** What answers it, the oldest first. */
  readonly replies: readonly ContextCommentView[];
  readonly moreReplies: boolean;
}

interface ContextRow extends RenderedRow {
  readonly id: string;
  readonly parentId: string | null;
  readonly authorName: string;
  readonly isVerified: boolean;
  readonly status: CommentStatus;
  readonly submittedAt: Date;
}

/** Nearest ones first: a chain from before `maxDepth` was lowered may be longer. */
const MOST_ANCESTORS = 20;
const MOST_REPLIES = 50;

const COLUMNS = `c.id, c.parent_id as "parentId", c.author_name as "authorName", c.account_id is not null as "isVerified",
  c.body, c.html, c.renderer_version as "rendererVersion", c.status, c.submitted_at as "submittedAt"`;

/** What stands around a comment, in whatever status it is. */
@Injectable()
export class ThreadContext {
  constructor(private readonly database: Database) {}

  /** @throws Problem `comment-not-found` */
  async read(site: KnownSite, id: CommentId): Promise<ThreadContextView> {
    const { chain, replies } = await this.database.inSite(site.id, async (manager) => ({
      chain: await readChain(manager, site.id, id),
      replies: await readReplies(manager, site.id, id),
    }));
    if (chain.length === 0) throw new Problem('comment-not-found');
    return {
      ancestors: chain.slice(0, -1).map(view),
      replies: replies.slice(0, MOST_REPLIES).map(view),
      moreReplies: replies.length > MOST_REPLIES,
    };
  }
}

/** The comment itself comes last. */
function readChain(manager: EntityManager, site: SiteId, id: CommentId): Promise<ContextRow[]> {
  return manager.query(
    `with recursive chain(id, parent_id, step) as (
       select id, parent_id, 0 from comment where site_id = $1 and id = $2
       union all
       select p.id, p.parent_id, chain.step + 1 from chain join comment p on p.site_id = $1 and p.id = chain.parent_id
        where chain.step < ${MOST_ANCESTORS})
     select ${COLUMNS} from chain join comment c on c.site_id = $1 and c.id = chain.id order by chain.step desc`,
    [site, id],
  );
}

function readReplies(manager: EntityManager, site: SiteId, id: CommentId): Promise<ContextRow[]> {
  return manager.query(
    `select ${COLUMNS} from comment c where c.site_id = $1 and c.parent_id = $2
      order by c.submitted_at, c.id limit $3`,
    [site, id, MOST_REPLIES + 1],
  );
}

function view(row: ContextRow): ContextCommentView {
  const { id, parentId, authorName, isVerified, status, submittedAt } = row;
  return {
    id,
    parentId,
    author: { name: authorName, verified: isVerified },
    html: renderedHtml(row),
    status,
    submittedAt: submittedAt.toISOString(),
  };
}
