import type { MalformedLine } from './read-comments.js';
import { LABELS, type CommentLabel } from './replay-comment.js';
import type { Sending } from './send-comments.js';
import type { Submission } from './submit-comment.js';
import type { ShownStatus, Verdicts } from './verdicts.js';

/** What became of the comments of one label. */
export interface Tally {
  /** Answered by the service: `refused` and all statuses together. */
  readonly sent: number;
  readonly refused: number;
  readonly statuses: Readonly<Partial<Record<ShownStatus, number>>>;
}

/** In milliseconds. */
export interface ReplayTimes {
  readonly reading: number;
  readonly sending: number;
  /** From the last acknowledgement to the last verdict, or to giving up; 0 where it was not waited for. */
  readonly screening: number;
  /** Of one submission; null when none was acknowledged. */
  readonly submissionP50: number | null;
  readonly submissionP99: number | null;
}

/** All that a run found out, as `--json` prints it. */
export interface ReplayResult {
  readonly run: string;
  readonly url: string;
  readonly site: string;
  readonly files: readonly { readonly path: string; readonly article: string; readonly comments: number }[];
  readonly statusesFrom: Verdicts['source'];
  readonly labels: Readonly<Record<CommentLabel, Tally>>;
  readonly notSent: number;
  /** How many of each problem code. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly malformed: readonly MalformedLine[];
  /** Texts that were longer than a comment may be. */
  readonly cut: number;
  readonly madeUpEmails: number;
  readonly times: ReplayTimes;
  /** Why something ended early or could not be found out. */
  readonly troubles: readonly string[];
}

/** Whether every line was sent, taken and screened. */
export function isComplete({ labels, malformed, notSent, troubles }: ReplayResult): boolean {
  if (malformed.length > 0 || notSent > 0 || troubles.length > 0) return false;
  return LABELS.every((label) => labels[label].refused === 0 && (labels[label].statuses.received ?? 0) === 0);
}

export function tally(
  { acknowledged, refused }: Pick<Sending, 'acknowledged' | 'refused'>,
  statuses: ReadonlyMap<string, ShownStatus>,
): Record<CommentLabel, Tally> {
  const of = (label: CommentLabel): Tally => {
    const has = ({ submission }: { submission: Submission }): boolean => submission.comment.label === label;
    const taken = acknowledged.filter(has);
    const refusals = refused.filter(has).length;
    return {
      sent: taken.length + refusals,
      refused: refusals,
      statuses: countEach(taken.map(({ id }) => statuses.get(id) ?? 'received')),
    };
  };
  return { spam: of('spam'), ham: of('ham'), unlabelled: of('unlabelled') };
}

/** How often each value occurs. */
export function countEach(values: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** The smallest value that `share` (0 to 1) of all do not exceed (nearest rank); null of none. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
