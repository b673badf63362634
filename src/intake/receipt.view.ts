// What the author of a comment may know of it.
import type { EntityManager } from 'typeorm';
import { CommentEvent } from '../comments/comment-event.entity.js';
import { Comment } from '../comments/comment.entity.js';
import { EDITABLE, type CommentStatus } from '../comments/comment-status.js';
import { MOST_EDITS } from '../comments/rule-on-edit.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import type { KnownSite } from '../sites/site-directory.js';

const MINUTE_MS = 60_000;

export type ReceiptStatus = 'received' | 'pending' | 'published' | 'declined';

export interface ReceiptView {
  readonly id: string;
  readonly status: ReceiptStatus;
  /** Until when its author may change the text; null when that is over, or was never so. */
  readonly editableUntil: string | null;
  readonly reason?: string;
}

/** What a reader may know: not whether a machine took it for spam, nor that it is approved but not out yet. */
const SHOWN_AS: Readonly<Record<CommentStatus, ReceiptStatus>> = {
  received: 'received',
  pending: 'pending',
  spam: 'pending',
  approved: 'pending',
  published: 'published',
  rejected: 'declined',
  deleted: 'declined',
};

export type OwnComment = Pick<
  Comment,
  'id' | 'articleId' | 'status' | 'version' | 'revision' | 'authorEmail' | 'submittedAt'
>;

/** @throws Problem `receipt-not-found` */
export async function findOwnComment(manager: EntityManager, siteId: SiteId, id: CommentId): Promise<OwnComment> {
  const select = {
    id: true,
    articleId: true,
    status: true,
    version: true,
    revision: true,
    authorEmail: true,
    submittedAt: true,
  };
  const comment = await manager.findOne(Comment, { where: { siteId, id }, select });
  if (!comment) throw new Problem('receipt-not-found');
  return comment;
}

export async function viewReceipt(
  manager: EntityManager,
  site: KnownSite,
  comment: OwnComment,
  now: Date,
): Promise<ReceiptView> {
  const { id } = comment;
  const status = SHOWN_AS[comment.status];
  const closesAt = editingClosesAt(comment, site);
  const isEditable = EDITABLE.author.includes(comment.status) && now < closesAt && comment.revision <= MOST_EDITS;
  const view = { id, status, editableUntil: isEditable ? closesAt.toISOString() : null };
  if (comment.status !== 'rejected') return view;
  const event = await lastEvent(manager, site.id, comment);
  // A moderator's reason is meant for the author; a screening's is not.
  const reason = event?.actorKind === 'person' ? event.reason : null;
  return { ...view, ...(reason && { reason }) };
}

/** Counted from when it was sent, so that no edit makes room for the next one. */
export function editingClosesAt({ submittedAt }: Pick<Comment, 'submittedAt'>, { settings }: KnownSite): Date {
  return new Date(submittedAt.getTime() + settings.editMinutes * MINUTE_MS);
}

/** Whether it is gone because its author wanted it to be. */
export async function isDeletedByAuthor(manager: EntityManager, site: SiteId, comment: OwnComment): Promise<boolean> {
  return comment.status === 'deleted' && (await lastEvent(manager, site, comment))?.actorKind === 'author';
}

function lastEvent(manager: EntityManager, siteId: SiteId, { id, version }: OwnComment): Promise<CommentEvent | null> {
  return manager.findOneBy(CommentEvent, { siteId, commentId: id, version });
}
