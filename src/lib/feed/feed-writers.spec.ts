import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { renderAtom } from './atom.js';
import type { Feed, FeedItem } from './feed.js';
import { renderJsonFeed } from './json-feed.js';
import { renderRss } from './rss.js';
import { tagUri } from './tag-uri.js';
import { xmlText } from './xml-text.js';

interface XmlNode {
  name: string;
  attributes: Record<string, string>;
  children: XmlNode[];
  text: string;
}

/** A strict parse with namespaces; throws on the first fault. */
function parseXml(xml: string): XmlNode {
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ name, attributes }) => {
    const values = Object.entries(attributes).map(([key, { value }]): [string, string] => [key, value]);
    const node: XmlNode = { name, attributes: Object.fromEntries(values), children: [], text: '' };
    open.at(-1)!.children.push(node);
    open.push(node);
  });
  parser.on('text', (text) => (open.at(-1)!.text += text));
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return root.children[0]!;
}

const all = (node: XmlNode, name: string): XmlNode[] => node.children.filter((child) => child.name === name);
const text = (node: XmlNode, name: string): string | undefined => all(node, name)[0]?.text;
const link = (node: XmlNode, name: string, rel: string): string | undefined =>
  all(node, name).find(({ attributes }) => attributes.rel === rel)?.attributes.href;

const published = new Date('2026-11-22T18:05:00Z');

function item(overrides: Partial<FeedItem> = {}): FeedItem {
  return {
    id: tagUri('comments.example', 2026, 'blog/0001'),
    url: 'https://blog.example/small#comment-0001',
    title: 'Ada on “Small”',
    authorName: 'Ada & Søn',
    authorUrl: 'https://ada.example/',
    isVerified: false,
    html: '<p>One &lt;b&gt; &amp; two</p>',
    publishedAt: published,
    updatedAt: published,
    inReplyTo: { id: 'tag:comments.example,2026:blog/0000', url: 'https://blog.example/small#comment-0000' },
    language: 'en-GB',
    commentId: '0001',
    parentCommentId: '0000',
    ...overrides,
  };
}

function feed(items: readonly FeedItem[], overrides: Partial<Feed> = {}): Feed {
  return {
    id: 'tag:comments.example,2026:blog',
    title: 'Comments on “Small & beautiful”',
    homeUrl: 'https://blog.example/small',
    selfUrl: 'https://comments.example/v1/sites/blog/feed.atom',
    nextUrl: 'https://comments.example/v1/sites/blog/feed.atom?cursor=a&limit=2',
    updatedAt: new Date('2026-11-23T07:00:00.500Z'),
    items,
    ...overrides,
  };
}

const root = item({ commentId: '0000', parentCommentId: null, inReplyTo: null, language: null, authorUrl: null });

describe('renderJsonFeed', () => {
  const parse = (given: Feed) => JSON.parse(renderJsonFeed(given)) as Record<string, unknown> & { items: object[] };

  it('writes JSON Feed 1.1 with threading in an extension', () => {
    expect(parse(feed([item()]))).toEqual({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Comments on “Small & beautiful”',
      home_page_url: 'https://blog.example/small',
      feed_url: 'https://comments.example/v1/sites/blog/feed.atom',
      next_url: 'https://comments.example/v1/sites/blog/feed.atom?cursor=a&limit=2',
      items: [
        {
          id: 'tag:comments.example,2026:blog/0001',
          url: 'https://blog.example/small#comment-0001',
          title: 'Ada on “Small”',
          content_html: '<p>One &lt;b&gt; &amp; two</p>',
          date_published: '2026-11-22T18:05:00.000Z',
          date_modified: '2026-11-22T18:05:00.000Z',
          authors: [{ name: 'Ada & Søn', url: 'https://ada.example/' }],
          language: 'en-GB',
          _winnow: { comment_id: '0001', in_reply_to: '0000' },
        },
      ],
    });
  });

  it('says who speaks for the site', () => {
    expect(parse(feed([item({ isVerified: true })])).items[0]).toMatchObject({
      _winnow: { comment_id: '0001', in_reply_to: '0000', verified: true },
    });
  });

  it('leaves out what is unknown instead of writing null', () => {
    const document = parse(feed([item({ ...root, title: '', url: null })], { homeUrl: null, nextUrl: null }));
    expect(Object.keys(document)).toEqual(['version', 'title', 'feed_url', 'items']);
    expect(document.items[0]).not.toHaveProperty('title');
    expect(document.items[0]).not.toHaveProperty('url');
    expect(document.items[0]).not.toHaveProperty('language');
    expect(document.items[0]).toHaveProperty('authors', [{ name: 'Ada & Søn' }]);
  });
});

describe('renderAtom', () => {
  it('gives the feed its id, date and links', () => {
    const document = parseXml(renderAtom(feed([])));
    expect(document.attributes.xmlns).toBe('http://www.w3.org/2005/Atom');
    expect(text(document, 'id')).toBe('tag:comments.example,2026:blog');
    expect(text(document, 'updated')).toBe('2026-11-23T07:00:00.500Z');
    expect(link(document, 'link', 'self')).toBe('https://comments.example/v1/sites/blog/feed.atom');
    expect(link(document, 'link', 'alternate')).toBe('https://blog.example/small');
    expect(link(document, 'link', 'next')).toBe('https://comments.example/v1/sites/blog/feed.atom?cursor=a&limit=2');
  });

  it('gives an entry everything RFC 4287 demands, and its HTML back unchanged', () => {
    const entry = all(parseXml(renderAtom(feed([item()]))), 'entry')[0]!;
    expect(text(entry, 'id')).toBe('tag:comments.example,2026:blog/0001');
    expect(text(entry, 'published')).toBe('2026-11-22T18:05:00.000Z');
    expect(text(all(entry, 'author')[0]!, 'name')).toBe('Ada & Søn');
    expect(text(all(entry, 'author')[0]!, 'uri')).toBe('https://ada.example/');
    expect(entry.attributes['xml:lang']).toBe('en-GB');
    expect(all(entry, 'content')[0]!.attributes).toEqual({ type: 'html' });
    expect(text(entry, 'content')).toBe('<p>One &lt;b&gt; &amp; two</p>');
  });

  it('names the comment answered as RFC 4685 says, and nothing for the first of a thread', () => {
    const [reply, first] = all(parseXml(renderAtom(feed([item(), root]))), 'entry');
    expect(all(reply!, 'thr:in-reply-to')[0]!.attributes).toEqual({
      ref: 'tag:comments.example,2026:blog/0000',
      href: 'https://blog.example/small#comment-0000',
      type: 'text/html',
    });
    expect(all(first!, 'thr:in-reply-to')).toEqual([]);
  });
});

describe('renderRss', () => {
  it('writes an RSS 2.0 channel with its own address', () => {
    const document = parseXml(renderRss(feed([item()])));
    const channel = all(document, 'channel')[0]!;
    expect(document.attributes.version).toBe('2.0');
    expect(text(channel, 'link')).toBe('https://blog.example/small');
    expect(text(channel, 'description')).toBe('Comments on “Small & beautiful”');
    expect(text(channel, 'lastBuildDate')).toBe('Mon, 23 Nov 2026 07:00:00 GMT');
    expect(text(channel, 'language')).toBe('en-GB');
    expect(link(channel, 'atom:link', 'self')).toBe('https://comments.example/v1/sites/blog/feed.atom');
  });

  it('gives each item the unchanging id as guid, and the author by name', () => {
    const entry = all(all(parseXml(renderRss(feed([item()]))), 'channel')[0]!, 'item')[0]!;
    expect(all(entry, 'guid')[0]).toMatchObject({
      attributes: { isPermaLink: 'false' },
      text: 'tag:comments.example,2026:blog/0001',
    });
    expect(text(entry, 'pubDate')).toBe('Sun, 22 Nov 2026 18:05:00 GMT');
    expect(text(entry, 'dc:creator')).toBe('Ada & Søn');
    expect(text(entry, 'description')).toBe('<p>One &lt;b&gt; &amp; two</p>');
  });

  it('names no language when the items differ in it', () => {
    expect(renderRss(feed([item(), item({ language: 'de' })]))).not.toContain('<language>');
  });
});

describe('all feed writers', () => {
  it('keep the order and the ids of an edited comment, and change its date', () => {
    const before = [item({ id: 'tag:a,2026:2', commentId: '2' }), item({ id: 'tag:a,2026:1', commentId: '1' })];
    const after = before.map((one) => ({ ...one, html: '<p>edited</p>', updatedAt: new Date('2026-11-24T00:00:00Z') }));
    const entries = (items: FeedItem[]) => all(parseXml(renderAtom(feed(items))), 'entry');
    expect(entries(after).map((entry) => text(entry, 'id'))).toEqual(['tag:a,2026:2', 'tag:a,2026:1']);
    expect(entries(before).map((entry) => text(entry, 'id'))).toEqual(entries(after).map((entry) => text(entry, 'id')));
    expect(entries(after).map((entry) => text(entry, 'updated'))).toEqual(Array(2).fill('2026-11-24T00:00:00.000Z'));
    expect(entries(after).map((entry) => text(entry, 'published'))).toEqual(Array(2).fill('2026-11-22T18:05:00.000Z'));
    expect(renderJsonFeed(feed(after))).toContain('"date_modified":"2026-11-24T00:00:00.000Z"');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', '/x', 'https://', 'java\nscript:x', ''])(
    'write no address for %j',
    (url) => {
      const given = feed([item({ url, authorUrl: url, inReplyTo: { id: 'tag:a,2026:0', url } })], { homeUrl: url });
      const entry = all(parseXml(renderAtom(given)), 'entry')[0]!;
      expect(all(entry, 'link')).toEqual([]);
      expect(text(all(entry, 'author')[0]!, 'uri')).toBeUndefined();
      expect(all(entry, 'thr:in-reply-to')[0]!.attributes).toEqual({ ref: 'tag:a,2026:0' });
      expect(all(all(all(parseXml(renderRss(given)), 'channel')[0]!, 'item')[0]!, 'link')).toEqual([]);
      const json = JSON.parse(renderJsonFeed(given)) as { items: object[] };
      expect(json).not.toHaveProperty('home_page_url');
      expect(json.items[0]).not.toHaveProperty('url');
    },
  );

  it('stay well-formed and true for any string in any field', () => {
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    const any = fc.oneof(
      fc.string({ unit }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(']]>', '&lt;', '<![CDATA['),
    );
    fc.assert(
      fc.property(any, any, any, any, (id, title, authorName, html) => {
        const strange = item({ id, title, authorName, html, url: id, authorUrl: title, language: html, commentId: id });
        const given = feed([strange], { id, title, homeUrl: html });
        const entry = all(parseXml(renderAtom(given)), 'entry')[0]!;
        expect(text(entry, 'content')).toBe(xmlText(html));
        expect(text(all(entry, 'author')[0]!, 'name')).toBe(xmlText(authorName));
        const rss = all(all(parseXml(renderRss(given)), 'channel')[0]!, 'item')[0]!;
        expect(text(rss, 'description')).toBe(xmlText(html));
        const json = JSON.parse(renderJsonFeed(given)) as { items: { content_html: string }[] };
        expect(json.items[0]!.content_html).toBe(html.replace(/\p{Surrogate}/gu, '\uFFFD'));
      }),
      { numRuns: 300 },
    );
  });

  it('take less than 30 ms for 100 items', () => {
    const long = feed(
      Array.from({ length: 100 }, (_, n) =>
        item({ html: `<p>${'<em>x</em> &amp; '.repeat(60)}</p>`, commentId: `${n}` }),
      ),
    );
    const slowest = [renderAtom, renderRss, renderJsonFeed].map((render) => {
      const times = Array.from({ length: 3 }, () => {
        const start = performance.now();
        render(long);
        return performance.now() - start;
      });
      return Math.min(...times);
    });
    expect(Math.max(...slowest)).toBeLessThan(30);
  });
});
