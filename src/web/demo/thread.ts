// The published comments of one page as nested lists. It shows what `viewThread` gives and knows nothing else.
import { html, trusted, type Content, type Html } from '../../platform/pages/html.js';
import { groupBy } from '../../platform/group-by.js';
import type { ThreadCommentView, ThreadView } from '../../publishing/thread.view.js';
import { momentOf } from '../pages/moment.js';

const LINK_REL = 'nofollow ugc noopener noreferrer';

export interface ThreadLinks {
  /** Null: the article takes no more comments. */
  readonly replyLink: ((id: string) => string) | null;
  readonly reportLink: (id: string) => string;
}

export function renderThread({ comments }: ThreadView, { replyLink, reportLink }: ThreadLinks): Html {
  const known = new Set(comments.map(({ id }) => id));
  const byParent = groupBy(comments, ({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : null));
  const list = (parent: string | null): Content => {
    const children = byParent.get(parent);
    return (
      children &&
      html`<ol class="thread">
        ${children.map((one) => html`<li>${comment(one)} ${list(one.id)}</li>`)}
      </ol>`
    );
  };
  const comment = (one: ThreadCommentView): Html => renderComment(one, known, { replyLink, reportLink });
  return html`${list(null)}`;
}

function renderComment(
  { id, parentId, author, html: body, publishedAt }: ThreadCommentView,
  known: ReadonlySet<string>,
  { replyLink, reportLink }: ThreadLinks,
): Html {
  const name = html`<bdi>${author.name}</bdi>`;
  const isOrphan = parentId !== null && !known.has(parentId);
  return html`<article class="comment" id="comment-${id}" aria-labelledby="by-${id}">
    <header>
      <span class="author" id="by-${id}"
        >${author.url === null ? name : html`<a href="${author.url}" rel="${LINK_REL}">${name}</a>`}</span
      >
      ${author.verified && html`<span class="verified">Site team</span>`}
      <a class="quiet" href="#comment-${id}">${momentOf(publishedAt)}</a>
      ${isOrphan && html`<span class="quiet">in reply to a comment on another page</span>`}
    </header>
    <div class="body" dir="auto">${trusted(body)}</div>
    <p class="reply">
      ${replyLink && html`<a href="${replyLink(id)}" aria-describedby="by-${id}">Reply</a>`}
      <a class="quiet" href="${reportLink(id)}" rel="nofollow" aria-describedby="by-${id}">Report</a>
    </p>
  </article>`;
}
