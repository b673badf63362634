import type { CommentId } from '../platform/ids.js';
import { EDITABLE, type CommentStatus, type Editor } from './comment-status.js';

/** Texts that an author may give one comment after its first: each is kept, and read by people. */
export const MOST_EDITS = 20;

export interface EditRequest {
  readonly id: CommentId;
  readonly body: string;
  /** The version the person saw; left out, any version will do. */
  readonly version?: number | undefined;
  /** When the time to edit is over, for who has only so much of it. */
  readonly isTooLate?: boolean | undefined;
  readonly reason?: string | undefined;
}

/** What became of an edit. Only `edited` has changed anything. */
export type EditRuling =
  | { readonly kind: 'edited'; readonly to: CommentStatus }
  | { readonly kind: 'in-force' }
  | { readonly kind: 'version-conflict' }
  | { readonly kind: 'edit-too-late' }
  | { readonly kind: 'edited-too-often' }
  | { readonly kind: 'move-refused' };

/** In the order of all questions about moves: the same text again is no error, whenever it comes; then the version. */
export function ruleOnEdit(
  comment: {
    readonly status: CommentStatus;
    readonly version: number;
    readonly revision: number;
    readonly body: string;
  },
  { body, version, isTooLate }: EditRequest,
  editor: Editor,
): EditRuling {
  if (body === comment.body) return { kind: 'in-force' };
  if (version !== undefined && version !== comment.version) return { kind: 'version-conflict' };
  if (isTooLate === true) return { kind: 'edit-too-late' };
  if (!EDITABLE[editor].includes(comment.status)) return { kind: 'move-refused' };
  if (editor === 'author' && comment.revision > MOST_EDITS) return { kind: 'edited-too-often' };
  return { kind: 'edited', to: editor === 'author' ? 'received' : comment.status };
}
