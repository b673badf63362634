// The second wall: the complete list of what a comment's HTML may hold. It trusts nothing before it and works on any HTML,
// so that a fault in the Markdown parser, or an import that brings HTML of its own, still cannot publish anything else.
import sanitizeHtml from 'sanitize-html';
import { safeLinkUrl } from './safe-url.js';

/** What tells search engines that a stranger wrote the link, and keeps the page it opens from our window and address. */
export const linkRel = 'nofollow ugc noopener noreferrer';

const wall: sanitizeHtml.IOptions = {
  allowedTags: ['p', 'br', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a'],
  // `start` is a number and carries meaning: without it "4. as I said" becomes "1. as I said".
  allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  transformTags: { a: (tagName, { href }) => ({ tagName, attribs: linkAttributes(href) }), ol: orderedList },
};

function linkAttributes(href: string | undefined): sanitizeHtml.Attributes {
  const url = href === undefined ? null : safeLinkUrl(href);
  return url === null ? { rel: linkRel } : { href: url, rel: linkRel };
}

function orderedList(tagName: string, { start }: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  return { tagName, attribs: start !== undefined && /^\d{1,9}$/.test(start) ? { start } : {} };
}

/** Any HTML in; out only the elements, attributes and URL schemes of the list above, with the text of all others. */
export function keepAllowedHtml(html: string): string {
  return sanitizeHtml(html, wall);
}
