// A comment as the service gives it to the desk, and what the desk says of many.
import type { CampaignView } from '../../moderation/campaign-list.js';
import type { CommentDetailView } from '../../moderation/comment-detail.js';
import type { JobGroupView } from '../../moderation/jobs/job-group.view.js';
import type { JobView } from '../../moderation/jobs/moderation-job.view.js';
import type { BulkResult } from '../../moderation/moderator.js';
import type { NoteView } from '../../moderation/notes.js';
import type { QueueItemView } from '../../moderation/queue-item.js';
import type { SummaryView } from '../../moderation/summary.js';
import type { ContextCommentView, ThreadContextView } from '../../moderation/thread-context.js';

export interface SiteLabel {
  readonly key: string;
  readonly name: string;
}

/** In the queue of all sites each names its own. */
export type Item = QueueItemView & { readonly site?: SiteLabel };
export type Detail = CommentDetailView & { readonly site?: SiteLabel };
export type Summary = SummaryView;
export type Campaign = CampaignView;
export type Note = NoteView;
export type Standing = NonNullable<QueueItemView['author']['standing']>;
/** Another comment of the same thread. */
export type Neighbour = ContextCommentView;
export type Thread = ThreadContextView;
/** A large act that goes on by itself. */
export type Job = JobView;
/** The same over several sites: a job on each. */
export type JobGroup = JobGroupView;
export type JobResult = BulkResult;

export interface Page<One> {
  readonly items: readonly One[];
  readonly nextCursor: string | null;
}
