import type { CommentId, SiteId } from '../platform/ids.js';
import { DEFAULT_SITE_SETTINGS } from '../sites/site-settings.js';
import { describeFeed, type FeedSource } from './describe-feed.js';
import type { FeedAddress } from './public-links.js';
import type { PublishedComment } from './published-comments.js';

const SITE = {
  id: '0199b2a8-1111-7000-8000-000000000001' as SiteId,
  key: 'blog',
  name: 'Our Blog',
  origins: [],
  settings: DEFAULT_SITE_SETTINGS,
  createdAt: new Date('2026-01-01T00:00:00Z'),
};
const PAGE = { key: '/a b', url: 'https://blog.example/a?x=1#top', title: 'On tea' };
const ARTICLE = { ...PAGE, open: true, createdAt: new Date('2026-02-01T00:00:00Z'), publishedCount: 1 };
const COMMENT: PublishedComment = {
  id: '0199b2a8-2222-7000-8000-000000000002' as CommentId,
  parentId: null,
  author: { name: 'Ada', url: null },
  isVerified: false,
  html: '<p>Yes.</p>',
  language: 'en',
  submittedAt: new Date('2026-03-01T00:00:00Z'),
  publishedAt: new Date('2026-03-02T00:00:00Z'),
  editedAt: null,
  article: PAGE,
};
const SOURCE: FeedSource = {
  site: SITE,
  articleKey: PAGE.key,
  article: ARTICLE,
  comments: [COMMENT],
  nextCursor: null,
};
const ADDRESS: FeedAddress = {
  base: 'https://comments.example',
  file: 'feed.atom',
  query: { limit: 50, cursor: null },
};

describe('describeFeed', () => {
  it('gives ids that stand in no relation to where the service is reached', () => {
    const here = describeFeed(SOURCE, ADDRESS);
    const there = describeFeed(SOURCE, { ...ADDRESS, base: 'http://localhost:3000' });
    expect(here.items[0]?.id).toBe(`urn:uuid:${COMMENT.id}`);
    expect([there.id, there.items[0]?.id]).toEqual([here.id, here.items[0]?.id]);
  });

  it('gives an article the same id before and after its first comment, and each its own', () => {
    const unknown = describeFeed({ ...SOURCE, article: null, comments: [] }, ADDRESS).id;
    const other = describeFeed({ ...SOURCE, articleKey: '/other', article: null, comments: [] }, ADDRESS).id;
    const whole = describeFeed({ ...SOURCE, articleKey: null, article: null }, ADDRESS).id;
    expect(unknown).toBe(describeFeed(SOURCE, ADDRESS).id);
    expect(unknown).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(new Set([unknown, other, whole]).size).toBe(3);
    expect(whole).toBe(`urn:uuid:${SITE.id}`);
  });

  it('names the article by its title, else by its key', () => {
    const untitled = { ...PAGE, title: null };
    const item = describeFeed({ ...SOURCE, comments: [{ ...COMMENT, article: untitled }] }, ADDRESS).items[0];
    expect(describeFeed(SOURCE, ADDRESS).items[0]?.title).toBe('Comment by Ada on On tea');
    expect(item?.title).toBe('Comment by Ada on /a b');
    expect(describeFeed({ ...SOURCE, article: null }, ADDRESS).title).toBe('Comments on /a b');
    expect(describeFeed({ ...SOURCE, articleKey: null, article: null }, ADDRESS).title).toBe('Comments on Our Blog');
  });

  it('links a comment to its place on the page, without an address to the thread', () => {
    const homeless = { ...COMMENT, article: { ...PAGE, url: null } };
    expect(describeFeed(SOURCE, ADDRESS).items[0]?.url).toBe(`https://blog.example/a?x=1#comment-${COMMENT.id}`);
    expect(describeFeed({ ...SOURCE, comments: [homeless] }, ADDRESS).items[0]?.url).toBe(
      'https://comments.example/v1/sites/blog/articles/%2Fa%20b/comments',
    );
  });

  it('keeps what a reply answers by its id, also where that comment is not to be seen', () => {
    const parentId = '0199b2a8-3333-7000-8000-000000000003' as CommentId;
    const item = describeFeed({ ...SOURCE, comments: [{ ...COMMENT, parentId }] }, ADDRESS).items[0];
    expect(item?.inReplyTo?.id).toBe(`urn:uuid:${parentId}`);
    expect(item?.parentCommentId).toBe(parentId);
  });

  it('was updated when a reader could last see a change', () => {
    const editedAt = new Date('2026-04-01T00:00:00Z');
    const earlier = new Date('2026-03-01T12:00:00Z');
    const updated = (comments: PublishedComment[]): Date => describeFeed({ ...SOURCE, comments }, ADDRESS).updatedAt;
    expect(updated([COMMENT])).toEqual(COMMENT.publishedAt);
    expect(updated([COMMENT, { ...COMMENT, editedAt }])).toEqual(editedAt);
    // Edited while it was waiting: readers never saw it otherwise.
    expect(updated([{ ...COMMENT, editedAt: earlier }])).toEqual(COMMENT.publishedAt);
    expect(updated([])).toEqual(ARTICLE.createdAt);
    expect(describeFeed({ ...SOURCE, article: null, comments: [] }, ADDRESS).updatedAt).toEqual(SITE.createdAt);
  });

  it('names itself and the older page with everything that was asked', () => {
    const query = { limit: 7, cursor: 'abc' };
    const feed = describeFeed({ ...SOURCE, nextCursor: 'def' }, { ...ADDRESS, query });
    const folder = 'https://comments.example/v1/sites/blog/articles/%2Fa%20b';
    expect(feed.selfUrl).toBe(`${folder}/feed.atom?limit=7&cursor=abc`);
    expect(feed.nextUrl).toBe(`${folder}/feed.atom?limit=7&cursor=def`);
    expect(describeFeed(SOURCE, ADDRESS).selfUrl).toBe(`${folder}/feed.atom`);
    expect(describeFeed({ ...SOURCE, articleKey: null }, ADDRESS).selfUrl).toBe(
      'https://comments.example/v1/sites/blog/feed.atom',
    );
  });
});
