// HTML that is escaped unless it was written here. Enough for one page, and no more.
import { escapeHtml } from '../../lib/markup/escape-html.js';

/** Text that is HTML already. Only `html` makes one. */
export class Html {
  constructor(readonly text: string) {}
}

export type Part = Html | string | number | null | readonly Part[];

/** Strings and numbers are escaped, lists are joined, null is nothing. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(pieces.map((piece, place) => piece + write(parts[place] ?? null)).join(''));
}

function write(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.text;
  return typeof part === 'object' ? part.map(write).join('') : escapeHtml(String(part));
}

/** A sentence with `code` in it. */
export function sentence(text: string): Html {
  const pieces = text.split('`');
  return html`${pieces.map((piece, place) => (place % 2 === 1 ? html`<code>${piece}</code>` : piece))}`;
}

/** Text of several paragraphs. */
export function paragraphs(text: string): Html {
  return html`${text.split('\n\n').map((one) => html`<p>${sentence(one)}</p>`)}`;
}
