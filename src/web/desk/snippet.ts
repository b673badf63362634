import { html, type Html } from '../../platform/pages/html.js';

/** Text to be copied, with a button that does it where a script runs. `id` is one of ours. */
export function snippet(id: string, text: string, what: string): Html {
  return html`<div class="snippet">
    <pre tabindex="0" role="group" aria-label="${what}"><code id="${id}">${text}</code></pre>
    <button type="button" class="copies" data-copies="${id}" aria-label="Copy: ${what}">Copy</button>
  </div>`;
}
