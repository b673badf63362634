import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Settings } from '../platform/config/settings.js';
import { isRowFault } from '../platform/database/row-fault.js';
import { clientNetwork } from '../platform/http/client-network.js';
import type { CommentId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { ScreeningQueue } from '../screening/screening.queue.js';
import type { KnownSite } from '../sites/site-directory.js';
import type { SubmitCommentDto } from './submit-comment.dto.js';
import { SubmissionChecks, type FormView } from './submission-checks.js';
import { describeSubmission, emailSuggestion, type Submission } from './submission.js';
import { SubmissionStore, type SubmitOutcome } from './submission-store.js';
import { Batcher } from '../platform/batcher.js';

/** Who is first in line waits no longer: what is too much is told so soon, and what is taken is answered in time. */
const PATIENCE_MS = 1_000;

/** Lets submissions that arrive together be stored by one statement. */
export const batchSubmissions = (store: SubmissionStore): Batcher<Submission, SubmitOutcome> =>
  new Batcher({ run: (batch) => store.write(batch), isItemFault: isRowFault, patienceMs: PATIENCE_MS });

/** Where and how a comment came in, as the route knows it. */
export interface Delivery {
  readonly site: KnownSite;
  readonly articleKey: string;
  readonly idempotencyKey: string | null;
  readonly clientAddress: string;
  /** Goes with the comment to its screening, for the log. */
  readonly requestId: string;
  readonly isTrusted: boolean;
}

export interface Accepted {
  readonly id: CommentId;
  readonly emailSuggestion: string | null;
}

/** Takes a comment in: durable first, then queued for screening without waiting for the queue. */
@Injectable()
export class CommentIntake {
  readonly #batcher: Batcher<Submission, SubmitOutcome>;

  constructor(
    store: SubmissionStore,
    private readonly screening: ScreeningQueue,
    private readonly checks: SubmissionChecks,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    this.#batcher = batchSubmissions(store);
  }

  /**
   * Returns after the commit, never earlier.
   * @throws Problem `article-closed`, `invalid-body` (the parent, a reserved name), `idempotency-key-reused`, `-in-flight`, `unavailable`
   */
  async accept(dto: SubmitCommentDto, delivery: Delivery): Promise<Accepted> {
    const { site, articleKey, idempotencyKey, isTrusted, clientAddress } = delivery;
    if (!isTrusted) await this.checks.refuseReservedName(dto.author.name, site);
    const at = this.clock.now();
    const submission = describeSubmission(dto, {
      site,
      articleKey,
      idempotencyKey,
      isTrusted,
      lacksProof: !isTrusted && (await this.checks.lacksProof(dto, delivery)),
      secondsToWrite: this.secondsToWrite(dto.formToken, site, articleKey, at),
      clientNetwork: clientNetwork(clientAddress),
      at,
      sweepAt: new Date(at.getTime() + this.settings.screening.sweepAfterSeconds * 1000),
    });
    const suggestion = emailSuggestion(dto);
    const outcome = await this.#batcher.submit(submission);
    if (outcome.kind !== 'accepted') throw refusal(outcome.kind);
    if (!outcome.isReplay)
      this.screening.wake([{ siteId: site.id, commentId: outcome.id, requestId: delivery.requestId }]);
    return { id: outcome.id, emailSuggestion: suggestion };
  }

  /** More comes in than can be stored. */
  get isFull(): boolean {
    return this.#batcher.isFull;
  }

  /** What one article's form sends back with the comment. */
  form(site: KnownSite, articleKey: string): Promise<FormView> {
    return this.checks.form(site, articleKey);
  }

  /** Null without a token that belongs to this form and is still young. */
  secondsToWrite(token: string | undefined, site: KnownSite, articleKey: string, at = this.clock.now()): number | null {
    return this.checks.secondsToWrite(token, site, articleKey, at);
  }
}

function refusal(kind: Exclude<SubmitOutcome['kind'], 'accepted'>): Problem {
  if (kind !== 'parent-not-published') return new Problem(kind);
  const detail = 'The comment answered to is not published under this article.';
  return new Problem('invalid-body', { errors: [{ pointer: '/parentId', rule: 'published-parent', detail }] });
}
