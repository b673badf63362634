// Above a list of near-identical comments: one decision about all of them, and what came of it.
import { count } from '../../lib/spam/wording.js';
import type { CampaignAction } from '../../moderation/campaign-decision.dto.js';
import type { CampaignOutcome } from '../../moderation/campaign-decisions.js';
import { html, type Html } from '../../platform/pages/html.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { hidden } from './comment-card.js';
import { campaignPath } from './desk-links.js';

const DECISIONS: readonly (readonly [action: CampaignAction, words: string])[] = [
  ['approve', 'Approve all'],
  ['reject', 'Reject all'],
  ['spam', 'All are spam'],
  ['restore', 'All back to the queue'],
];

export function campaignBar(site: KnownSite, campaign: { id: string; size: number }, back: string): Html {
  return html`<form class="campaign" method="post" action="${campaignPath(site.key, campaign.id)}">
    ${hidden('back', back)}
    <p>All ${count(campaign.size, 'near-identical comment')}, on every page and under every tab:</p>
    <div class="buttons" role="group" aria-label="Decide about all of them">
      ${DECISIONS.map(([action, words]) => html`<button name="decision" value="${action}" class="${action}">${words}</button>`)}
    </div>
  </form>`;
}

const DONE: Readonly<Record<CampaignAction, string>> = {
  approve: 'approved',
  publish: 'published',
  unpublish: 'taken back from the readers',
  reject: 'rejected',
  spam: 'marked as spam',
  restore: 'put back into the queue',
  delete: 'deleted for good',
};

/** "480 comments: marked as spam. 20 comments had been dealt with in the same way already." */
export function describeCampaignOutcome(action: CampaignAction, outcome: CampaignOutcome): string {
  const { moved, unchanged, refused, remaining } = outcome;
  const sentences = [
    `${count(moved, 'comment')}: ${DONE[action]}.`,
    unchanged > 0 && `${count(unchanged, 'comment')} had been dealt with in the same way already.`,
    refused > 0 && `${count(refused, 'comment')} left as found: it cannot be done with them.`,
    remaining > 0 && `${count(remaining, 'comment')} left for want of time: press the button once more.`,
  ];
  return sentences.filter((one) => one !== false).join(' ');
}
