export const COMMENT_STATUSES = [
  'received',
  'pending',
  'spam',
  'approved',
  'published',
  'rejected',
  'deleted',
] as const;
export type CommentStatus = (typeof COMMENT_STATUSES)[number];

/** What a person may do with a comment. */
export const DECISIONS = ['approve', 'publish', 'unpublish', 'reject', 'spam', 'restore', 'undo', 'delete'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What an event can say was done. `purge` leaves no event: the comment is gone. */
export type Action = Decision | 'submit' | 'screening' | 'edit' | 'reply';

export type Editor = 'author' | 'person';

/**
 * In which statuses a text can be edited. An author is not told that a machine or a person took the comment for spam, so
 * spam takes their edit like what waits.
 */
export const EDITABLE: Readonly<Record<Editor, readonly CommentStatus[]>> = {
  author: ['received', 'pending', 'spam', 'approved', 'published'],
  person: ['pending', 'approved', 'published'],
};

type TableDecision = Exclude<Decision, 'undo'>;

/** From which statuses a decision moves a comment. The table of the life of a comment, and the only one. */
const ALLOWED_FROM: Readonly<Record<TableDecision, readonly CommentStatus[]>> = {
  approve: ['received', 'pending', 'spam', 'rejected'],
  publish: ['received', 'pending', 'approved', 'spam', 'rejected'],
  unpublish: ['published'],
  reject: ['received', 'pending', 'approved', 'published', 'spam'],
  spam: ['received', 'pending', 'approved', 'published', 'rejected'],
  restore: ['spam', 'rejected', 'approved', 'published'],
  delete: ['received', 'pending', 'spam', 'approved', 'published', 'rejected'],
};

/** In which statuses a decision is in force already: repeating it changes nothing and is no error. */
const IN_FORCE: Readonly<Record<TableDecision, readonly CommentStatus[]>> = {
  approve: ['approved', 'published'],
  publish: ['published'],
  unpublish: ['approved'],
  reject: ['rejected'],
  spam: ['spam'],
  restore: ['pending'],
  delete: ['deleted'],
};

const TARGET: Readonly<Record<Exclude<TableDecision, 'approve'>, CommentStatus>> = {
  publish: 'published',
  unpublish: 'approved',
  reject: 'rejected',
  spam: 'spam',
  restore: 'pending',
  delete: 'deleted',
};

export type MoveRuling =
  { readonly kind: 'move'; readonly to: CommentStatus } | { readonly kind: 'in-force' } | { readonly kind: 'refused' };

/** What the table says about a decision on a comment in this status. */
export function ruleOn(decision: TableDecision, from: CommentStatus, publishOnApproval: boolean): MoveRuling {
  if (IN_FORCE[decision].includes(from)) return { kind: 'in-force' };
  if (!ALLOWED_FROM[decision].includes(from)) return { kind: 'refused' };
  if (decision === 'approve') return { kind: 'move', to: publishOnApproval ? 'published' : 'approved' };
  return { kind: 'move', to: TARGET[decision] };
}
