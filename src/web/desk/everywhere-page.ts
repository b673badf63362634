// The comments of all sites that somebody moderates, as one list. It is given everything and asks nobody.
import type { ItemOfSite } from '../../moderation/queue-across-sites.js';
import type { QueueQuery } from '../../moderation/queue-query.js';
import type { SummaryAcrossSitesView } from '../../moderation/summary-across-sites.js';
import { count } from '../../lib/spam/wording.js';
import { html, type Content, type Html } from '../../platform/pages/html.js';
import type { KnownSite } from '../../sites/site-directory.js';
import {
  authorLine,
  bodyOf,
  decisionForm,
  hidden,
  nameOf,
  placeLine,
  reportsOf,
  reasons,
  type CardPlace,
} from './comment-card.js';
import {
  backEverywhere,
  commentPath,
  everywherePath,
  listPath,
  readDeskQuery,
  sitePath,
  withoutFilters,
} from './desk-links.js';
import { noticeBar } from './desk-shell.js';
import { describeNotice, type Notice } from './notice.js';
import { listTitle, reportedTab, TABS } from './queue-page.js';
import { searchFields } from './search-fields.js';

export interface CardEverywhere {
  readonly item: ItemOfSite;
  readonly site: KnownSite;
  readonly mayDecide: boolean;
}

/** What was just decided, and on which site. */
export interface DoneThere {
  readonly site: KnownSite;
  readonly notice: Notice;
}

export interface EverywhereScene {
  readonly query: QueueQuery;
  readonly cards: readonly CardEverywhere[];
  readonly nextCursor: string | null;
  readonly summary: SummaryAcrossSitesView;
  readonly done: DoneThere | null;
  readonly now: Date;
}

export function everywhereTitle({ query, done, summary }: EverywhereScene): string {
  return `${done ? `${describeNotice(done.notice)}. ` : ''}${listTitle(query, summary)}, all your sites`;
}

export function renderEverywhere(scene: EverywhereScene): Html {
  const { query, cards, nextCursor, done } = scene;
  return html`<h1>Comments of all your sites</h1>
    ${tabs(scene)} ${done && noticeBar(done.notice, done.site, backEverywhere(query))} ${filters(query)}
    ${
      cards.length === 0
        ? empty(scene)
        : html`<ol class="cards" id="list" tabindex="-1">
            ${cards.map((one, index) => html`<li>${card(one, cards[index + 1]?.item.id ?? null, scene)}</li>`)}
          </ol>`
    }
    ${pager(query, nextCursor)}
    <p class="quiet standing">
      ${count(scene.summary.decisionsToday, 'decision')} today. ${count(scene.summary.sitesWaiting, 'site')} with
      comments waiting.
    </p>`;
}

function tabs({ query, summary }: EverywhereScene): Html {
  const plain = withoutFilters(query);
  const reported = everywherePath(plain, { status: 'published', isReported: true });
  return html`<nav class="tabs" aria-label="Comments by status">
    ${TABS.map(([status, words]) => {
      const current = status === query.status && !query.isReported && html` aria-current="page"`;
      return html`<a href="${everywherePath(plain, { status })}" ${current}
        >${words} <span class="count">${summary.counts[status]}</span></a
      >`;
    })}
    ${reportedTab(reported, query, summary)}
  </nav>`;
}

function filters(query: QueueQuery): Html {
  const { status, isReported, reason } = query;
  return html`<form class="filters" method="get" action="/desk/queue" role="search">
      ${status !== 'pending' && hidden('status', status)} ${isReported && hidden('reported', '1')}
      ${reason !== null && hidden('reason', reason)} ${searchFields(query)}
      <button>Show</button>
    </form>
    ${chips(query)}`;
}

function chips(query: QueueQuery): Content {
  const { search, reason, language } = query;
  if (search === null && reason === null && language === null) return null;
  const chip = (words: Content, without: Partial<QueueQuery>): Html =>
    html`<li>${words} <a href="${everywherePath(query, without)}">show all again</a></li>`;
  return html`<ul class="chips">
    ${reason !== null && chip(html`Only with the reason ${reason}:`, { reason: null })}
    ${language !== null && chip(html`Only in the language ${language}:`, { language: null })}
    ${search !== null && chip(html`Only with “<bdi>${search}</bdi>”:`, { search: null })}
  </ul>`;
}

function card({ item, site, mayDecide }: CardEverywhere, next: string | null, { query, now }: EverywhereScene): Html {
  const place: CardPlace = {
    site,
    now,
    articleLink: (article) => listPath(site.key, readDeskQuery({ status: item.status, article })),
    campaignLink: (campaign) => listPath(site.key, readDeskQuery({ status: item.status, campaign })),
    reasonLink: (reason) => everywherePath(query, { reason }),
  };
  return html`<article class="card" id="c-${item.id}" tabindex="-1" aria-labelledby="by-${item.id}">
    <p class="quiet of-site">
      <a href="${sitePath(site.key)}"><bdi>${site.name}</bdi></a>
    </p>
    <header>
      <h2 id="by-${item.id}"><a href="${commentPath(site.key, item.id)}">${nameOf(item)}</a></h2>
      ${authorLine(item)}
    </header>
    ${placeLine(item, place)} ${reportsOf(item)} ${bodyOf(item)} ${reasons(item, place)}
    ${mayDecide && decisionForm(item, site, { back: backEverywhere(query), next, canUndo: false })}
  </article>`;
}

function empty({ query, done }: EverywhereScene): Html {
  const says = (): string => {
    if (query.cursor !== null) return 'You have reached the end of this list.';
    if ([query.search, query.reason, query.language].some((one) => one !== null)) return 'Nothing here matches that.';
    if (query.status !== 'pending') return 'There is nothing here.';
    return done ? 'That was the last one. Nothing is waiting for you.' : 'Nothing is waiting for you. Have a good day.';
  };
  return html`<div class="empty" id="list" tabindex="-1"><p>${says()}</p></div>`;
}

function pager(query: QueueQuery, nextCursor: string | null): Content {
  if (query.cursor === null && nextCursor === null) return null;
  return html`<nav class="pager" aria-label="Pages of the list">
    ${query.cursor !== null && html`<a href="${everywherePath(query)}">First page</a>`}
    ${nextCursor !== null && html`<a href="${everywherePath(query, { cursor: nextCursor })}" rel="next">Next page</a>`}
  </nav>`;
}
