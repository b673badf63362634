import type { Feed, FeedItem } from './feed.js';
import { languageTag, webAddress } from './public-values.js';
import { element, type Markup, xmlDocument } from './xml-element.js';

/** Atom (RFC 4287), with threading (RFC 4685) and a link to the older page (RFC 5005). */
export function renderAtom(feed: Feed): string {
  const root = { xmlns: 'http://www.w3.org/2005/Atom', 'xmlns:thr': 'http://purl.org/syndication/thread/1.0' };
  return xmlDocument(
    element(
      'feed',
      root,
      element('id', {}, feed.id),
      element('title', {}, feed.title),
      element('updated', {}, feed.updatedAt.toISOString()),
      link('self', 'application/atom+xml', feed.selfUrl),
      link('alternate', 'text/html', webAddress(feed.homeUrl)),
      link('next', 'application/atom+xml', feed.nextUrl),
      ...feed.items.map(entry),
    ),
  );
}

function entry(item: FeedItem): Markup {
  const authorUrl = webAddress(item.authorUrl);
  return element(
    'entry',
    { 'xml:lang': languageTag(item.language) },
    element('id', {}, item.id),
    element('title', {}, item.title),
    element('updated', {}, item.updatedAt.toISOString()),
    element('published', {}, item.publishedAt.toISOString()),
    element(
      'author',
      {},
      element('name', {}, item.authorName),
      authorUrl === null ? null : element('uri', {}, authorUrl),
    ),
    link('alternate', 'text/html', webAddress(item.url)),
    item.inReplyTo === null ? null : inReplyTo(item.inReplyTo.id, webAddress(item.inReplyTo.url)),
    element('content', { type: 'html' }, item.html),
  );
}

function link(rel: string, type: string, href: string | null): Markup | null {
  return href === null ? null : element('link', { rel, type, href });
}

function inReplyTo(ref: string, href: string | null): Markup {
  return element('thr:in-reply-to', { ref, href, type: href === null ? null : 'text/html' });
}
