import { mayAct, type Person } from '../../accounts/caller.js';
import { publishAsset } from '../../platform/pages/assets.js';
import { html, type Content, type Html } from '../../platform/pages/html.js';
import type { Page } from '../../platform/pages/page.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { hidden } from './comment-card.js';
import { canUndo, describeNotice, type Notice } from './notice.js';
import { sitePath } from './desk-links.js';

const STYLE = publishAsset(new URL('./desk.css', import.meta.url));

/** A page of the desk: the wide column, and a bar that says where one is and who one is. */
export function deskPage(person: Person, site: KnownSite | null, title: string, main: Content): Page {
  return { title, main, styles: [STYLE], width: 'desk', bar: bar(person, site) };
}

function bar(person: Person, site: KnownSite | null): Html {
  const hasSites = person.isOperator || person.memberships.size > 1;
  const isOwner = site !== null && mayAct(person, site.key, 'owner', 'site:admin');
  return html`<nav aria-label="Desk">
      ${hasSites && html`<a href="/desk/sites">Sites</a>`} ${site && html`<a href="${sitePath(site.key)}">Queue</a>`}
      ${isOwner && html`<a href="${sitePath(site.key, '/embed')}">Embed</a>`}
    </nav>
    <form class="sign-out" method="post" action="/desk/sign-out">
      <span class="quiet"><bdi>${person.name}</bdi></span> <button class="plain">Sign out</button>
    </form>`;
}

/** What was just done, with the way back. `back` says which list one returns to. */
export function noticeBar(notice: Notice | null, site: KnownSite, back: string): Html | null {
  if (!notice) return null;
  return html`<div class="notice" role="status" id="notice" tabindex="-1">
    <p>${describeNotice(notice)}</p>
    ${
      canUndo(notice) &&
      html`<form method="post" action="${sitePath(site.key, '/decisions')}">
        ${hidden('back', back)} ${notice.moved.map(({ id, version }) => hidden(`pick.${id}`, String(version)))}
        <button name="decision" value="undo">Undo</button>
      </form>`
    }
  </div>`;
}
