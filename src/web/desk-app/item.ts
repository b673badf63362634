// A comment as the service gives it to the desk, and what the desk says of many.
import type { CommentStatus, Decision } from '../../comments/comment-status.js';
import type { CampaignView } from '../../moderation/campaign-list.js';
import type { CommentDetailView } from '../../moderation/comment-detail.js';
import type { QueueItemView } from '../../moderation/queue-item.js';
import type { SummaryView } from '../../moderation/summary.js';

export interface SiteLabel {
  readonly key: string;
  readonly name: string;
}

export interface Claim {
  readonly by: { readonly id: string; readonly name: string };
  readonly isYours: boolean;
  readonly until: string;
}

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly at: string;
  readonly by: { readonly id: string; readonly name: string };
}

export type Standing = 'trusted' | 'banned';

interface Beside {
  /** In the queue of all sites each names its own. */
  readonly site?: SiteLabel;
  readonly claim?: Claim | null;
  readonly noteCount?: number;
}

type WithAuthor<View extends { readonly author: object }> = Omit<View, 'author'> & {
  readonly author: View['author'] & { readonly standing?: Standing | null; readonly verified?: boolean };
};

export type Item = WithAuthor<QueueItemView> & Beside;
export type Detail = WithAuthor<CommentDetailView> &
  Beside & { readonly notes?: readonly Note[]; readonly authorNotes?: readonly Note[] };

/** Another comment of the same thread. */
export interface Neighbour {
  readonly id: string;
  readonly parentId: string | null;
  readonly author: { readonly name: string; readonly verified?: boolean };
  readonly html: string;
  readonly status: CommentStatus;
  readonly submittedAt: string;
}

export interface Thread {
  readonly ancestors: readonly Neighbour[];
  readonly replies: readonly Neighbour[];
  readonly moreReplies?: boolean;
}

/** A large act that goes on by itself. */
export interface Job {
  readonly id: string;
  readonly action: Decision;
  readonly state: 'waiting' | 'running' | 'done' | 'stopped' | 'failed';
  readonly total: number | null;
  readonly done: number;
  readonly moved: number;
  readonly inForce: number;
  readonly refused: number;
}

export type JobResult =
  | { readonly id: string; readonly status: CommentStatus; readonly version: number }
  | { readonly id: string; readonly code: string };
export type Summary = SummaryView;
export type Campaign = CampaignView;

export interface Page<One> {
  readonly items: readonly One[];
  readonly nextCursor: string | null;
}
