import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Settings } from '../platform/config/settings.js';
import { groupBy } from '../platform/group-by.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { JobProducer } from '../platform/queue/job-producer.js';
import { QueueLogger } from '../platform/queue/queue-logger.js';
import { QueueBackend, type PackedJob } from '../platform/queue/queue-backend.js';
import { FairShare } from './fair-share.js';

export const SCREENING_QUEUE = 'screening';

export interface CommentRef {
  readonly siteId: SiteId;
  readonly commentId: CommentId;
  /** Of the request that brought it; the sweep does not know it. */
  readonly requestId?: string;
}

/** Job names and what each carries: ids only, never a text. */
export interface ScreeningJobs {
  readonly 'screen-comments': { readonly comments: readonly (readonly [SiteId, CommentId, requestId?: string])[] };
}

/** Small jobs of a flood: a worker that is full of them is soon free for the others. */
const MOST_BEHIND = 20;

/** Wakes the screening workers. A job is only a wake-up with many ids; what it means stands in the comments' rows. */
@Injectable()
export class ScreeningQueue implements OnApplicationShutdown {
  readonly #producer: JobProducer<CommentRef>;
  readonly #fairShare = new FairShare();

  constructor(
    backend: QueueBackend,
    private readonly settings: Settings,
    logger: QueueLogger,
  ) {
    this.#producer = new JobProducer(
      backend,
      SCREENING_QUEUE,
      (comments) => this.#pack(comments),
      (error) => {
        logger.report(error);
      },
    );
  }

  /** Returns at once: nobody waits for the queue, and the sweep brings what is lost. */
  wake(comments: readonly CommentRef[]): void {
    this.#producer.offer(comments);
  }

  /** @returns whether the queue has taken them */
  bring(comments: readonly CommentRef[]): Promise<boolean> {
    return this.#producer.deliver(comments);
  }

  depth(): Promise<number | null> {
    return this.#producer.depth();
  }

  /** After the HTTP server is closed: until then requests still wake it. */
  async onApplicationShutdown(): Promise<void> {
    await this.#producer.close();
  }

  /** Comments of a site above its fair share go into jobs of their own: BullMQ runs those with a larger number later. */
  #pack(comments: readonly CommentRef[]): PackedJob[] {
    const lanes = groupBy(comments, ({ siteId }) => this.#fairShare.rank(siteId));
    return [...lanes].flatMap(([priority, ofLane]) => this.#packLane(ofLane, priority));
  }

  #packLane(comments: readonly CommentRef[], priority: number): PackedJob[] {
    const { jobSize, attempts, backoffMs, keepFailedDays } = this.settings.screening;
    const size = priority > 0 ? Math.min(jobSize, MOST_BEHIND) : jobSize;
    const opts = {
      attempts,
      backoff: { type: 'exponential', delay: backoffMs },
      // A finished job tells nothing that the comments' events do not, and counting those kept makes workers deadlock.
      removeOnComplete: true,
      removeOnFail: { age: keepFailedDays * 86_400 },
      ...(priority > 0 && { priority }),
    };
    const jobs: PackedJob[] = [];
    for (let start = 0; start < comments.length; start += size) {
      const chunk = comments.slice(start, start + size);
      const data: ScreeningJobs['screen-comments'] = {
        comments: chunk.map(({ siteId, commentId, requestId }) =>
          requestId ? [siteId, commentId, requestId] : [siteId, commentId],
        ),
      };
      jobs.push({ name: 'screen-comments', data, opts });
    }
    return jobs;
  }
}
