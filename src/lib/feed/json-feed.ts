import type { Feed, FeedItem } from './feed.js';
import { languageTag, webAddress } from './public-values.js';

/**
 * JSON Feed 1.1 (https://jsonfeed.org/version/1.1). Threading stands in the extension `_winnow`: `comment_id`, and
 * `in_reply_to` with the `comment_id` of the comment it answers, or null. `verified` is true where a person of the site
 * wrote it, and absent otherwise.
 */
export function renderJsonFeed(feed: Feed): string {
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: webAddress(feed.homeUrl) ?? undefined,
    feed_url: feed.selfUrl,
    next_url: feed.nextUrl ?? undefined,
    items: feed.items.map(jsonItem),
  };
  return JSON.stringify(document, wellFormed);
}

// Members that are undefined are left out by JSON.stringify; JSON Feed wants absent members, not null ones.
function jsonItem(item: FeedItem): object {
  return {
    id: item.id,
    url: webAddress(item.url) ?? undefined,
    title: item.title === '' ? undefined : item.title,
    content_html: item.html,
    date_published: item.publishedAt.toISOString(),
    date_modified: item.updatedAt.toISOString(),
    authors: [{ name: item.authorName, url: webAddress(item.authorUrl) ?? undefined }],
    language: languageTag(item.language) ?? undefined,
    _winnow: {
      comment_id: item.commentId,
      in_reply_to: item.parentCommentId,
      verified: item.isVerified || undefined,
    },
  };
}

// RFC 7493: a lone surrogate is legal JSON that strict parsers refuse, and with it the whole feed.
function wellFormed(_member: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value;
}
