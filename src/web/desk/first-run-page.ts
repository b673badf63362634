// The way of somebody who has just started the service: a site, two lines on their page, and the first comment.
import { html, type Content, type Html } from '../../platform/pages/html.js';
import type { Problem } from '../../platform/problem/problem.js';
import type { Visits } from '../../publishing/first-visits.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { sitePath } from './desk-links.js';
import { widgetSnippet } from './embed-snippets.js';
import { field } from './field.js';
import { alertOf, faultsOf } from './form-refusal.js';
import { snippet } from './snippet.js';

export const FIRST_RUN = '/desk/start';

export interface FirstSiteTyped {
  readonly name: string;
  readonly address: string;
}

const STEPS = ['Your site', 'Your page', 'The first comment'];

function steps(current: number): Html {
  return html`<ol class="steps" aria-label="Steps">
    ${STEPS.map((words, index) => {
      const isCurrent = index === current && html` aria-current="step"`;
      return html`<li class="${index < current ? 'done' : ''}" ${isCurrent}>${words}</li>`;
    })}
  </ol>`;
}

export function renderFirstSite(typed: FirstSiteTyped, refusal: Problem | null, hasDemo: boolean): Html {
  const faults = faultsOf(refusal);
  return html`${steps(0)}
    <h1>Comments on your pages</h1>
    <p>It takes a name, an address, and two lines on your page.</p>
    ${alertOf(refusal)}
    <form class="settings" method="post" action="${FIRST_RUN}">
      ${field({
        ...{ name: 'name', label: 'Name of your site', value: typed.name, fault: faults['/name'] },
        hint: 'As your moderators see it: My blog.',
        rules: 'type="text" dir="auto" autocomplete="off" maxlength="200"',
      })}
      ${field({
        ...{ name: 'address', label: 'Address of your pages', value: typed.address, fault: faults['/address'] },
        hint: html`As it stands in a browser: <code>https://blog.example</code>, or <code>localhost:8080</code> while
          you try things out. Only from there can readers post.`,
        rules:
          'type="text" inputmode="url" dir="ltr" autocomplete="url" autocapitalize="none" spellcheck="false" required maxlength="2048"',
      })}
      <p><button class="primary">Go on</button></p>
    </form>
    <p class="hint">
      Everything can be changed later.
      ${hasDemo && html`Or <a href="/demo">look at the demo</a> and <a href="${sitePath('demo')}">its queue</a> first.`}
    </p>`;
}

export interface FirstRunScene {
  readonly site: KnownSite;
  readonly publicUrl: string;
  readonly visits: Visits;
  readonly comments: number;
}

export function renderFirstRun(scene: FirstRunScene): Html {
  const { site, publicUrl, visits, comments } = scene;
  const [origin] = site.origins;
  const embed = sitePath(site.key, '/embed');
  return html`${steps(visits.own === null && comments === 0 ? 1 : 2)}
    <h1>Put the comments of <bdi>${site.name}</bdi> on a page</h1>
    <p>Copy these two lines to where the comments shall stand, on as many pages as you like.</p>
    ${snippet('first-snippet', widgetSnippet(publicUrl, { site: site.key }), 'The widget')}
    <p>
      Then open the
      page${
        origin !== undefined &&
        !origin.includes('*') &&
        html`: <a href="${origin}" target="_blank" rel="noopener">${origin}</a>`
      }.
    </p>
    ${statePart(scene)}
    <noscript
      ><p><a class="button" href="${sitePath(site.key, '/start')}">Look again</a></p></noscript
    >
    <p class="hint">
      For a page without scripts, for counts and for feeds, see <a href="${embed}">all the ways to embed</a>. Who may
      post is set in the <a href="${sitePath(site.key, '/settings')}">settings</a>.
    </p>`;
}

/** Put in anew by the page's script until the first comment is there. */
function statePart(scene: FirstRunScene): Html {
  const isOver = scene.comments > 0;
  const { look, words } = stateOf(scene);
  return html`<div id="state" class="state ${look}" role="status" ${!isOver && html`data-look-again`}>${words}</div>`;
}

function stateOf({ site, visits, comments }: FirstRunScene): { look: string; words: Content } {
  if (comments > 0) {
    return {
      look: 'works',
      words: html`<p><strong>It works. Your first comment is here.</strong></p>
        <p><a class="button primary" href="${sitePath(site.key)}">Read it in the queue</a></p>`,
    };
  }
  if (visits.own !== null) {
    return {
      look: 'works',
      words: html`<p><strong>It works.</strong> Your page at ${visits.own} shows its comments.</p>
        <p>Write the first one there, as a reader would. It comes to the queue, and this page tells you.</p>
        <p><a class="button" href="${sitePath(site.key)}">To the queue</a></p>`,
    };
  }
  if (visits.strange === null) {
    return {
      look: 'waiting',
      words: html`<p><strong>Waiting for your page.</strong> Open it once it has the two lines.</p>`,
    };
  }
  return {
    look: 'amiss',
    words: html`<p>
        <strong>A page at ${visits.strange} has asked for the comments,</strong> and that is no address of this site.
      </p>
      <p>
        There readers can read and not write. If it is your page, add it to the origins in the
        <a href="${sitePath(site.key, '/settings')}">settings</a>.
      </p>`,
  };
}
