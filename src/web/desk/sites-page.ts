import { count } from '../../lib/spam/wording.js';
import { html, type Html } from '../../platform/pages/html.js';
import { sitePath } from './desk-links.js';

export interface SiteLine {
  readonly key: string;
  readonly name: string;
  readonly waiting: number;
}

export interface SitesScene {
  readonly lines: readonly SiteLine[];
  readonly nextCursor: string | null;
  readonly isFirstPage: boolean;
  readonly isOperator: boolean;
}

export function renderSites({ lines, nextCursor, isFirstPage, isOperator }: SitesScene): Html {
  if (lines.length === 0 && isFirstPage && !isOperator) {
    return html`<h1>Your sites</h1>
      <div class="empty"><p>You are not a member of a site yet. Ask an owner to invite you.</p></div>`;
  }
  const hasMany = lines.length > 1 || nextCursor !== null || !isFirstPage;
  return html`<h1>Your sites</h1>
    ${
      (hasMany || isOperator) &&
      html`<p class="buttons">
        ${hasMany && html`<a class="button" href="/desk/queue">The queue of all of them</a>`}
        ${isOperator && html`<a class="button" href="/desk/new-site">New site</a> <a class="button" href="/desk/operators">Operators</a>`}
      </p>`
    }
    <ul class="sites">
      ${lines.map(
        ({ key, name, waiting }) =>
          html`<li>
            <a href="${sitePath(key)}"><bdi>${name}</bdi></a>
            <span class="quiet">${key}</span>
            <span class="${waiting > 0 ? 'count waiting' : 'quiet'}"
              >${waiting > 0 ? `${count(waiting, 'comment')} waiting` : 'nothing waiting'}</span
            >
          </li>`,
      )}
    </ul>
    ${nextCursor !== null && html`<nav class="pager" aria-label="Pages of sites"><a href="/desk/sites?cursor=${encodeURIComponent(nextCursor)}" rel="next">More sites</a></nav>`}`;
}
