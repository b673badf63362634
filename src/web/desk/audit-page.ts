// What people and programs did on a site, the newest first.
import type { RecordedAct } from '../../accounts/recorded-act.entity.js';
import type { Page } from '../../accounts/page.js';
import { html, type Html } from '../../platform/pages/html.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { momentOf } from '../pages/moment.js';
import { describeAct } from './act-words.js';
import { sitePath } from './desk-links.js';
import { more } from './members-page.js';

export function renderAudit(site: KnownSite, acts: Page<RecordedAct>, isFirst: boolean): Html {
  const path = sitePath(site.key, '/audit');
  return html`<p class="trail"><a href="${sitePath(site.key, '/settings')}">Settings</a></p>
    <h1>What was done on <bdi>${site.name}</bdi></h1>
    <p>
      By people and by programs with a key, the newest first, for 400 days. Decisions on single comments are not here:
      each comment shows its own.
    </p>
    ${
      acts.items.length === 0
        ? html`<div class="empty"><p>${isFirst ? 'Nothing yet.' : 'Nothing before that.'}</p></div>`
        : html`<ul class="rows">
            ${acts.items.map((act) => row(site, act))}
          </ul>`
    }
    ${more(acts, `${path}?cursor=`, 'What was done before')}`;
}

function row({ key }: KnownSite, act: RecordedAct): Html {
  return html`<li>
    <div>
      <p>${describeAct(key, act)}</p>
      <p class="quiet">${momentOf(act.at.toISOString())}</p>
    </div>
  </li>`;
}
