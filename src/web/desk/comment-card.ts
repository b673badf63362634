// One comment as a moderator sees it: who, when, where, what, why it is here, and what can be done. The card in the list
// and the page of one comment are made of these pieces.
import type { QueueItemView } from '../../moderation/queue-item.js';
import { ruleOn } from '../../comments/comment-status.js';
import { count } from '../../lib/spam/wording.js';
import type { Signal } from '../../lib/spam/verdict.js';
import { webAddress } from '../../lib/feed/public-values.js';
import type { CampaignId } from '../../platform/ids.js';
import { html, shownOr, type Content, type Html } from '../../platform/pages/html.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { agoInWords, momentOf } from '../pages/moment.js';
import { commentPath } from './desk-links.js';
import { markHidden, markHiddenText } from './mark-hidden.js';
import {
  historyInWords,
  LABEL_WORDS,
  probabilityInWords,
  scoreInWords,
  capital,
  signedWeight,
  weightInWords,
  whyHere,
} from './verdict-words.js';

export interface CardPlace {
  readonly site: KnownSite;
  readonly now: Date;
  /** Where a filter for this article or this reason leads. */
  readonly articleLink: (key: string) => string;
  readonly reasonLink: (name: string) => string;
  /** Where its near-identical comments are listed; null in that list itself. */
  readonly campaignLink: (id: CampaignId) => string | null;
}

export function authorLine({ author, authorHistory }: QueueItemView): Html {
  if (author.verified) return html`<p class="who"><strong>Written at the desk by a person of the site.</strong></p>`;
  const url = webAddress(author.url);
  const history = historyInWords(authorHistory);
  return html`<p class="who">
    ${author.email && html`<span class="email">${markHiddenText(author.email)}</span>`}
    ${url !== null && html`<a class="website" href="${url}" rel="nofollow ugc noopener noreferrer">${url}</a>`}
    <span class="quiet"
      >${history === null ? 'Nothing else from this address.' : `Also from this address: ${history}.`}</span
    >
  </p>`;
}

export function placeLine(item: QueueItemView, { site, now, articleLink, campaignLink }: CardPlace): Html {
  const { article, parentId, submittedAt, editedAt, campaign } = item;
  const kin = campaign && campaignLink(campaign.id);
  const url = webAddress(article.url);
  return html`<p class="where quiet">
    ${momentOf(submittedAt)} (${agoInWords(submittedAt, now)}${editedAt !== null && ', edited'}), on
    <a href="${articleLink(article.key)}"><bdi>${markHiddenText(shownOr(article.title, article.key))}</bdi></a>
    ${url !== null && html`· <a href="${url}" rel="noopener">open the page</a>`}
    ${parentId !== null && html`· <a href="${commentPath(site.key, parentId)}">a reply</a>`}
    ${campaign && kin !== null && html`· <a href="${kin}">${campaign.size} near-identical comments</a>`}
  </p>`;
}

/** What readers said against it, in their words. */
export function reportsOf({ reports }: QueueItemView): Content {
  if (reports.count === 0) return null;
  const said = reports.reasons.map((reason) => html`<li dir="auto">${markHiddenText(reason)}</li>`);
  return html`<div class="reports">
    <p><strong>Reported by ${count(reports.count, 'reader')}.</strong></p>
    ${
      said.length > 0 &&
      html`<ul>
        ${said}
      </ul>`
    }
  </div>`;
}

export function bodyOf({ html: body, status }: QueueItemView): Html {
  if (status === 'deleted') return html`<p class="quiet">The text was deleted.</p>`;
  return html`<div class="body" dir="auto">${markHidden(body)}</div>`;
}

export function reasons(item: QueueItemView, { site, reasonLink }: CardPlace): Html {
  const { verdict } = item;
  const why = whyHere(item, site.settings.moderation);
  const sum = verdict && scoreInWords(verdict);
  return html`<div class="why">
    <p>
      ${verdict && html`<strong class="badge ${verdict.label}">${LABEL_WORDS[verdict.label]}</strong> ${probabilityInWords(verdict.probability)}.`}
      ${why}
    </p>
    ${verdict?.signals.length === 0 && html`<p class="quiet">Nothing about it stands out.</p>`}
    ${
      verdict &&
      verdict.signals.length > 0 &&
      html`<ul class="signals">
        ${verdict.signals.map((one) => signal(one, reasonLink))}
      </ul>`
    }
    ${sum !== null && html`<p class="quiet">${sum}</p>`}
  </div>`;
}

function signal({ name, weight, why }: Signal, reasonLink: CardPlace['reasonLink']): Html {
  return html`<li>
    <span class="weight ${weight > 0 ? 'for' : 'against'}">${signedWeight(weight)}</span>
    <span>
      <bdi>${markHiddenText(capital(why))}</bdi>
      <span class="quiet">(${weightInWords(weight)}; <a href="${reasonLink(name)}">others like it</a>)</span>
    </span>
  </li>`;
}

/** The decisions that would change something now, in the order of how often they are wanted. */
const BUTTONS = [
  ['approve', 'Approve'],
  ['publish', 'Publish'],
  ['unpublish', 'Unpublish'],
  ['reject', 'Reject'],
  ['spam', 'Spam'],
  ['restore', 'Back to the queue'],
] as const;

export interface DecisionForm {
  readonly back: string;
  /** Which comment comes next in the list. */
  readonly next: string | null;
  readonly canUndo: boolean;
}

export function decisionForm(item: QueueItemView, site: KnownSite, { back, next, canUndo }: DecisionForm): Html {
  const { publishOnApproval } = site.settings;
  const possible = BUTTONS.filter(
    ([decision]) => ruleOn(decision, item.status, publishOnApproval).kind === 'move',
  ).filter(
    // Where approving publishes, one button for both.
    ([decision]) => !(decision === 'publish' && publishOnApproval && item.status !== 'approved'),
  );
  return html`<form class="decide" method="post" action="${commentPath(site.key, item.id)}">
    ${hidden('version', String(item.version))} ${hidden('back', back)} ${next !== null && hidden('next', next)}
    <details class="reason">
      <summary>Give a reason</summary>
      <label for="reason-${item.id}">For the author, who can read it on their receipt</label>
      <textarea id="reason-${item.id}" name="reason" rows="2" maxlength="500"></textarea>
    </details>
    <div class="buttons">
      ${
        item.reports.count > 0 &&
        html`<button name="decision" value="approve" class="approve" aria-describedby="by-${item.id}">Keep it</button>`
      }
      ${possible.map(([decision, words]) => {
        const label = decision === 'approve' && publishOnApproval ? 'Approve and publish' : words;
        return html`<button name="decision" value="${decision}" class="${decision}" aria-describedby="by-${item.id}">
          ${label}
        </button>`;
      })}
      ${canUndo && html`<button name="decision" value="undo">Undo the last decision</button>`}
      ${item.status !== 'deleted' && html`<a class="button" href="${commentPath(site.key, item.id, '/delete')}" aria-describedby="by-${item.id}">Delete…</a>`}
    </div>
  </form>`;
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`;
}

export function nameOf({ author, status }: QueueItemView): Content {
  if (author.name === '') return status === 'deleted' ? 'Deleted' : 'Without a name';
  return html`<bdi>${markHiddenText(author.name)}</bdi>`;
}
