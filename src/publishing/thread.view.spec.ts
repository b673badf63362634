import type { CommentId, SiteId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { DEFAULT_SITE_SETTINGS } from '../sites/site-settings.js';
import type { PublishedArticle, PublishedComment } from './published-comments.js';
import { viewThread } from './thread.view.js';

const CREATED_AT = new Date('2026-01-01T00:00:00Z');
const DAY_MS = 86_400_000;
const ARTICLE: PublishedArticle = {
  key: '/a',
  url: 'https://blog.example/a',
  title: null,
  open: true,
  createdAt: CREATED_AT,
  publishedCount: 3,
};
const COMMENT: PublishedComment = {
  id: 'c-1' as CommentId,
  parentId: null,
  author: { name: 'Ada', url: 'https://ada.example/' },
  isVerified: false,
  html: '<p>Yes.</p>',
  language: 'en',
  submittedAt: CREATED_AT,
  publishedAt: CREATED_AT,
  editedAt: CREATED_AT,
  article: { key: '/a', url: null, title: null },
};

function siteThatCloses(closeAfterDays: number | null): KnownSite {
  const settings = { ...DEFAULT_SITE_SETTINGS, closeAfterDays };
  return { id: 's-1' as SiteId, key: 'blog', name: 'Blog', origins: [], settings, createdAt: CREATED_AT };
}

function isOpen(closeAfterDays: number | null, ageMs: number, open = true): boolean {
  const now = new Date(CREATED_AT.getTime() + ageMs);
  return viewThread(siteThatCloses(closeAfterDays), { ...ARTICLE, open }, [], null, now).article.open;
}

describe('viewThread', () => {
  it('shows what the contract names and nothing else', () => {
    const view = viewThread(siteThatCloses(null), ARTICLE, [COMMENT], 'next', CREATED_AT);
    expect(view).toEqual({
      article: { key: '/a', url: 'https://blog.example/a', title: null, open: true, commentCount: 3 },
      comments: [
        {
          id: 'c-1',
          parentId: null,
          author: { name: 'Ada', url: 'https://ada.example/' },
          html: '<p>Yes.</p>',
          submittedAt: '2026-01-01T00:00:00.000Z',
          publishedAt: '2026-01-01T00:00:00.000Z',
        },
      ],
      nextCursor: 'next',
    });
  });

  it('tells a person of the site from a reader', () => {
    const view = viewThread(siteThatCloses(null), ARTICLE, [{ ...COMMENT, isVerified: true }], null, CREATED_AT);
    expect(view.comments[0]?.author).toEqual({ name: 'Ada', url: 'https://ada.example/', verified: true });
  });

  it('shows an article nobody has commented on as open and empty', () => {
    expect(viewThread(siteThatCloses(1), '/new', [], null, new Date()).article).toEqual({
      key: '/new',
      url: null,
      title: null,
      open: true,
      commentCount: 0,
    });
  });

  it('is closed by hand, or when the days of the site are over', () => {
    expect(isOpen(null, 9_999 * DAY_MS)).toBe(true);
    expect(isOpen(null, 0, false)).toBe(false);
    expect(isOpen(7, 7 * DAY_MS)).toBe(true);
    expect(isOpen(7, 7 * DAY_MS + 1)).toBe(false);
    expect(isOpen(7, 0, false)).toBe(false);
  });

  it('leaves out addresses that a page must not link to', () => {
    const author = { name: 'Eve', url: 'javascript:alert(1)' };
    const article = { ...ARTICLE, url: 'data:text/html,x' };
    const view = viewThread(siteThatCloses(null), article, [{ ...COMMENT, author }], null, CREATED_AT);
    expect([view.article.url, view.comments[0]?.author]).toEqual([null, { name: 'Eve', url: null }]);
  });
});
