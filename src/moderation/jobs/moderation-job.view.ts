import type { CommentStatus, Decision } from '../../comments/comment-status.js';
import type { BulkResult } from '../moderator.js';
import type { JobFailure, JobFilter, JobState, ModerationJob } from './moderation-job.entity.js';

/** What became of each comment is kept for so long after the end of the job. */
export const RESULTS_KEPT_DAYS = 7;

export interface JobView {
  readonly id: string;
  readonly action: Decision;
  readonly filter: JobFilter;
  readonly reason: string | null;
  /** The job whose moves this one takes back. */
  readonly undoes: string | null;
  readonly state: JobState;
  /** Null until all comments it is about are found. */
  readonly total: number | null;
  readonly done: number;
  readonly moved: number;
  readonly inForce: number;
  readonly refused: number;
  readonly at: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly finishedAt: string | null;
  /** Why it could not go on, for people. */
  readonly failure: { readonly code: JobFailure; readonly detail: string } | null;
}

export function viewJob(job: ModerationJob): JobView {
  const { id, action, filter, reason, undoes, state, done, moved, inForce, refused } = job;
  return {
    ...{ id, action, filter, reason, undoes, state },
    total: job.isGathered ? job.gathered : null,
    ...{ done, moved, inForce, refused },
    at: job.at.toISOString(),
    by: { id: job.byId, name: job.byName },
    finishedAt: job.finishedAt?.toISOString() ?? null,
    failure: job.failure && { code: job.failure, detail: describeFailure(job.failure, job.byName) },
  };
}

function describeFailure(failure: JobFailure, name: string): string {
  if (failure === 'role-lost') {
    return `${name} may no longer decide on this site, so the job ended there. Somebody who may can make it again.`;
  }
  return 'Something went wrong again and again, so the job ended there. Make it again; tell the operator if it does not help.';
}

export interface ItemRow {
  readonly place: number;
  readonly id: string;
  readonly outcome: string;
  readonly status: CommentStatus | null;
  readonly version: number | null;
}

export function viewItem({ id, outcome, status, version }: ItemRow): BulkResult {
  const isDone = outcome === 'moved' || outcome === 'in-force';
  return isDone && status !== null && version !== null ? { id, status, version } : { id, code: outcome };
}
