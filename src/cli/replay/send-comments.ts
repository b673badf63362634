import type { Wait } from './patience.js';
import type { Outcome, Submission, Submit } from './submit-comment.js';

export interface Acknowledged {
  readonly submission: Submission;
  readonly id: string;
  readonly receipt: string;
}

export interface Sending {
  /** In the order of their acknowledgement. */
  readonly acknowledged: readonly Acknowledged[];
  readonly refused: readonly { readonly submission: Submission; readonly code: string }[];
  /** How long each acknowledged submission took, in milliseconds, without earlier tries. */
  readonly submissionMs: readonly number[];
  /** Up to the last acknowledgement or refusal. */
  readonly tookMs: number;
  /** Why it ended before the last comment; null when it did not. */
  readonly stoppedBy: string | null;
}

export interface SendingTerms {
  readonly concurrency: number;
  /** Submissions a second, Infinity for no bound. */
  readonly rate: number;
  readonly interrupted: AbortSignal;
  readonly wait: Wait;
  /** How many have been answered by now. */
  readonly onAnswered: (count: number) => void;
}

/** Sends the submissions in order, `concurrency` at a time. An interruption lets those under way finish. */
export async function sendComments(
  submissions: readonly Submission[],
  submit: Submit,
  { concurrency, rate, interrupted, wait, onAnswered }: SendingTerms,
): Promise<Sending> {
  const sending = { acknowledged: [] as Acknowledged[], refused: [] as Sending['refused'][number][] };
  const submissionMs: number[] = [];
  const startedAt = performance.now();
  const paced = pace(rate, wait);
  let tookMs = 0;
  let stoppedBy: string | null = null;
  const queue = submissions.values();

  function note(submission: Submission, outcome: Outcome): void {
    if (outcome.kind === 'stop') {
      stoppedBy ??= outcome.why;
      return;
    }
    if (outcome.kind === 'refused') sending.refused.push({ submission, code: outcome.code });
    else {
      sending.acknowledged.push({ submission, id: outcome.id, receipt: outcome.receipt });
      submissionMs.push(outcome.tookMs);
    }
    tookMs = performance.now() - startedAt;
    onAnswered(sending.acknowledged.length + sending.refused.length);
  }

  async function sendInTurn(): Promise<void> {
    for (const submission of queue) {
      if (!(await paced()) || interrupted.aborted || stoppedBy !== null) return;
      note(submission, await submit(submission));
    }
  }

  // One iterator for all: each takes the next that nobody has taken.
  await Promise.all(Array.from({ length: concurrency }, sendInTurn));
  const isShort = sending.acknowledged.length + sending.refused.length < submissions.length;
  if (isShort && interrupted.aborted) stoppedBy = 'interrupted';
  return { ...sending, submissionMs, tookMs, stoppedBy };
}

/** Resolves at even distances, so that no second sees more than `rate`; false when it was interrupted. */
function pace(rate: number, wait: Wait): () => Promise<boolean> {
  if (rate === Infinity) return () => Promise.resolve(true);
  let nextAt = performance.now();
  return async () => {
    const now = performance.now();
    const at = Math.max(now, nextAt);
    nextAt = at + 1000 / rate;
    return at <= now || wait(at - now);
  };
}
