// What a comment teaches, told by its history alone: the label that people's decisions in force give it, and since when.
import type { Action } from '../comments/comment-status.js';
import type { ActorKind } from '../comments/comment-event.entity.js';
import { labelAfter, type DecidedLabel } from '../comments/decided-label.js';
import { saysSpam } from './says-spam.js';

export interface HistoryEvent {
  readonly action: Action;
  readonly actorKind: ActorKind;
  readonly reason: string | null;
  /** Null for the arrival. */
  readonly seq: number | null;
}

export interface Teaching {
  readonly label: DecidedLabel;
  /** Of the decision that gave the label: its place among all that the site has taught. */
  readonly seq: number;
}

/**
 * What the comment teaches after each event of its history, which begins with its first. An undo brings back what stood
 * before the decision it takes back, with its old place; who publishes what they had approved says nothing new. What a
 * person of the site has written themselves teaches nothing, whatever becomes of it.
 */
export function teachingsOf(history: readonly HistoryEvent[]): (Teaching | null)[] {
  if (history[0]?.action === 'reply') return history.map(() => null);
  const teachings: (Teaching | null)[] = [];
  for (const event of history) {
    const now = teachings.at(-1) ?? null;
    teachings.push(event.action === 'undo' ? (teachings.at(-2) ?? null) : teachingAfter(event, now));
  }
  return teachings;
}

function teachingAfter({ action, actorKind, reason, seq }: HistoryEvent, now: Teaching | null): Teaching | null {
  // Who edits what they accepted still accepts it. An author's edit takes back what was said of another text.
  if (action === 'edit') return actorKind === 'person' ? now : null;
  // Spam that is thrown away is still spam. A comment that was accepted is deleted for its author's sake: all of it goes.
  if (action === 'delete') return now?.label === 'spam' ? now : null;
  const label = labelOf(action, reason, now);
  if (label === null || seq === null) return null;
  return now?.label === label ? now : { label, seq };
}

/** As authors and links are judged by, and a rejection for spam besides. */
function labelOf(action: Action, reason: string | null, now: Teaching | null): DecidedLabel | null {
  if (action === 'reject') return saysSpam(reason) ? 'spam' : null;
  return labelAfter(action, { decided: now?.label ?? null, decidedBefore: null });
}
