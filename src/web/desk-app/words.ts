// What the desk says of decisions, in a moderator's words.
import type { CommentStatus, Decision } from '../../comments/comment-status.js';
import type { Detail, Item } from './item.js';

const DONE: Readonly<Record<Decision, string>> = {
  approve: 'Approved',
  publish: 'Published',
  unpublish: 'Taken back from the readers',
  reject: 'Rejected',
  spam: 'Marked as spam',
  restore: 'Put back into the queue',
  undo: 'Undone',
  delete: 'Deleted for good',
};

export function doneInWords(decision: Decision | null, status: CommentStatus): string {
  if (decision === null) return STATUS_WORDS[status];
  return decision === 'approve' && status === 'published' ? 'Approved and published' : DONE[decision];
}

/** What a colleague has done, as a sentence goes on behind their name. */
export const DID_WORDS: Readonly<Record<CommentStatus, string>> = {
  received: 'sent it back to the checks',
  pending: 'put it back into the queue',
  spam: 'marked it as spam',
  approved: 'approved it',
  published: 'published it',
  rejected: 'rejected it',
  deleted: 'deleted it',
};

/** What a comment is now. */
export const STATUS_WORDS: Readonly<Record<CommentStatus, string>> = {
  received: 'sent back to the checks',
  pending: 'back in the queue',
  spam: 'marked as spam',
  approved: 'approved',
  published: 'published',
  rejected: 'rejected',
  deleted: 'deleted',
};

/** Why a decision was refused: what has changed since the card came on screen. */
export function refusalInWords(before: Item, now: Detail): string {
  const last = now.events.at(-1);
  const by = last?.by ?? 'Somebody';
  if (now.body !== before.body) return `${by} has changed the text meanwhile. Read it again, then decide.`;
  if (now.status !== before.status)
    return `${by} was faster: it is ${STATUS_WORDS[now.status]}. Decide again if you see it otherwise.`;
  return 'It has changed meanwhile. Look again, then decide.';
}
