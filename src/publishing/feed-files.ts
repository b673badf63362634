import { renderAtom } from '../lib/feed/atom.js';
import type { Feed } from '../lib/feed/feed.js';
import { renderHtmlFragment } from '../lib/feed/html.js';
import { renderJsonFeed } from '../lib/feed/json-feed.js';
import { renderRss } from '../lib/feed/rss.js';

interface FeedWriter {
  readonly contentType: string;
  readonly render: (feed: Feed) => string;
}

/** The feeds by the last part of their address. */
export const FEED_FILES = {
  'feed.json': { contentType: 'application/feed+json; charset=utf-8', render: renderJsonFeed },
  'feed.atom': { contentType: 'application/atom+xml; charset=utf-8', render: renderAtom },
  'feed.rss': { contentType: 'application/rss+xml; charset=utf-8', render: renderRss },
  'feed.html': { contentType: 'text/html; charset=utf-8', render: (feed) => renderHtmlFragment(feed) },
} as const satisfies Record<string, FeedWriter>;

export type FeedFile = keyof typeof FEED_FILES;
