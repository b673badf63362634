// One comment with all that happened to it, and the page that asks before it is deleted.
import { DECISIONS, type CommentStatus } from '../../comments/comment-status.js';
import type { CommentDetailView, EventView, RevisionView } from '../../moderation/comment-detail.js';
import { html, type Html } from '../../platform/pages/html.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { momentOf } from '../pages/moment.js';
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
import { commentPath, listPath, readDeskQuery } from './desk-links.js';
import { noticeBar } from './desk-shell.js';
import { editLink } from './edit-page.js';
import { markHiddenText } from './mark-hidden.js';
import type { Notice } from './notice.js';

/** As the form's `back`: the way leads to this page and to no list. */
export const BACK_HERE = 'comment';

const STATUS_WORDS: Readonly<Record<CommentStatus, string>> = {
  received: 'being looked at',
  pending: 'waiting for a decision',
  spam: 'put away as spam',
  approved: 'approved, not published',
  published: 'published',
  rejected: 'rejected',
  deleted: 'deleted',
};

export interface CommentScene {
  readonly site: KnownSite;
  readonly comment: CommentDetailView;
  readonly notice: Notice | null;
  /** Why the last attempt changed nothing. */
  readonly alert: string | null;
  readonly mayDecide: boolean;
  /** An owner may export and erase what is kept of its author. */
  readonly isOwner: boolean;
  readonly now: Date;
}

export function renderComment({ site, comment, notice, alert, mayDecide, isOwner, now }: CommentScene): Html {
  const place: CardPlace = {
    site,
    now,
    articleLink: (article) => listPath(site.key, readDeskQuery({ status: comment.status, article })),
    campaignLink: (campaign) => listPath(site.key, readDeskQuery({ status: comment.status, campaign })),
    reasonLink: (reason) => listPath(site.key, readDeskQuery({ status: comment.status, reason })),
  };
  return html`<p class="trail">
      <a href="${listPath(site.key, readDeskQuery({ status: comment.status }))}">Back to the list</a>
    </p>
    ${noticeBar(notice, site, BACK_HERE)} ${alert !== null && html`<p class="alert" role="alert">${alert}</p>`}
    <article class="card alone" aria-labelledby="by-${comment.id}">
      <header>
        <h1 id="by-${comment.id}">${nameOf(comment)}</h1>
        ${authorLine(comment)}
      </header>
      <p>
        This comment is <strong>${STATUS_WORDS[comment.status]}</strong>.
        ${comment.editedAt !== null && html`It was edited on ${momentOf(comment.editedAt)}.`}
      </p>
      ${placeLine(comment, place)} ${reportsOf(comment)} ${bodyOf(comment)} ${reasons(comment, place)}
      ${mayDecide && decisionForm(comment, site, { back: BACK_HERE, next: null, canUndo: isUndoable(comment.events) })}
      ${mayDecide && editLink(comment, site)}
      ${
        isOwner &&
        comment.author.email !== '' &&
        html`<p><a href="${commentPath(site.key, comment.id, '/person')}">All of this person’s data</a></p>`
      }
    </article>
    ${comment.revisions.length > 0 && earlierTexts(comment.revisions)}
    <section aria-labelledby="events">
      <h2 id="events">What happened</h2>
      <ol class="events">
        ${comment.events.map(renderEvent)}
      </ol>
    </section>`;
}

function earlierTexts(revisions: readonly RevisionView[]): Html {
  return html`<section aria-labelledby="texts">
    <h2 id="texts">What it said before</h2>
    <ol class="events texts">
      ${revisions.map(
        ({ body, replacedAt, replacedBy }) =>
          html`<li>
            <div class="body" dir="auto">${markHiddenText(body)}</div>
            <span class="quiet"
              >until <bdi>${BY[replacedBy] ?? replacedBy}</bdi> edited it, ${momentOf(replacedAt)}</span
            >
          </li>`,
      )}
    </ol>
  </section>`;
}

/** The last event was a person's, and one that can be taken back. What a machine did is no decision. */
function isUndoable(events: readonly EventView[]): boolean {
  const last = events.at(-1)?.action;
  return DECISIONS.some((decision) => decision === last) && last !== 'undo' && last !== 'delete';
}

const ACTION_WORDS: Readonly<Record<string, string>> = {
  submit: 'Sent',
  screening: 'Looked at',
  approve: 'Approved',
  publish: 'Published',
  unpublish: 'Taken back from the readers',
  reject: 'Rejected',
  spam: 'Marked as spam',
  restore: 'Put back into the queue',
  undo: 'Last decision undone',
  edit: 'Edited',
  reply: 'Written at the desk',
  delete: 'Deleted',
};

const BY: Readonly<Record<string, string>> = {
  author: 'the author',
  screening: 'the filter',
  service: 'the service',
};

function renderEvent({ from, to, action, at, by, reason, note }: EventView): Html {
  return html`<li>
    <strong>${ACTION_WORDS[action] ?? action}</strong> by <bdi>${BY[by] ?? by}</bdi>
    <span class="quiet">${momentOf(at)}; ${from === null ? to : `${from} to ${to}`}</span>
    ${reason !== undefined && html`<p dir="auto">${reason}</p>`}
    ${note !== undefined && html`<p dir="auto"><span class="quiet">Note:</span> ${note}</p>`}
  </li>`;
}

export function renderDeletion({ site, comment }: Pick<CommentScene, 'site' | 'comment'>): Html {
  return html`<h1>Delete this comment for good?</h1>
    <p>Its text, the name, the e-mail address and the website are erased. This cannot be undone. Replies to it stay.</p>
    <article class="card alone" aria-labelledby="by-${comment.id}">
      <h2 id="by-${comment.id}">${nameOf(comment)}</h2>
      ${bodyOf(comment)}
    </article>
    <form class="decide" method="post" action="${commentPath(site.key, comment.id)}">
      ${hidden('version', String(comment.version))} ${hidden('back', BACK_HERE)}
      <div class="buttons">
        <button name="decision" value="delete" class="delete">Delete it for good</button>
        <a class="button" href="${commentPath(site.key, comment.id)}">Keep it</a>
      </div>
    </form>`;
}
