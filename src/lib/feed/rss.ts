import type { Feed, FeedItem } from './feed.js';
import { languageTag, webAddress } from './public-values.js';
import { element, type Markup, xmlDocument } from './xml-element.js';

const namespaces = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
};

/** RSS 2.0, with `dc:creator` for the author, because RSS's own `author` is an e-mail address. */
export function renderRss(feed: Feed): string {
  const language = commonLanguage(feed.items);
  const channel = element(
    'channel',
    {},
    element('title', {}, feed.title),
    element('link', {}, webAddress(feed.homeUrl) ?? feed.selfUrl),
    element('description', {}, feed.title),
    language === null ? null : element('language', {}, language),
    element('lastBuildDate', {}, feed.updatedAt.toUTCString()),
    atomLink('self', feed.selfUrl),
    feed.nextUrl === null ? null : atomLink('next', feed.nextUrl),
    ...feed.items.map(rssItem),
  );
  return xmlDocument(element('rss', { version: '2.0', ...namespaces }, channel));
}

// `toUTCString` writes the form of RFC 822 with four digits of the year that RSS 2.0 asks for.
function rssItem(item: FeedItem): Markup {
  const url = webAddress(item.url);
  return element(
    'item',
    {},
    item.title === '' ? null : element('title', {}, item.title),
    url === null ? null : element('link', {}, url),
    element('guid', { isPermaLink: 'false' }, item.id),
    element('pubDate', {}, item.publishedAt.toUTCString()),
    element('dc:creator', {}, item.authorName),
    element('description', {}, item.html),
  );
}

function atomLink(rel: string, href: string): Markup {
  return element('atom:link', { rel, type: 'application/rss+xml', href });
}

// RSS knows one language for the whole channel, so it is given only when all items agree.
function commonLanguage(items: readonly FeedItem[]): string | null {
  const languages = new Set(items.map((item) => languageTag(item.language)));
  const [language] = languages;
  return languages.size === 1 && language !== undefined ? language : null;
}
