// What an owner copies into their own pages, as text.
import { escapeHtml } from '../../lib/markup/escape-html.js';

export type Attributes = Readonly<Record<string, string>>;

export function scriptTag(publicUrl: string): string {
  return `<script src="${publicUrl}/embed.js" async></script>`;
}

/** Attributes without a value are left out. */
export function elementTag(name: 'winnow-comments' | 'winnow-count', attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== '')
    .map(([attribute, value]) => ` ${attribute}="${escapeHtml(value)}"`);
  return `<${name}${written.join('')}>${content}</${name}>`;
}

/** The script and the element under which the comments stand. */
export function widgetSnippet(publicUrl: string, attributes: Attributes): string {
  return `${scriptTag(publicUrl)}\n${elementTag('winnow-comments', attributes)}`;
}

export function countSnippet(publicUrl: string, attributes: Attributes): string {
  return `${scriptTag(publicUrl)}\n${elementTag('winnow-count', attributes, 'Comments')}`;
}

export function formSnippet(action: string, language: string): string {
  const spoken = language === '' ? '' : `\n  <input type="hidden" name="language" value="${escapeHtml(language)}">`;
  return `<form method="post" action="${action}">
  <h2>Leave a comment</h2>
  <p>Your email address will not be published.</p>
  <p><label>Comment <textarea name="body" required maxlength="10000" rows="6"></textarea></label></p>
  <p><label>Name <input name="name" autocomplete="name" required maxlength="100"></label></p>
  <p><label>E-mail <input name="email" type="email" autocomplete="email" required></label></p>
  <p><label>Website <input name="url" autocomplete="url"></label></p>
  <div hidden><label>Leave this empty <input name="website" tabindex="-1" autocomplete="off"></label></div>${spoken}
  <button>Send the comment</button>
</form>`;
}

/** As most shared hosts can run it. */
export function phpSnippet(address: string): string {
  return `<?php readfile('${unquoted(address)}') ?>`;
}

const SSI_PLACE = '/winnow-comments';

/**
 * Without the reader's headers: their cookies are nobody's business but the page's, and what a browser would unpack cannot
 * be put into a page.
 */
export function nginxSnippet(address: string): string {
  return `ssi on;
location = ${SSI_PLACE} {
  internal;
  proxy_pass ${unquoted(address)};
  proxy_pass_request_headers off;
}`;
}

export function ssiSnippet(): string {
  return `<!--# include virtual="${SSI_PLACE}" -->`;
}

/** An answer that is none leaves the file as it was. */
export function curlSnippet(address: string): string {
  return `curl --fail --silent --show-error \\
  --output comments.html \\
  '${unquoted(address)}'`;
}

/** It is percent-encoded, but for this. */
function unquoted(address: string): string {
  return address.replaceAll("'", '%27');
}
