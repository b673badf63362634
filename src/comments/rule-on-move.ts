import type { CommentId } from '../platform/ids.js';
import type { ActorKind } from './comment-event.entity.js';
import { ruleOn, type Action, type CommentStatus, type Decision } from './comment-status.js';

/** What move-comment knows of a comment it has locked. */
export interface LockedComment {
  readonly id: CommentId;
  readonly status: CommentStatus;
  readonly version: number;
  /** The comment's newest event. */
  readonly last: { readonly action: Action; readonly from: CommentStatus | null; readonly actorKind: ActorKind } | null;
}

export interface DecisionRequest {
  readonly id: CommentId;
  readonly decision: Decision;
  /** The version the person saw; left out, any version will do. */
  readonly version?: number | undefined;
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
}

/** What became of a decision. Only `moved` has changed anything. */
export type Ruling =
  | { readonly kind: 'moved'; readonly to: CommentStatus }
  | { readonly kind: 'in-force' }
  | { readonly kind: 'move-refused' }
  | { readonly kind: 'nothing-to-undo' }
  | { readonly kind: 'version-conflict' };

/**
 * The order of the questions is a promise: in force already is never an error, even with a stale version; then the
 * version; then the table of moves.
 */
export function ruleOnDecision(
  comment: LockedComment,
  { decision, version }: DecisionRequest,
  publishOnApproval: boolean,
): Ruling {
  const isStale = version !== undefined && version !== comment.version;
  if (decision === 'undo') return isStale ? { kind: 'version-conflict' } : ruleOnUndo(comment);
  const ruling = ruleOn(decision, comment.status, publishOnApproval);
  if (ruling.kind === 'in-force') return ruling;
  if (isStale) return { kind: 'version-conflict' };
  return ruling.kind === 'move' ? { kind: 'moved', to: ruling.to } : { kind: 'move-refused' };
}

const LASTING: readonly Action[] = ['undo', 'delete', 'edit', 'reply'];

/** Only the last decision of a person: neither a deletion (the text is gone) nor an undo, and no edit or reply, which decided nothing. */
function ruleOnUndo({ last }: LockedComment): Ruling {
  const canUndo = last?.actorKind === 'person' && last.from && !LASTING.includes(last.action);
  return canUndo ? { kind: 'moved', to: last.from } : { kind: 'nothing-to-undo' };
}
