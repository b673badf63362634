import { FEED_FILES, type FeedFile } from '../../publishing/feed-files.js';
import { feedUrl, threadUrl } from '../../publishing/public-links.js';
import { escapeHtml } from '../../lib/markup/escape-html.js';
import { html, type Html } from '../../platform/pages/html.js';
import type { KnownSite } from '../../sites/site-directory.js';

const SAYS: Readonly<Record<FeedFile, string>> = {
  'feed.json': 'JSON Feed, for a static site generator',
  'feed.atom': 'Atom, for feed readers',
  'feed.rss': 'RSS, for feed readers',
  'feed.html': 'Ready HTML, for your server to include',
};

/** What an owner copies into their own pages: the widget, and what does its work without a script. */
export function renderEmbed(site: KnownSite, publicUrl: string, article: string): Html {
  const files = Object.keys(FEED_FILES) as FeedFile[];
  const address = (file: FeedFile, key: string | null): string =>
    feedUrl(site.key, key, { base: publicUrl, file, query: { limit: 50, cursor: null } });
  return html`<h1>Comments of <bdi>${site.name}</bdi> on your pages</h1>
    <form class="filters" method="get">
      <div class="pair">
        <label for="article">Key of the page</label>
        <input id="article" name="article" value="${article}" maxlength="512" dir="auto" />
      </div>
      <button>Show</button>
    </form>
    <p class="hint">
      Any text of your choice; the path of the page is a good one. A page needs no setting up: it is known from its
      first comment on.
    </p>
    <h2>The widget</h2>
    <p>
      One script and one element: the comments, the form, and what became of a reader’s own. The page must belong to one
      of the site’s registered origins: ${origins(site)}.
    </p>
    <pre tabindex="0"><code>${widgetSnippet(site.key, publicUrl, article)}</code></pre>
    <p class="hint">
      Between its tags may stand what is shown where no script runs, the form below for example. On a list of pages
      <code>winnow-count</code> says how many comments each has.
    </p>
    <h2>The comments of this page</h2>
    <dl class="addresses">
      <dt>JSON, for a script</dt>
      <dd><code>${threadUrl(publicUrl, site.key, article)}</code></dd>
      ${files.map(
        (file) =>
          html`<dt>${SAYS[file]}</dt>
            <dd><code>${address(file, article)}</code></dd>`,
      )}
    </dl>
    <h2>The comments of the whole site</h2>
    <dl class="addresses">
      ${files
        .filter((file) => file !== 'feed.html')
        .map(
          (file) =>
            html`<dt>${SAYS[file]}</dt>
              <dd><code>${address(file, null)}</code></dd>`,
        )}
    </dl>
    <h2>A form</h2>
    <p>It works without a script, from the same origins.</p>
    <pre tabindex="0"><code>${formSnippet(threadUrl(publicUrl, site.key, article))}</code></pre>
    <p class="hint">
      People do not see the field named website; programs fill it in, and the filter takes note. A hidden field named
      redirect brings the reader back to your page.
    </p>`;
}

function origins({ origins: registered }: KnownSite): Html {
  if (registered.length === 0) return html`<strong>none yet</strong>, so that only pages of this service can send it`;
  return html`${registered.map((origin, index) => html`${index > 0 && ', '}<code>${origin}</code>`)}`;
}

function widgetSnippet(site: string, publicUrl: string, article: string): string {
  const element = (name: string): string => `<${name} site="${site}" article="${escapeHtml(article)}"></${name}>`;
  return `<script src="${publicUrl}/embed.js" async></script>
${element('winnow-comments')}

${element('winnow-count')}`;
}

function formSnippet(action: string): string {
  return `<form method="post" action="${action}">
  <h2>Leave a comment</h2>
  <p>Your email address will not be published.</p>
  <p><label>Comment <textarea name="body" required maxlength="10000" rows="6"></textarea></label></p>
  <p><label>Name <input name="name" autocomplete="name" required maxlength="100"></label></p>
  <p><label>E-mail <input name="email" type="email" autocomplete="email" required></label></p>
  <p><label>Website <input name="url" autocomplete="url"></label></p>
  <div hidden><label>Leave this empty <input name="website" tabindex="-1" autocomplete="off"></label></div>
  <button>Send the comment</button>
</form>`;
}
