import type { QueueOrder } from '../../moderation/queue-order.js';
import type { QueueQuery } from '../../moderation/queue-query.js';
import { html, type Html } from '../../platform/pages/html.js';

const ORDERS: readonly (readonly [QueueOrder, string])[] = [
  ['oldest', 'Oldest first'],
  ['newest', 'Newest first'],
  ['doubtful', 'Most doubtful first'],
];

/** What is typed and chosen in the form above a list. */
export function searchFields({ status, search, language, sort }: QueueQuery): Html {
  const orders = ORDERS.filter(([order]) => order !== 'doubtful' || status === 'pending');
  return html`<div class="pair">
      <label for="q">Search</label>
      <input id="q" name="q" type="search" value="${search ?? ''}" maxlength="200" />
    </div>
    <div class="pair">
      <label for="language">Language</label>
      <input
        id="language"
        name="language"
        value="${language ?? ''}"
        maxlength="35"
        size="6"
        autocapitalize="none"
        spellcheck="false"
      />
    </div>
    <div class="pair">
      <label for="sort">Order</label>
      <select id="sort" name="sort">
        ${orders.map(([order, words]) => html`<option value="${order}" ${sort === order && html`selected`}>${words}</option>`)}
      </select>
    </div>`;
}
