import { mayAct, type Person } from '../../accounts/caller.js';
import { publishAsset } from '../../platform/pages/assets.js';
import { html, type Content, type Html } from '../../platform/pages/html.js';
import type { Page } from '../../platform/pages/page.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { hidden } from './comment-card.js';
import { canUndo, describeNotice, type Notice } from './notice.js';
import { sitePath } from './desk-links.js';

const STYLE = publishAsset(new URL('./desk.css', import.meta.url));

const SECTIONS = [
  ['', 'Queue'],
  ['/filter', 'Filter'],
  ['/articles', 'Articles'],
  ['/embed', 'Embed'],
  ['/members', 'Members'],
  ['/settings', 'Settings'],
] as const;

export interface DeskPlace {
  /** What the form that led here has done. */
  readonly said?: string | null;
  /** Which page of the site this is, as its path goes on. */
  readonly section?: (typeof SECTIONS)[number][0];
  /** What a page has beside those of all pages of the desk. */
  readonly scripts?: readonly string[];
  readonly styles?: readonly string[];
}

/** A page of the desk: the wide column, and a bar that says where one is and who one is. */
export function deskPage(
  person: Person,
  site: KnownSite | null,
  title: string,
  main: Content,
  { said = null, section, scripts = [], styles = [] }: DeskPlace = {},
): Page {
  return {
    // The title is what a screen reader says first when the page has come.
    title: said === null ? title : `${said} ${title}`,
    main: html`${site && siteBar(person, site, section)} ${said !== null && saidBar(said)} ${main}`,
    styles: [...styles, STYLE],
    scripts,
    width: 'desk',
    bar: bar(person),
  };
}

function bar(person: Person): Html {
  const [only] = person.memberships.keys();
  const isOnly = !person.isOperator && person.memberships.size === 1;
  return html`<nav aria-label="Desk">
      <a href="${isOnly && only !== undefined ? sitePath(only) : '/desk/queue'}">Queue</a>
      <a href="/desk/sites">Sites</a> <a href="/desk/account">Account</a>
    </nav>
    <form class="sign-out" method="post" action="/desk/sign-out">
      <span class="quiet"><bdi>${person.name}</bdi></span> <button class="plain">Sign out</button>
    </form>`;
}

/** Who may only read or decide has one page here, and needs no way between them. */
function siteBar(person: Person, site: KnownSite, section: DeskPlace['section']): Html | null {
  if (!mayAct(person, site.key, 'owner', 'site:admin')) return null;
  return html`<nav class="site-bar" aria-label="Site">
    <span class="quiet"><bdi>${site.name}</bdi></span>
    ${SECTIONS.map(([path, words]) => {
      const current = path === section && html` aria-current="page"`;
      return html`<a href="${sitePath(site.key, path)}" ${current}>${words}</a>`;
    })}
  </nav>`;
}

function saidBar(said: string): Html {
  return html`<div class="notice" role="status" id="said" tabindex="-1"><p>${said}</p></div>`;
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
