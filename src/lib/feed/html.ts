import type { Feed, FeedItem } from './feed.js';
import { languageTag, webAddress } from './public-values.js';
import { element, type Markup, trusted } from './xml-element.js';

/** The few words of ours in the fragment. */
export interface FragmentWords {
  readonly empty: string;
  /** Stands before the name of the author answered, or alone when that comment is not in the feed. */
  readonly inReplyTo: string;
  /** Beside the name of a person of the site. */
  readonly verified: string;
  readonly report: string;
  /** Leads to the next page, which is a fragment by itself. */
  readonly older: string;
}

export const englishWords: FragmentWords = {
  empty: 'Be the first to comment',
  inReplyTo: 'In reply to',
  verified: 'Site team',
  report: 'Report',
  older: 'Older comments',
};

// Every link of the fragment carries it, our own included: it stands in other people's pages, where one rule for all of
// them can be checked.
const linkRel = 'nofollow ugc noopener noreferrer';

/**
 * The comments as a piece of HTML that a site includes on its server: no script, no style, no inline handler. Each is an
 * `<article id="comment-<id>">`; where there are more, a link leads to them.
 */
export function renderHtmlFragment(feed: Feed, words: FragmentWords = englishWords): string {
  const items = new Map(feed.items.map((item) => [item.commentId, item]));
  const content =
    feed.items.length === 0
      ? element('p', {}, words.empty)
      : element('ol', {}, ...feed.items.map((item) => element('li', {}, article(item, items, words))));
  return `${element('section', { class: 'winnow-comments', 'aria-label': feed.title }, content, older(feed, words)).markup}\n`;
}

function older({ nextUrl }: Feed, words: FragmentWords): Markup | null {
  const href = webAddress(nextUrl);
  return href === null
    ? null
    : element('p', { class: 'winnow-older' }, element('a', { href, rel: linkRel }, words.older));
}

function article(item: FeedItem, items: ReadonlyMap<string, FeedItem>, words: FragmentWords): Markup {
  return element(
    'article',
    { id: anchor(item.commentId), lang: languageTag(item.language) },
    element(
      'header',
      {},
      author(item),
      ' ',
      verified(item, words),
      ' ',
      publishedAt(item),
      ' ',
      reply(item, items, words),
    ),
    // Text with its own direction must not turn the page around it; names are isolated the same way by `bdi`.
    element('div', { class: 'winnow-body', dir: 'auto' }, trusted(item.html)),
    report(item, words),
  );
}

function anchor(commentId: string): string {
  return `comment-${commentId}`;
}

function author(item: FeedItem): Markup {
  const name = element('bdi', {}, item.authorName);
  const url = webAddress(item.authorUrl);
  return element(
    'span',
    { class: 'winnow-author' },
    url === null ? name : element('a', { href: url, rel: linkRel }, name),
  );
}

/** Outside the author's own element, so that no name can look like it. */
function verified({ isVerified }: FeedItem, words: FragmentWords): Markup | null {
  return isVerified ? element('strong', { class: 'winnow-verified' }, words.verified) : null;
}

function publishedAt(item: FeedItem): Markup {
  const moment = item.publishedAt.toISOString();
  return element('time', { datetime: moment }, `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`);
}

function report({ reportUrl, authorName }: FeedItem, words: FragmentWords): Markup | null {
  const href = webAddress(reportUrl ?? null);
  if (href === null) return null;
  const name = `${words.report}: ${authorName}`;
  return element(
    'p',
    { class: 'winnow-report' },
    element('a', { href, rel: linkRel, 'aria-label': name }, words.report),
  );
}

function reply(item: FeedItem, items: ReadonlyMap<string, FeedItem>, words: FragmentWords): Markup | null {
  if (item.parentCommentId === null) return null;
  const parent = items.get(item.parentCommentId);
  const href = parent === undefined ? webAddress(item.inReplyTo?.url ?? null) : `#${anchor(parent.commentId)}`;
  const label =
    parent === undefined ? [words.inReplyTo] : [`${words.inReplyTo} `, element('bdi', {}, parent.authorName)];
  if (href === null) return element('span', { class: 'winnow-in-reply-to' }, ...label);
  return element('a', { class: 'winnow-in-reply-to', href, rel: linkRel }, ...label);
}
