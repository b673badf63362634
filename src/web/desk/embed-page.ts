// What an owner copies into their own pages: the widget as they have chosen it, and what does its work without a script.
import { feedUrl, threadUrl } from '../../publishing/public-links.js';
import type { FeedFile } from '../../publishing/feed-files.js';
import { html, trusted, type Html } from '../../platform/pages/html.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { sitePath } from './desk-links.js';
import { describeChoices, LANGUAGES, ORDERS, THEMES, widgetAttributes, type EmbedChoices } from './embed-choices.js';
import {
  countSnippet,
  curlSnippet,
  elementTag,
  formSnippet,
  nginxSnippet,
  phpSnippet,
  ssiSnippet,
  widgetSnippet,
} from './embed-snippets.js';
import { choice, field } from './field.js';
import { snippet } from './snippet.js';

const FEEDS = [
  ['json', 'feed.json', 'JSON Feed, for a static site generator'],
  ['atom', 'feed.atom', 'Atom, for feed readers'],
  ['rss', 'feed.rss', 'RSS, for feed readers'],
] as const satisfies readonly (readonly [string, FeedFile, string])[];

/** Stands for the key of a page where none is chosen. */
const SOME_PAGE = '/my-page';

export interface EmbedScene {
  readonly site: KnownSite;
  readonly publicUrl: string;
  readonly choices: EmbedChoices;
}

export function renderEmbed(scene: EmbedScene): Html {
  const { site } = scene;
  return html`<h1>Comments of <bdi>${site.name}</bdi> on your pages</h1>
    <p>
      Choose, look, and copy. The pages must belong to one of the site’s registered origins: ${origins(site)}.
      <a href="${sitePath(site.key, '/start')}">Check that your page works</a>.
    </p>
    ${choicesForm(scene.choices)}
    <div class="preview" id="preview">${preview(scene)}</div>
    <p class="hint">It is the widget itself: what you send in it goes to your queue.</p>
    <div id="snippets">${widgetPart(scene)} ${feedPart(scene)} ${formPart(scene)}</div>`;
}

function choicesForm({ article, theme, lang, sort }: EmbedChoices): Html {
  return html`<form class="choices" method="get" data-shows="preview snippets">
    ${field({
      ...{ name: 'article', label: 'Key of the page', value: article },
      hint: 'Empty: the path of the page is its key, and the same lines do for every page.',
      rules: 'type="text" dir="auto" autocomplete="off" spellcheck="false" maxlength="512"',
    })}
    ${choice({ name: 'theme', label: 'Theme', options: THEMES, value: theme })}
    ${choice({ name: 'lang', label: 'Language', options: LANGUAGES, value: lang })}
    ${choice({ name: 'sort', label: 'Order', options: ORDERS, value: sort })}
    <p><button>Show</button></p>
  </form>`;
}

function preview({ site, choices }: EmbedScene): Html {
  const path = sitePath(site.key, `/embed/preview${describeChoices(choices)}`);
  return html`<iframe title="Preview of the widget" src="${path}" loading="lazy"></iframe>`;
}

function widgetPart({ site, publicUrl, choices }: EmbedScene): Html {
  const { article, lang } = choices;
  return html`<section aria-labelledby="widget">
    <h2 id="widget">The widget</h2>
    <p>One script and one element: the comments, the form, and what became of a reader’s own.</p>
    ${snippet('widget-snippet', widgetSnippet(publicUrl, widgetAttributes(site.key, choices)), 'The widget')}
    <p>How many comments a page has, for a list of pages:</p>
    ${snippet(
      'count-snippet',
      countSnippet(publicUrl, { site: site.key, article: keyOr(article), lang }),
      'The number of comments',
    )}
    <p class="hint">
      Between the tags of <code>winnow-comments</code> may stand what is shown where no script runs: the ready HTML and
      the form below, for example.
    </p>
  </section>`;
}

function feedPart({ site, publicUrl, choices }: EmbedScene): Html {
  const article = keyOr(choices.article);
  const query = { limit: 50, cursor: null };
  const address = (file: FeedFile, key: string | null): string =>
    feedUrl(site.key, key, { base: publicUrl, file, query });
  return html`<section aria-labelledby="feeds">
    <h2 id="feeds">Without a script: the comments as HTML and as feeds</h2>
    ${includes(address('feed.html', article))}
    <dl class="addresses">
      <dt>The same as an address</dt>
      <dd><code>${address('feed.html', article)}</code></dd>
      <dt>JSON, for a script</dt>
      <dd><code id="thread-address">${threadUrl(publicUrl, site.key, article)}</code></dd>
      ${FEEDS.map(
        ([id, file, says]) =>
          html`<dt>${says}</dt>
            <dd><code id="${id}-address">${address(file, article)}</code></dd>`,
      )}
      ${FEEDS.map(
        ([id, file]) =>
          html`<dt>The whole site, ${NAMES[id]}</dt>
            <dd><code>${address(file, null)}</code></dd>`,
      )}
    </dl>
  </section>`;
}

/** One after the other: who looks for theirs finds it faster than in a list to choose from. */
function includes(address: string): Html {
  return html`<p>Ready HTML, safe to include, for whatever puts your pages together. In PHP:</p>
    ${snippet('php-snippet', phpSnippet(address), 'Ready HTML, in PHP')}
    <p>With nginx: this in the <code>server</code> block of your pages, under another name for each page,</p>
    ${snippet('nginx-snippet', nginxSnippet(address), 'Ready HTML, for the settings of nginx')}
    <p>and this on the page, where the comments belong:</p>
    ${snippet('ssi-snippet', ssiSnippet(), 'Ready HTML, included by nginx')}
    <p>
      With anything else: a file that your page includes, fetched every few minutes or whenever you build your site.
    </p>
    ${snippet('curl-snippet', curlSnippet(address), 'Ready HTML, fetched into a file')}`;
}

const NAMES = { json: 'JSON Feed', atom: 'Atom', rss: 'RSS' } as const;

function formPart({ site, publicUrl, choices }: EmbedScene): Html {
  const action = threadUrl(publicUrl, site.key, keyOr(choices.article));
  return html`<section aria-labelledby="form">
    <h2 id="form">Without a script: a form</h2>
    ${snippet('form-snippet', formSnippet(action, choices.lang), 'A form')}
    <p class="hint">
      People do not see the field named website; programs fill it in, and the filter takes note. A hidden field named
      redirect brings the reader back to your page.
    </p>
  </section>`;
}

/** The page inside the preview: nothing but the widget, as it would stand on a page of the site. */
export function renderPreview({ site, choices }: EmbedScene): Html {
  const article = keyOr(choices.article);
  const [origin] = site.origins;
  const place = origin !== undefined && !origin.includes('*') && article.startsWith('/') ? `${origin}${article}` : '';
  const attributes = { ...widgetAttributes(site.key, { ...choices, article }), loading: 'eager', 'article-url': place };
  return html`<h1 class="unseen">Preview of the widget</h1>
    ${trusted(elementTag('winnow-comments', attributes, 'The comments come here.'))}`;
}

function keyOr(article: string): string {
  return article === '' ? SOME_PAGE : article;
}

function origins({ origins: registered }: KnownSite): Html {
  if (registered.length === 0) return html`<strong>none yet</strong>, so that only pages of this service can send it`;
  return html`${registered.map((origin, index) => html`${index > 0 && ', '}<code>${origin}</code>`)}`;
}
