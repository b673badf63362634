// What is said after a decision, and what it takes to undo it. It travels in the address, sealed: nobody can make a
// moderator's page say what did not happen, nor undo what was not just done.
import { DECISIONS, type CommentStatus, type Decision } from '../../comments/comment-status.js';
import { count } from '../../lib/spam/wording.js';
import { openCursor, sealCursor } from '../../platform/signing/cursor.js';
import type { Secrets } from '../../platform/signing/secrets.js';

export interface Decided {
  readonly id: string;
  readonly version: number;
}

export interface Notice {
  readonly decision: Decision;
  /** Where the comments are now; of several, where the first is. */
  readonly status: CommentStatus | null;
  readonly moved: readonly Decided[];
  /** Already so when we came, and nothing was reported about it. */
  readonly inForce: number;
  /** Reported by readers, and left as it is: its reports are settled by that. */
  readonly kept: number;
  /** Decided otherwise by somebody else meanwhile, or gone. */
  readonly refused: number;
}

type Scope = readonly [site: string, account: string];

export function sealNotice(secrets: Secrets, scope: Scope, notice: Notice): string {
  const { decision, status, moved, inForce, kept, refused } = notice;
  const pairs = moved.flatMap(({ id, version }) => [id, String(version)]);
  return sealCursor(
    secrets,
    ['desk-notice', ...scope],
    [decision, status ?? '', String(inForce), String(kept), String(refused), ...pairs],
  );
}

/** Null for what was not sealed for this person and this site. */
export function openNotice(secrets: Secrets, scope: Scope, sealed: string | undefined): Notice | null {
  if (sealed === undefined) return null;
  let parts: string[];
  try {
    parts = openCursor(secrets, ['desk-notice', ...scope], sealed);
  } catch {
    return null;
  }
  const [typed = '', status = '', inForce, kept, refused, ...pairs] = parts;
  const decision = DECISIONS.find((one) => one === typed);
  if (!decision) return null;
  const moved = pairs.flatMap((id, index) => (index % 2 === 0 ? [{ id, version: Number(pairs[index + 1]) }] : []));
  return {
    decision,
    status: status === '' ? null : (status as CommentStatus),
    moved,
    inForce: Number(inForce),
    kept: Number(kept),
    refused: Number(refused),
  };
}

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

/** "Approved and published", "3 comments: Rejected. 1 comment was decided by somebody else meanwhile." */
export function describeNotice({ decision, status, moved, inForce, kept, refused }: Notice): string {
  const isOut = decision === 'approve' && status === 'published';
  const done = `${DONE[decision]}${isOut ? ' and published' : ''}`;
  const sentences = [
    moved.length === 1 && done,
    moved.length > 1 && `${count(moved.length, 'comment')}: ${done.charAt(0).toLowerCase()}${done.slice(1)}`,
    kept === 1 && 'Kept. Its reports are settled',
    kept > 1 && `${count(kept, 'comment')} kept. Their reports are settled`,
    inForce > 0 && `${count(inForce, 'comment')} had been dealt with in the same way already`,
    refused > 0 && `${count(refused, 'comment')} left as found: somebody was faster, or it cannot be done with it`,
    moved.length + inForce + kept + refused === 0 && 'Nothing was selected',
  ].filter((one) => one !== false);
  return sentences.join('. ');
}

export function canUndo({ decision, moved }: Notice): boolean {
  return moved.length > 0 && decision !== 'undo' && decision !== 'delete';
}
