import { v5 } from 'uuid';
import type { Feed, FeedItem } from '../lib/feed/feed.js';
import type { KnownSite } from '../sites/site-directory.js';
import { anchorOn, feedUrl, reportPath, threadUrl, type FeedAddress } from './public-links.js';
import type { PublishedArticle, PublishedComment } from './published-comments.js';

/*
 * From a page of published comments to the neutral model of a feed. Ids are `urn:uuid:` (RFC 9562): a tag: URI needs a
 * domain that its minter holds, PUBLIC_URL may change, and a reader to whom an id is new shows the comment again.
 */

export interface FeedSource {
  readonly site: KnownSite;
  /** Null: the feed of the whole site. */
  readonly articleKey: string | null;
  /** Null also for an article nobody has commented on. */
  readonly article: PublishedArticle | null;
  /** Newest first. */
  readonly comments: readonly PublishedComment[];
  readonly nextCursor: string | null;
}

export function describeFeed(source: FeedSource, address: FeedAddress): Feed {
  const { site, articleKey, article, comments, nextCursor } = source;
  const items = comments.map((comment) => describeItem(comment, address.base, site.key));
  const next = { ...address, query: { ...address.query, cursor: nextCursor } };
  return {
    id: feedId(site, articleKey),
    title: `Comments on ${articleKey === null ? site.name : nameOf(article ?? { key: articleKey, title: null })}`,
    homeUrl: article?.url ?? null,
    selfUrl: feedUrl(site.key, articleKey, address),
    nextUrl: nextCursor === null ? null : feedUrl(site.key, articleKey, next),
    updatedAt: latest([(article ?? site).createdAt, ...items.map(({ updatedAt }) => updatedAt)]),
    items,
  };
}

function describeItem(comment: PublishedComment, base: string, siteKey: string): FeedItem {
  const { id, parentId, author, isVerified, article, html, language, publishedAt, editedAt } = comment;
  const onPage = (commentId: string): string | null => (article.url ? anchorOn(article.url, commentId) : null);
  return {
    id: commentUrn(id),
    url: onPage(id) ?? threadUrl(base, siteKey, article.key),
    title: `Comment by ${author.name} on ${nameOf(article)}`,
    authorName: author.name,
    authorUrl: author.url,
    isVerified,
    html,
    publishedAt,
    updatedAt: editedAt ? latest([editedAt, publishedAt]) : publishedAt,
    // Also while the parent is out: the reply stays a reply, whatever becomes of what it answers.
    inReplyTo: parentId && { id: commentUrn(parentId), url: onPage(parentId) },
    language,
    commentId: id,
    parentCommentId: parentId,
    reportUrl: `${base}${reportPath(siteKey, article.key, id)}`,
  };
}

/** Of an article by its key and not by its row, so that it is the same before the first comment makes the row. */
function feedId(site: KnownSite, articleKey: string | null): string {
  return `urn:uuid:${articleKey === null ? site.id : v5(articleKey, site.id)}`;
}

function commentUrn(id: string): string {
  return `urn:uuid:${id}`;
}

function nameOf({ key, title }: { readonly key: string; readonly title: string | null }): string {
  return title === null || title === '' ? key : title;
}

function latest(dates: readonly Date[]): Date {
  return new Date(Math.max(...dates.map((date) => date.getTime())));
}
