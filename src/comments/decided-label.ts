// What people say a comment is: their last decision in force, as the filter knows it of authors, networks and links.
import type { Action, CommentStatus } from './comment-status.js';

export type DecidedLabel = 'ham' | 'spam';

/**
 * The label after an action. To reject is to find something unfit, not to call it spam; who takes a comment back into the
 * queue takes their judgement back; and who unpublishes says nothing of spam. An author's edit leaves nothing in force: what
 * people said was said of another text.
 */
export function labelAfter(
  action: Action,
  standing: { readonly decided: DecidedLabel | null; readonly decidedBefore: DecidedLabel | null },
): DecidedLabel | null {
  if (action === 'approve' || action === 'publish') return 'ham';
  if (action === 'spam') return 'spam';
  if (action === 'undo') return standing.decidedBefore;
  return action === 'unpublish' ? standing.decided : null;
}

/** How a comment's links stand: as people decided, or `out` where a policy published it and nobody has said anything. */
export type LinkStanding = DecidedLabel | 'out';

export function standingOf(decided: DecidedLabel | null, status: CommentStatus): LinkStanding | null {
  return decided ?? (status === 'published' ? 'out' : null);
}
