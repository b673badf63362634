// The pages of a site that were ever commented on: what they are called, whether they are open, and the way to both.
import type { ArticleView } from '../../administration/article-keeper.js';
import { safeHttpUrl } from '../../lib/markup/safe-url.js';
import { count } from '../../lib/spam/wording.js';
import { html, shownOr, type Html } from '../../platform/pages/html.js';
import type { Problem } from '../../platform/problem/problem.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { sitePath } from './desk-links.js';
import { alertOf } from './form-refusal.js';
import { dayOf } from '../pages/moment.js';

export interface ArticlesScene {
  readonly site: KnownSite;
  readonly articles: readonly ArticleView[];
  /** Keys of those that are closed by their age, though nobody has closed them. */
  readonly tooOld: ReadonlySet<string>;
  readonly search: string | null;
  readonly cursor: string | null;
  readonly nextCursor: string | null;
  readonly refusal: Problem | null;
}

export function articlesPath(siteKey: string, search: string | null, cursor: string | null = null): string {
  const query = new URLSearchParams({ ...(search !== null && { q: search }), ...(cursor !== null && { cursor }) });
  return sitePath(siteKey, `/articles${query.size > 0 ? `?${query.toString()}` : ''}`);
}

export function renderArticles(scene: ArticlesScene): Html {
  const { site, articles, search, cursor, nextCursor } = scene;
  return html`<h1>Articles of <bdi>${site.name}</bdi></h1>
    ${alertOf(scene.refusal)}
    <form class="filters" method="get" action="${sitePath(site.key, '/articles')}" role="search">
      <div class="pair">
        <label for="q">Search</label>
        <input id="q" name="q" type="search" value="${search}" maxlength="200" dir="auto" placeholder="Title or key" />
      </div>
      <button>Search</button>
    </form>
    ${search !== null && html`<p><a href="${articlesPath(site.key, null)}">Show all of them</a></p>`}
    ${
      articles.length === 0
        ? nothing(scene)
        : html`<ul class="rows articles">
            ${articles.map((one, index) => row(one, index, scene))}
          </ul>`
    }
    <nav class="pager" aria-label="Pages of articles">
      ${cursor !== null && html`<a href="${articlesPath(site.key, search)}">Back to the first ones</a>`}
      ${nextCursor !== null && html`<a href="${articlesPath(site.key, search, nextCursor)}" rel="next">More</a>`}
    </nav>`;
}

function nothing({ site, search }: ArticlesScene): Html {
  return search === null
    ? html`<div class="empty">
        <p>No article has been commented on yet. One needs no setting up: it is known from its first comment on.</p>
        <p><a href="${sitePath(site.key, '/embed')}">Embed the comments</a></p>
      </div>`
    : html`<div class="empty"><p>No article has that in its title or key.</p></div>`;
}

function row(article: ArticleView, index: number, scene: ArticlesScene): Html {
  const { site, search, cursor, tooOld } = scene;
  const { key, title, open, commentCount, createdAt } = article;
  const url = safeHttpUrl(article.url ?? '');
  const named = html`<bdi>${shownOr(title, key)}</bdi>`;
  return html`<li>
    <div>
      <h2>${url === null ? named : html`<a href="${url}" rel="nofollow noopener">${named}</a>`}</h2>
      ${shownOr(title, key) !== key && html`<p class="quiet"><bdi>${key}</bdi></p>`}
      <p class="quiet">
        ${count(commentCount, 'published comment')}, since ${dayOf(createdAt)}.
        ${open ? tooOld.has(key) && 'Closed by its age.' : html`<strong>Closed.</strong>`}
        <a
          href="${sitePath(site.key, `?${new URLSearchParams({ article: key }).toString()}`)}"
          aria-label="Queue of ${shownOr(title, key)}"
          >Queue</a
        >
      </p>
    </div>
    <div class="buttons">
      <details>
        <summary aria-label="Rename ${shownOr(title, key)}">Rename</summary>
        <form class="inline" method="post" action="${sitePath(site.key, '/articles')}">
          ${context(key, search, cursor)}
          <label class="unseen" for="title-${index}">Title</label>
          <input id="title-${index}" name="title" value="${title}" maxlength="500" dir="auto" />
          <button>Save</button>
        </form>
      </details>
      <form method="post" action="${sitePath(site.key, '/articles')}">
        ${context(key, search, cursor)}
        <button
          name="open"
          value="${open ? 'no' : 'yes'}"
          aria-label="${open ? 'Close' : 'Reopen'} ${shownOr(title, key)}"
        >
          ${open ? 'Close' : 'Reopen'}
        </button>
      </form>
    </div>
  </li>`;
}

function context(key: string, search: string | null, cursor: string | null): Html {
  return html`${hidden('key', key)} ${search !== null && hidden('q', search)}
  ${cursor !== null && hidden('cursor', cursor)}`;
}

function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`;
}
