import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import type { Feed, FeedItem } from './feed.js';
import { renderHtmlFragment } from './html.js';

type Element = DefaultTreeAdapterTypes.Element;

function elements(node: DefaultTreeAdapterTypes.ParentNode): Element[] {
  const found = node.childNodes.filter((child): child is Element => 'tagName' in child);
  return found.flatMap((child) => [child, ...elements(child)]);
}

const attribute = (element: Element | undefined, name: string): string | undefined =>
  element?.attrs.find((one) => one.name === name)?.value;

const item = (overrides: Partial<FeedItem> = {}): FeedItem => ({
  id: 'tag:a.example,2026:2',
  url: 'https://blog.example/small#comment-2',
  title: 'Ada',
  authorName: 'Ada',
  authorUrl: 'https://ada.example/',
  isVerified: false,
  html: '<p>Yes &amp; no</p>',
  publishedAt: new Date('2026-11-22T18:05:00Z'),
  updatedAt: new Date('2026-11-22T18:05:00Z'),
  inReplyTo: null,
  language: 'de',
  commentId: '2',
  parentCommentId: null,
  ...overrides,
});

const feed = (...items: FeedItem[]): Feed => ({
  id: 'tag:a.example,2026:f',
  title: 'Comments on “Small”',
  homeUrl: 'https://blog.example/small',
  selfUrl: 'https://c.example/feed.html',
  nextUrl: null,
  updatedAt: new Date('2026-11-22T18:05:00Z'),
  items,
});

const render = (...items: FeedItem[]) => renderHtmlFragment(feed(...items));
const find = (html: string, tagName: string) => elements(parseFragment(html)).filter((one) => one.tagName === tagName);

describe('renderHtmlFragment', () => {
  it('is one labelled section with a list of articles', () => {
    expect(
      elements(parseFragment(render(item())))
        .map(({ tagName }) => tagName)
        .join(' '),
    ).toBe('section ol li article header span a bdi time div p');
    expect(attribute(find(render(item()), 'section')[0], 'aria-label')).toBe('Comments on “Small”');
  });

  it('gives each comment its anchor, language, date and isolated name', () => {
    const html = render(item({ authorName: '<b>\u202Eada' }));
    expect(attribute(find(html, 'article')[0], 'id')).toBe('comment-2');
    expect(attribute(find(html, 'article')[0], 'lang')).toBe('de');
    expect(attribute(find(html, 'time')[0], 'datetime')).toBe('2026-11-22T18:05:00.000Z');
    expect(html).toContain('<bdi>&lt;b&gt;\u202Eada</bdi>');
    expect(html).toContain('<div class="winnow-body" dir="auto"><p>Yes &amp; no</p></div>');
  });

  it('links a reply to its parent on the same page by name', () => {
    const parent = item({ commentId: '1', authorName: 'Søn' });
    const html = render(item({ parentCommentId: '1', inReplyTo: { id: 'tag:a.example,2026:1', url: null } }), parent);
    expect(html).toContain('href="#comment-1"');
    expect(html).toContain('>In reply to <bdi>Søn</bdi></a>');
  });

  it('links a reply to a parent outside the feed by its address, and says so without one', () => {
    const reply = { parentCommentId: '1', authorUrl: null };
    const elsewhere = render(item({ ...reply, inReplyTo: { id: 'x', url: 'https://blog.example/small#comment-1' } }));
    expect(attribute(find(elsewhere, 'a')[0], 'href')).toBe('https://blog.example/small#comment-1');
    const unknown = render(item({ ...reply, inReplyTo: { id: 'x', url: null } }));
    expect(find(unknown, 'a')).toEqual([]);
    expect(unknown).toContain('>In reply to</span>');
  });

  it('puts nofollow, ugc and noopener on every link', () => {
    const html = render(item({ parentCommentId: '1' }), item({ commentId: '1' }));
    expect(find(html, 'a')).toHaveLength(3);
    for (const link of find(html, 'a')) expect(attribute(link, 'rel')).toBe('nofollow ugc noopener noreferrer');
  });

  it('links to where a comment is reported, if there is such a page', () => {
    expect(render(item())).not.toContain('winnow-report');
    const html = render(item({ reportUrl: 'https://c.example/report/blog/a/2' }));
    const link = find(html, 'a').at(-1);
    expect(attribute(link, 'href')).toBe('https://c.example/report/blog/a/2');
    expect(attribute(link, 'aria-label')).toBe('Report: Ada');
  });

  it('shows a name without a link when the address is not http or https', () => {
    expect(find(render(item({ authorUrl: 'javascript:alert(1)' })), 'a')).toEqual([]);
  });

  it('marks a person of the site beside their name, and outside of it', () => {
    const html = render(item({ isVerified: true }), item({ authorName: '<strong>Site team</strong>' }));
    expect(find(html, 'strong')).toHaveLength(1);
    expect(html).toContain('Ada</bdi></a></span> <strong class="winnow-verified">Site team</strong> <time');
  });

  it('links to older comments where there are some', () => {
    expect(render(item())).not.toContain('winnow-older');
    const nextUrl = 'https://c.example/feed.html?cursor=a&limit=5';
    const link = find(renderHtmlFragment({ ...feed(item()), nextUrl }), 'a').at(-1);
    expect([attribute(link, 'href'), attribute(link, 'rel')]).toEqual([nextUrl, 'nofollow ugc noopener noreferrer']);
  });

  it('invites the first comment when there is none, in the words given', () => {
    expect(render()).toBe(
      '<section class="winnow-comments" aria-label="Comments on “Small”"><p>Be the first to comment</p></section>\n',
    );
    const words = {
      empty: 'Noch kein Kommentar',
      inReplyTo: 'Antwort an',
      verified: 'Team',
      report: 'Melden',
      older: 'Ältere',
    };
    expect(renderHtmlFragment(feed(), words)).toContain('<p>Noch kein Kommentar</p>');
  });
});
