// What one comment adds to the record of the filter: what the machine did with it, and what people say of that now. A
// pure function of the row, so that a move changes the record by the difference of two tallies, and an undo by its
// opposite.
import type { Label } from '../lib/spam/verdict.js';
import type { CommentStatus } from './comment-status.js';

/** What the last screening of a comment came to. */
export interface MachineAnswer {
  readonly label: Label;
  /** Where it put the comment, or would have put it, had it not been chosen for the blind share. */
  readonly to: CommentStatus;
  /** Whether people decide on it without knowing all this. */
  readonly isBlind: boolean;
  readonly at: Date;
}

/** The counts of the record, in the order of its columns. */
export const TALLIES = [
  'screened',
  'put_away',
  'held',
  'let_out',
  'restored',
  'marked',
  'blind',
  'blind_ham',
  'blind_spam',
  'false_positives',
  'false_negatives',
] as const;

export type Tally = Readonly<Record<(typeof TALLIES)[number], number>>;

/** @param status where the comment is now */
export function tallyVerdict({ label, to, isBlind }: MachineAnswer, status: CommentStatus): Tally {
  // What nobody may know yet, the record does not tell either: who reads it before and after a comment would know.
  const isWithheld = isBlind && (status === 'pending' || status === 'received');
  const isPutAway = to === 'spam' && !isWithheld;
  const isLetOut = isOut(to) && !isWithheld;
  const isSpam = status === 'spam';
  // Whatever waits in the queue although the machine put it away, a person has put there.
  const isRestored = isOut(status) || status === 'pending';
  const blindHam = isBlind && isOut(status);
  const blindSpam = isBlind && isSpam;
  return {
    screened: 1,
    put_away: Number(isPutAway),
    held: Number(!isPutAway && !isLetOut),
    let_out: Number(isLetOut),
    restored: Number(isPutAway && isRestored),
    marked: Number(isLetOut && isSpam),
    blind: Number(isBlind),
    blind_ham: Number(blindHam),
    blind_spam: Number(blindSpam),
    false_positives: Number(blindHam && isPutAway),
    // What it found fine and a policy held all the same it has missed too.
    false_negatives: Number(blindSpam && (isLetOut || label === 'ham')),
  };
}

/** Accepted: a person who rejects something finds it unfit and says nothing of spam. */
function isOut(status: CommentStatus): boolean {
  return status === 'approved' || status === 'published';
}
