import { readLimit } from '../platform/http/query.js';
import type { FeedFile } from './feed-files.js';
import type { PageQuery } from './page-query.js';

/** Where readers find things: addresses of our own routes, and places on the site's pages. */

const DEFAULT_LIMIT = readLimit({});

export interface FeedAddress {
  /** How the world reaches the service. */
  readonly base: string;
  readonly file: FeedFile;
  readonly query: Pick<PageQuery, 'limit' | 'cursor'>;
}

export function threadUrl(base: string, siteKey: string, articleKey: string): string {
  return `${articleUrl(base, siteKey, articleKey)}/comments`;
}

/** `articleKey` null: the feed of the whole site. */
export function feedUrl(siteKey: string, articleKey: string | null, { base, file, query }: FeedAddress): string {
  const folder = articleKey === null ? siteUrl(base, siteKey) : articleUrl(base, siteKey, articleKey);
  const parameters = new URLSearchParams();
  if (query.limit !== DEFAULT_LIMIT) parameters.set('limit', String(query.limit));
  if (query.cursor !== null) parameters.set('cursor', query.cursor);
  return `${folder}/${file}${parameters.size > 0 ? `?${parameters.toString()}` : ''}`;
}

/** The page on which a reader without a script reports a comment; a path of ours. */
export function reportPath(siteKey: string, articleKey: string, commentId: string): string {
  return `/report/${siteKey}/${encodeURIComponent(articleKey)}/${commentId}`;
}

/** The comment on its page, under the id that the widget and the HTML fragment give it. */
export function anchorOn(pageUrl: string, commentId: string): string {
  return `${pageUrl.split('#', 1).join()}#comment-${commentId}`;
}

function siteUrl(base: string, siteKey: string): string {
  return `${base}/v1/sites/${siteKey}`;
}

function articleUrl(base: string, siteKey: string, articleKey: string): string {
  return `${siteUrl(base, siteKey)}/articles/${encodeURIComponent(articleKey)}`;
}
