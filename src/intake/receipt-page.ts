import type { FastifyReply } from 'fastify';
import { html, shownOr, trusted, type Html } from '../platform/pages/html.js';
import { writePage } from '../platform/pages/page.js';
import type { Problem } from '../platform/problem/problem.js';
import type { ReceiptStatus } from './receipt.view.js';
import type { ReceiptDetails } from './receipts.js';

/** Apart, so that the text area fits in a line: of two line breaks after it a browser drops only one. */
const TEXT_RULES = trusted(
  'id="body" name="body" required maxlength="10000" rows="7" dir="auto" aria-describedby="body-hint"',
);
const RELOAD = 'Reload this page to see what became of it; its address is your receipt, so keep it.';

const SAYS: Readonly<Record<ReceiptStatus, { title: string; text: string; next: string | null }>> = {
  received: {
    title: 'Thank you',
    text: 'Your comment has arrived and is kept safe. It is being looked at.',
    next: `In a moment it either appears or goes to a moderator. ${RELOAD}`,
  },
  pending: {
    title: 'Thank you. Your comment is waiting',
    text: 'It has arrived and is kept safe. A person will read it before it appears.',
    next: RELOAD,
  },
  published: {
    title: 'Your comment is published',
    text: 'Everybody can read it under the article now.',
    next: null,
  },
  declined: {
    title: 'Your comment was not published',
    text: 'The moderators of the site decided not to publish it.',
    next: null,
  },
};

const ERASED = {
  title: 'Your comment is deleted',
  text: 'You have deleted it. Its text, your name and your e-mail address are erased.',
  next: null,
};

/** A form of the page that was refused, with what was typed. */
export interface ReceiptAttempt {
  readonly problem: Problem;
  readonly typed: string | undefined;
}

/** What became of a comment, and what its author can still do about it, for a reader without JavaScript. */
export function renderReceiptPage(
  receipt: string,
  details: ReceiptDetails,
  reply: FastifyReply,
  attempt: ReceiptAttempt | null = null,
): string {
  const { view, article, mistypedHost } = details;
  const { title, text, next } = details.isDeletedByAuthor ? ERASED : SAYS[view.status];
  const isOpen = view.status === 'received' || view.status === 'pending';
  const fault = attempt && wording(attempt.problem);
  return writePage(reply, {
    title: fault === null ? title : `${fault} ${title}`,
    main: html`<div class="receipt ${view.status}">
      <h1>${title}</h1>
      ${fault !== null && html`<p class="alert" role="alert">${fault}</p>`}
      <p>${text}</p>
      ${
        view.reason !== undefined &&
        html`<p>They wrote:</p>
          <blockquote dir="auto">${view.reason}</blockquote>`
      }
      ${isOpen && mistypedHost && didYouMean(mistypedHost)} ${next !== null && html`<p>${next}</p>`}
      ${
        article.url !== null &&
        html`<p>
          <a class="button" href="${article.url}" rel="nofollow noopener"
            >Back to <bdi>${shownOr(article.title, 'the article')}</bdi></a
          >
        </p>`
      }
      ${ownForms(receipt, details, attempt)}
    </div>`,
  });
}

/** Both rules are those of AuthorMoves; here is only what a browser can send without a script. */
function ownForms(
  receipt: string,
  { view, isDeleted, editableText }: ReceiptDetails,
  attempt: ReceiptAttempt | null,
): Html | null {
  if (isDeleted) return null;
  const action = `/v1/receipts/${encodeURIComponent(receipt)}`;
  const isEdit = attempt?.typed !== undefined;
  const isOpen = isEdit && html`open`;
  return html`<div class="own">
    ${
      editableText !== null &&
      html`<details ${isOpen}>
        <summary>Change the text</summary>
        <form method="post" action="${action}">
          <input type="hidden" name="action" value="edit" />
          <div class="field">
            <label for="body">Comment</label>
            <textarea ${TEXT_RULES}>${'\n'}${attempt?.typed ?? editableText}</textarea>
            <p class="hint" id="body-hint">
              Until ${view.editableUntil?.slice(11, 16)} UTC. It is looked at again, and until then it is not shown.
            </p>
          </div>
          <p><button class="primary">Save</button></p>
        </form>
      </details>`
    }
    <details>
      <summary>Delete it</summary>
      <form method="post" action="${action}">
        <input type="hidden" name="action" value="delete" />
        <p>Its text, your name and your e-mail address are erased. Nothing brings them back.</p>
        <p><button>Delete it for good</button></p>
      </form>
    </details>
  </div>`;
}

function wording({ code, extras }: Problem): string {
  if (code === 'invalid-body') return 'Nothing was changed. Write a comment of 1 to 10,000 characters.';
  const seconds = extras.headers?.['retry-after'];
  if (code === 'too-many-requests')
    return `Too much came from here at once. Wait ${seconds ?? '60'} seconds, then send it again.`;
  return extras.detail ?? 'That cannot be done any more.';
}

function didYouMean({ typed, meant }: NonNullable<ReceiptDetails['mistypedHost']>): Html {
  return html`<p class="suggestion">
    Your e-mail address ends in <strong>@${typed}</strong>. Did you mean <strong>@${meant}</strong>? If so, nobody can
    reach you by it. There is nothing to do now: your comment is fine as it is.
  </p>`;
}
