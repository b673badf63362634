// The list of a site's comments as a page. It is given everything and asks nobody.
import type { CommentStatus } from '../../comments/comment-status.js';
import { count } from '../../lib/spam/wording.js';
import type { QueueItemView } from '../../moderation/queue-item.js';
import type { QueuePage } from '../../moderation/moderation-queue.js';
import type { QueueQuery } from '../../moderation/queue-query.js';
import type { SummaryView } from '../../moderation/summary.js';
import { html, type Content, type Html } from '../../platform/pages/html.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { campaignBar } from './campaign-bar.js';
import {
  authorLine,
  bodyOf,
  decisionForm,
  hidden,
  nameOf,
  placeLine,
  reasons,
  reportsOf,
  type CardPlace,
} from './comment-card.js';
import { commentPath, describeQuery, listPath, sitePath, withoutFilters } from './desk-links.js';
import { markHiddenText } from './mark-hidden.js';
import { noticeBar } from './desk-shell.js';
import { searchFields } from './search-fields.js';
import { describeNotice, type Notice } from './notice.js';

export const TABS: readonly (readonly [CommentStatus, string])[] = [
  ['pending', 'Pending'],
  ['spam', 'Spam'],
  ['approved', 'Approved'],
  ['published', 'Published'],
  ['rejected', 'Rejected'],
];

export interface QueueScene {
  readonly site: KnownSite;
  readonly query: QueueQuery;
  readonly page: QueuePage;
  readonly summary: SummaryView;
  readonly notice: Notice | null;
  readonly mayDecide: boolean;
  /** Every box ticked: without a script, that is a page of its own. */
  readonly allPicked: boolean;
  readonly now: Date;
}

export function queueTitle({ site, query, notice, summary }: QueueScene): string {
  // The title is what a screen reader says first when the page has come.
  return `${notice ? `${describeNotice(notice)}. ` : ''}${listTitle(query, summary)}, ${site.name}`;
}

export function renderQueue(scene: QueueScene): Html {
  const { site, query, page, notice, mayDecide } = scene;
  const hasItems = page.items.length > 0;
  const campaign = query.campaign === null ? null : page.items.map((item) => item.campaign).find((one) => one !== null);
  return html`<h1>Comments of <bdi>${site.name}</bdi></h1>
    ${tabs(scene)} ${noticeBar(notice, site, describeQuery(query).toString())} ${filters(scene)}
    ${mayDecide && campaign && campaignBar(site, campaign, describeQuery(query).toString())}
    ${hasItems && mayDecide && bulkBar(scene)} ${hasItems ? list(scene) : empty(scene)}
    ${hasItems && mayDecide && bulkButtons(scene, 'Decide about the selected comments, once more at the end')}
    ${pager(scene)} ${standing(scene)}`;
}

function tabs({ site, query, summary }: QueueScene): Html {
  const plain = withoutFilters(query);
  const reported = listPath(site.key, plain, { status: 'published', isReported: true });
  return html`<nav class="tabs" aria-label="Comments by status">
    ${TABS.map(([status, words]) => {
      const current = status === query.status && !query.isReported && html` aria-current="page"`;
      return html`<a href="${listPath(site.key, plain, { status })}" ${current}
        >${words} <span class="count">${summary.counts[status]}</span></a
      >`;
    })}
    ${reportedTab(reported, query, summary)}
  </nav>`;
}

/** Beside the others while there is something in it: most sites never see it. */
export function reportedTab(
  path: string,
  { isReported }: QueueQuery,
  { reported }: { readonly reported: number },
): Content {
  if (reported === 0 && !isReported) return null;
  return html`<a href="${path}" ${isReported && html` aria-current="page"`}
    >Reported <span class="count">${reported}</span></a
  >`;
}

/** What the list shows, for its title: "Pending (3)". */
export function listTitle(query: QueueQuery, summary: Pick<SummaryView, 'counts' | 'reported'>): string {
  if (query.isReported) return `Reported (${summary.reported})`;
  const tab = TABS.find(([status]) => status === query.status)?.[1] ?? query.status;
  return `${tab} (${summary.counts[query.status]})`;
}

function filters({ site, query }: QueueScene): Html {
  const { status, article, campaign, isReported, reason } = query;
  return html`<form class="filters" method="get" action="${sitePath(site.key)}" role="search">
      ${status !== 'pending' && hidden('status', status)} ${article !== null && hidden('article', article)}
      ${isReported && hidden('reported', '1')} ${campaign !== null && hidden('campaign', campaign)}
      ${reason !== null && hidden('reason', reason)} ${searchFields(query)}
      <button>Show</button>
    </form>
    ${chips(site, query)}`;
}

function chips(site: KnownSite, query: QueueQuery): Content {
  const { article, campaign, search, reason, language } = query;
  const chip = (words: Content, without: Partial<QueueQuery>): Html =>
    html`<li>${words} <a href="${listPath(site.key, query, without)}">show all again</a></li>`;
  if ([article, campaign, search, reason, language].every((one) => one === null)) return null;
  return html`<ul class="chips">
    ${article !== null && chip(html`Only the article <bdi>${markHiddenText(article)}</bdi>:`, { article: null })}
    ${campaign !== null && chip('Only near-identical comments:', { campaign: null })}
    ${reason !== null && chip(html`Only with the reason ${reason}:`, { reason: null })}
    ${language !== null && chip(html`Only in the language ${language}:`, { language: null })}
    ${search !== null && chip(html`Only with “<bdi>${search}</bdi>”:`, { search: null })}
  </ul>`;
}

/** The form that the boxes in the cards belong to, by its id. */
function bulkBar(scene: QueueScene): Html {
  const { site, query, allPicked, page } = scene;
  const here = listPath(site.key, query, { cursor: query.cursor });
  const all = `${here}${here.includes('?') ? '&' : '?'}all=1`;
  return html`<form id="bulk" method="post" action="${sitePath(site.key, '/decisions')}">
    ${hidden('back', describeQuery(query).toString())}
    <p class="pick-all">
      ${
        allPicked
          ? html`All ${page.items.length} on this page are selected. <a href="${here}#list">Select none</a>`
          : html`<a class="button" href="${all}#list">Select all ${page.items.length} on this page</a>`
      }
    </p>
    ${bulkButtons(scene, 'Decide about the selected comments')}
  </form>`;
}

function bulkButtons({ site, query }: QueueScene, label: string): Html {
  const { publishOnApproval } = site.settings;
  const all = [
    ['approve', publishOnApproval ? 'Approve and publish' : 'Approve', ['pending', 'spam', 'rejected']],
    ['publish', 'Publish', publishOnApproval ? ['approved'] : ['pending', 'spam', 'rejected', 'approved']],
    ['reject', 'Reject', ['pending', 'spam', 'approved', 'published']],
    ['spam', 'Spam', ['pending', 'rejected', 'approved', 'published']],
    ['restore', 'Back to the queue', ['spam', 'rejected', 'approved', 'published']],
    // In force already: it says that somebody has looked.
    ['approve', 'Keep', query.isReported ? ['published'] : []],
  ] as const;
  return html`<div class="buttons bulk" role="group" aria-label="${label}">
    <span class="quiet" aria-hidden="true">Selected:</span>
    ${all
      .filter(([, , from]) => (from as readonly string[]).includes(query.status))
      .map(
        ([decision, words]) =>
          html`<button form="bulk" name="decision" value="${decision}" class="${decision}">${words}</button>`,
      )}
  </div>`;
}

function list(scene: QueueScene): Html {
  const { items } = scene.page;
  return html`<ol class="cards" id="list" tabindex="-1">
    ${items.map((item, index) => html`<li>${card(item, items[index + 1]?.id ?? null, scene)}</li>`)}
  </ol>`;
}

function card(item: QueueItemView, next: string | null, scene: QueueScene): Html {
  const { site, query, mayDecide, allPicked, now } = scene;
  const place: CardPlace = {
    site,
    now,
    articleLink: (article) => listPath(site.key, query, { article }),
    campaignLink: (campaign) => (query.campaign === null ? listPath(site.key, query, { campaign }) : null),
    reasonLink: (reason) => listPath(site.key, query, { reason }),
  };
  const checked = allPicked && html`checked`;
  return html`<article class="card" id="c-${item.id}" tabindex="-1" aria-labelledby="by-${item.id}">
    <header>
      ${
        mayDecide &&
        html`<input
          type="checkbox"
          form="bulk"
          name="pick.${item.id}"
          value="${item.version}"
          aria-label="Select"
          aria-describedby="by-${item.id}"
          ${checked}
        />`
      }
      <h2 id="by-${item.id}"><a href="${commentPath(site.key, item.id)}">${nameOf(item)}</a></h2>
      ${authorLine(item)}
    </header>
    ${placeLine(item, place)} ${reportsOf(item)} ${bodyOf(item)} ${reasons(item, place)}
    ${mayDecide && decisionForm(item, site, { back: describeQuery(query).toString(), next, canUndo: false })}
  </article>`;
}

function empty({ site, query, page, notice, summary }: QueueScene): Html {
  const { search, reason, language, article, campaign } = query;
  const isFiltered = [search, reason, language, article, campaign].some((one) => one !== null);
  const first = html`<p><a href="${listPath(site.key, query)}">Back to the first page</a></p>`;
  const says = (): string => {
    // A search of a long list is read a stretch at a time.
    if (page.nextCursor !== null) return 'Nothing so far. The next page looks further.';
    if (query.cursor !== null) return 'You have reached the end of this list.';
    if (isFiltered) return 'Nothing here matches that.';
    if (query.status !== 'pending') return 'There is nothing here.';
    if (summary.counts.received > 0)
      return 'Nothing is waiting for you yet; the newest comments are still being looked at.';
    return notice
      ? 'That was the last one. Nothing is waiting for you.'
      : 'Nothing is waiting for you. Have a good day.';
  };
  return html`<div class="empty" id="list" tabindex="-1">
    <p>${says()}</p>
    ${query.cursor !== null && first}
  </div>`;
}

function pager({ site, query, page }: QueueScene): Content {
  if (query.cursor === null && page.nextCursor === null) return null;
  return html`<nav class="pager" aria-label="Pages of the list">
    ${query.cursor !== null && html`<a href="${listPath(site.key, query)}">First page</a>`}
    ${page.nextCursor !== null && html`<a href="${listPath(site.key, query, { cursor: page.nextCursor })}" rel="next">Next page</a>`}
  </nav>`;
}

function standing({ site, summary }: QueueScene): Html {
  const { counts, decisionsToday, oldestWaitingSeconds } = summary;
  const hours = oldestWaitingSeconds === null ? 0 : Math.floor(oldestWaitingSeconds / 3600);
  return html`<p class="quiet standing">
    ${count(decisionsToday, 'decision')} today.
    ${hours > 0 && html`The oldest comment has waited ${count(hours, 'hour')}.`}
    ${counts.received > 0 && html`${count(counts.received, 'new comment')} still being looked at.`}
    <a href="${sitePath(site.key, '/filter')}">How the filter did</a>
  </p>`;
}
