import { html, type Html } from '../../platform/pages/html.js';

/** A sentence with `code` in it. */
export function sentence(text: string): Html {
  const pieces = text.split('`');
  return html`${pieces.map((piece, place) => (place % 2 === 1 ? html`<code>${piece}</code>` : piece))}`;
}

/** Text of several paragraphs. */
export function paragraphs(text: string): Html {
  return html`${text.split('\n\n').map((one) => html`<p>${sentence(one)}</p>`)}`;
}
