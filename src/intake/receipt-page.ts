import type { FastifyReply } from 'fastify';
import { html, shownOr, type Html } from '../platform/pages/html.js';
import { writePage } from '../platform/pages/page.js';
import type { ReceiptStatus } from './receipt.view.js';
import type { ReceiptDetails } from './receipts.js';

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

/** What became of a comment, for a reader without JavaScript. */
export function renderReceiptPage(details: ReceiptDetails, reply: FastifyReply): string {
  const { view, article, mistypedHost } = details;
  const { title, text, next } = details.isDeletedByAuthor ? ERASED : SAYS[view.status];
  const isOpen = view.status === 'received' || view.status === 'pending';
  return writePage(reply, {
    title,
    main: html`<div class="receipt ${view.status}">
      <h1>${title}</h1>
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
    </div>`,
  });
}

function didYouMean({ typed, meant }: NonNullable<ReceiptDetails['mistypedHost']>): Html {
  return html`<p class="suggestion">
    Your e-mail address ends in <strong>@${typed}</strong>. Did you mean <strong>@${meant}</strong>? If so, nobody can
    reach you by it. There is nothing to do now: your comment is fine as it is.
  </p>`;
}
