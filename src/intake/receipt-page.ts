import type { FastifyReply } from 'fastify';
import type { ReceiptStatus, ReceiptView } from './receipts.js';
import { escapeHtml } from '../lib/markup/escape-html.js';

const SAYS: Readonly<Record<ReceiptStatus, { title: string; text: string }>> = {
  received: { title: 'Thank you', text: 'Your comment has arrived. It is being looked at.' },
  pending: {
    title: 'Your comment is waiting',
    text: 'A moderator will read it. Come back to this page to see what became of it.',
  },
  published: { title: 'Your comment is published', text: 'Everybody can read it under the article now.' },
  declined: { title: 'Your comment was not published', text: 'The moderators of the site decided not to publish it.' },
};

const STYLE = `:root{color-scheme:light dark}
body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto 0;padding:0 1.25rem}
h1{font-size:1.5rem;line-height:1.25}blockquote{margin:1rem 0;padding-left:1rem;border-left:.25rem solid}`;

/** What became of a comment, for a reader without JavaScript. A page of its own, with nothing from elsewhere. */
export function renderReceiptPage({ status, reason }: ReceiptView, reply: FastifyReply): string {
  const { title, text } = SAYS[status];
  void reply
    .type('text/html; charset=utf-8')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    )
    .header('referrer-policy', 'no-referrer');
  const why = reason ? `<p>They wrote:</p><blockquote>${escapeHtml(reason)}</blockquote>` : '';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<style>${STYLE}</style></head><body><main><h1>${title}</h1><p>${text}</p>${why}</main></body></html>`;
}
