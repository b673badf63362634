import type { SubmissionView } from '../../intake/submission-desk.js';
import { askPatiently, type Wait } from './patience.js';
import type { ReplayComment } from './replay-comment.js';
import { problemCode, type Answer, type ServiceClient } from './service-client.js';

/** What became of one submission. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly id: string; readonly receipt: string; readonly tookMs: number }
  | { readonly kind: 'refused'; readonly code: string }
  /** The next ones would fare no better. */
  | { readonly kind: 'stop'; readonly why: string };

export interface Submission {
  readonly comment: ReplayComment;
  readonly article: string;
  /** The same at every try, so that a try whose answer was lost is not stored twice. */
  readonly idempotencyKey: string;
}

export type Submit = (submission: Submission) => Promise<Outcome>;

/** The fault of this one comment, or of the service with this one. */
const OF_THIS_COMMENT = new Set([400, 409, 413, 422, 500]);

export function submitTo(service: ServiceClient, site: string, wait: Wait): Submit {
  return async ({ comment: { author, body }, article, idempotencyKey }) => {
    const path = `/v1/sites/${encodeURIComponent(site)}/articles/${encodeURIComponent(article)}/comments`;
    const headers = { 'idempotency-key': idempotencyKey };
    return judgeAnswer(await askPatiently(() => service.post(path, { author, body }, headers), wait));
  };
}

export function judgeAnswer(answer: Answer): Outcome {
  const { status, body, detail, tookMs } = answer;
  const code = problemCode(answer);
  if (status === 202) {
    const { id, receipt } = (body ?? {}) as Partial<SubmissionView>;
    if (typeof id === 'string' && typeof receipt === 'string') return { kind: 'accepted', id, receipt, tookMs };
    return { kind: 'stop', why: 'what answers at this address is not Winnow' };
  }
  if (code === 'idempotency-key-in-flight') return { kind: 'stop', why: 'the service never finished a submission' };
  if (OF_THIS_COMMENT.has(status)) return { kind: 'refused', code };
  return { kind: 'stop', why: `${code}${detail ? ` (${detail})` : ''}` };
}
