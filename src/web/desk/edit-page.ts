// The page on which a moderator changes the text of a comment. It is a page of its own, because a field shows a text as it
// is: what is hidden in it can only be marked above.
import { EDITABLE } from '../../comments/comment-status.js';
import type { QueueItemView } from '../../moderation/queue-item.js';
import { html, type Html } from '../../platform/pages/html.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { bodyOf, hidden, nameOf } from './comment-card.js';
import { commentPath } from './desk-links.js';
import { field } from './field.js';

export interface EditScene {
  readonly site: KnownSite;
  readonly comment: QueueItemView;
  /** Why the last attempt changed nothing. */
  readonly alert: string | null;
  /** What was typed then. */
  readonly typed: { readonly body: string; readonly reason: string } | null;
}

/** From the comment's page; null where no text can be edited. */
export function editLink(item: QueueItemView, site: KnownSite): Html | null {
  if (!EDITABLE.person.includes(item.status)) return null;
  return html`<p><a class="button" href="${commentPath(site.key, item.id, '/edit')}">Edit the text…</a></p>`;
}

export function renderEdit({ site, comment, alert, typed }: EditScene): Html {
  return html`<p class="trail"><a href="${commentPath(site.key, comment.id)}">Back to the comment</a></p>
    <h1>Edit the text</h1>
    ${alert !== null && html`<p class="alert" role="alert">${alert}</p>`}
    <article class="card alone" aria-labelledby="by-${comment.id}">
      <h2 id="by-${comment.id}">${nameOf(comment)}</h2>
      ${bodyOf(comment)}
    </article>
    ${EDITABLE.person.includes(comment.status) ? form(site, comment, typed) : html`<p>${NOT_NOW}</p>`}`;
}

export const NOT_NOW = 'The text of this comment cannot be edited now.';

function form(site: KnownSite, comment: QueueItemView, typed: EditScene['typed']): Html {
  return html`<form class="settings" method="post" action="${commentPath(site.key, comment.id, '/edit')}">
    ${hidden('version', String(comment.version))}
    ${field({
      ...{ name: 'body', label: 'The text', value: typed?.body ?? comment.body, rows: 10 },
      hint: 'It stays where it is, and the filter does not look at it again. What it said before is kept for you and your colleagues.',
      rules: 'dir="auto" required maxlength="20000"',
    })}
    ${field({
      ...{ name: 'reason', label: 'Why, for your colleagues', value: typed?.reason ?? '' },
      rules: 'type="text" dir="auto" autocomplete="off" maxlength="500"',
    })}
    <p><button class="primary">Save the text</button></p>
  </form>`;
}
