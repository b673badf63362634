import { makeArticle } from './comment-article.js';
import { makeBody, makeButton } from './dom.js';
import { makeReportButton } from './report-button.js';
import type { ArticleService, PublishedComment } from './service.js';
import type { Speech } from './speech.js';

export interface PublishedPlace {
  readonly service: ArticleService;
  readonly speech: Speech;
  /** Nobody reports their own. */
  readonly isOwn: boolean;
  /** What its author can still do with it. */
  readonly ownActions: readonly HTMLElement[];
  /** Null where the article takes no more comments. */
  readonly reply: (() => void) | null;
  readonly say: (sentence: string) => void;
}

/** A comment that everybody sees, with what one can do about it. */
export function makePublishedArticle(comment: PublishedComment, place: PublishedPlace): HTMLElement {
  const { id, parentId, author, html, publishedAt } = comment;
  const { service, speech, isOwn, ownActions, reply, say } = place;
  const actions = [...ownActions];
  if (reply) {
    actions.unshift(makeButton(speech.texts.reply, reply, { class: 'button reply', 'aria-describedby': `by-${id}` }));
  }
  if (!isOwn) actions.push(makeReportButton(comment, service, speech, say));
  const shown = { ...author, id, publishedAt, isReply: parentId !== null };
  return makeArticle({ ...shown, body: makeBody(html), actions }, speech);
}
