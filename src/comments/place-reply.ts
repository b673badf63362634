import type { CommentId } from '../platform/ids.js';

export interface AnsweredPlace {
  readonly id: CommentId;
  readonly parentId: CommentId | null;
  readonly depth: number;
}

/** Where a reply stands: under what it answers; beside it where that is as deep as replies nest. */
export function placeReply(
  answered: AnsweredPlace,
  maxDepth: number,
): { readonly parentId: CommentId | null; readonly depth: number } {
  if (maxDepth === 0) return { parentId: null, depth: 0 };
  const isTooDeep = answered.depth >= maxDepth;
  return isTooDeep
    ? { parentId: answered.parentId, depth: answered.depth }
    : { parentId: answered.id, depth: answered.depth + 1 };
}
