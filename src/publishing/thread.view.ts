import { isArticleOpen } from '../comments/article-open.js';
import { webAddress } from '../lib/feed/public-values.js';
import type { KnownSite } from '../sites/site-directory.js';
import type { PublishedArticle, PublishedComment } from './published-comments.js';

export interface ThreadArticleView {
  readonly key: string;
  readonly url: string | null;
  readonly title: string | null;
  /** Whether it takes comments now. */
  readonly open: boolean;
  readonly commentCount: number;
}

export interface ThreadCommentView {
  readonly id: string;
  readonly parentId: string | null;
  readonly author: {
    readonly name: string;
    readonly url: string | null;
    /** A person of the site wrote it at the desk; left out for readers. */
    readonly verified?: true;
  };
  readonly html: string;
  readonly submittedAt: string;
  readonly publishedAt: string;
}

export interface ThreadView {
  readonly article: ThreadArticleView;
  readonly comments: readonly ThreadCommentView[];
  readonly nextCursor: string | null;
}

/** @param article its key alone when nobody has commented on it */
export function viewThread(
  site: KnownSite,
  article: PublishedArticle | string,
  comments: readonly PublishedComment[],
  nextCursor: string | null,
  now: Date,
): ThreadView {
  return { article: viewArticle(site, article, now), comments: comments.map(viewComment), nextCursor };
}

function viewArticle(site: KnownSite, article: PublishedArticle | string, now: Date): ThreadArticleView {
  if (typeof article === 'string') return { key: article, url: null, title: null, open: true, commentCount: 0 };
  const { key, url, title, publishedCount } = article;
  const open = isArticleOpen(article, site.settings, now);
  return { key, url: linkable(url), title, open, commentCount: publishedCount };
}

function viewComment(comment: PublishedComment): ThreadCommentView {
  const { id, parentId, author, isVerified, html, submittedAt, publishedAt } = comment;
  return {
    id,
    parentId,
    author: { name: author.name, url: linkable(author.url), ...(isVerified && { verified: true }) },
    html,
    submittedAt: submittedAt.toISOString(),
    publishedAt: publishedAt.toISOString(),
  };
}

/** Intake lets only web addresses in; whatever else may come into the table, no page shall link to `javascript:`. */
function linkable(url: string | null): string | null {
  return webAddress(url) === null ? null : url;
}
