import { Injectable } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import type { Decision } from '../comments/comment-status.js';
import type { DecisionOutcome } from '../comments/move-comment.js';
import { LearningQueue } from '../learning/learning.queue.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { ScreeningQueue } from '../screening/screening.queue.js';

/** What follows decisions that are committed: they are counted and learned, and what an undo sent back is screened again. */
@Injectable()
export class AfterDecisions {
  constructor(
    private readonly screening: ScreeningQueue,
    private readonly learning: LearningQueue,
    private readonly metrics: Metrics,
  ) {}

  see(
    outcomes: readonly DecisionOutcome[],
    decision: Decision,
    caller: Pick<Caller, 'kind'>,
    siteOf: (id: CommentId) => SiteId | undefined,
  ): void {
    const moved = outcomes.filter(({ ruling }) => ruling.kind === 'moved');
    moved.forEach(() => {
      this.metrics.decided(decision, caller.kind);
    });
    this.learning.wake(moved.flatMap(({ id }) => siteOf(id) ?? []));
    this.screening.wake(
      moved.flatMap(({ id, status }) => {
        const siteId = status === 'received' ? siteOf(id) : undefined;
        return siteId ? [{ siteId, commentId: id }] : [];
      }),
    );
  }
}
