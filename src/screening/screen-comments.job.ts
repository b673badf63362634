import { Injectable } from '@nestjs/common';
import { setImmediate as letOthersWork } from 'node:timers/promises';
import { CommentMover, type ScreeningResult } from '../comments/move-comment.js';
import type { SiteModel } from '../lib/spam/classifier/site-model.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { isRowFault } from '../platform/database/row-fault.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { Batcher } from '../platform/batcher.js';
import { compareComments, joinTwins, type ComparedComment } from './compare-comments.js';
import { gatherEvidence } from './gather-evidence.js';
import { giveUp, screen } from './screen-comment.js';
import { ScreeningSites, type ScreeningSite } from './screening-sites.js';
import { ScreeningWatch } from './screening-watch.js';
import type { ScreeningJobs } from './screening.queue.js';

/** A process that answers readers too does so at least this often while it judges a large batch. */
const STRETCH_MS = 10;

interface Ref {
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly requestId?: string | undefined;
}

type Screen = (comment: ComparedComment, site: ScreeningSite, siteModel: SiteModel | null) => ScreeningResult;

/**
 * Screens the comments of jobs that are still `received`. May run twice: the second run finds nothing to do. Jobs that
 * run at the same time share transactions, so that many small jobs cost no more than one large one.
 */
@Injectable()
export class ScreenCommentsJob {
  readonly #batcher: Batcher<Ref, boolean>;

  constructor(
    private readonly database: Database,
    private readonly sites: ScreeningSites,
    private readonly mover: CommentMover,
    private readonly clock: Clock,
    private readonly watch: ScreeningWatch,
  ) {
    this.#batcher = new Batcher({ run: (refs) => this.#batch(refs, screen), isItemFault: isRowFault });
  }

  /** @returns how many comments got a verdict */
  async run({ comments }: ScreeningJobs['screen-comments']): Promise<number> {
    // All are waited for, whatever becomes of one: a job that fails has still screened the others.
    const verdicts = await Promise.allSettled(
      comments.map(([siteId, id, requestId]) => this.#screen({ siteId, id, requestId })),
    );
    const failed = verdicts.find((verdict) => verdict.status === 'rejected');
    if (failed) throw failed.reason;
    return verdicts.filter((verdict) => verdict.status === 'fulfilled' && verdict.value).length;
  }

  /** A comment that the database will not take with its verdict goes to a person without one. */
  async #screen(ref: Ref): Promise<boolean> {
    try {
      return await this.#batcher.submit(ref);
    } catch (error) {
      if (!isRowFault(error)) throw error;
      const [isMoved = false] = await this.#batch([ref], giveUp);
      return isMoved;
    }
  }

  /** @returns for each whether it was moved here */
  async #batch(refs: readonly Ref[], decide: Screen): Promise<boolean[]> {
    // Before the transaction: a look-up inside it would hold one connection and wait for a second.
    const sites = await this.sites.find(refs.map(({ siteId }) => siteId));
    const begunAt = performance.now();
    const judged = new Map<CommentId, { result: ScreeningResult; submittedAt: Date }>();
    const moved = await this.database.acrossSites('screen a batch', async (manager) => {
      const now = this.clock.now();
      const comments = await compareComments(manager, await gatherEvidence(manager, refs, now), now);
      const models = await this.sites.taught(manager, sites.keys());
      let restedAt = performance.now();
      for (const comment of comments) {
        const site = sites.get(comment.siteId);
        const { id, submittedAt } = comment;
        if (site) judged.set(id, { result: decide(comment, site, models.get(comment.siteId) ?? null), submittedAt });
        if (performance.now() - restedAt < STRETCH_MS) continue;
        await letOthersWork();
        restedAt = performance.now();
      }
      const results = [...judged.values()].map(({ result }) => result);
      const ids = await this.mover.screen(manager, results, now);
      await joinTwins(manager, comments, now);
      return new Set(ids);
    });
    this.watch.batch(refs.length, (performance.now() - begunAt) / 1000);
    return refs.map(({ id, requestId }) => {
      const done = moved.has(id) ? judged.get(id) : undefined;
      if (done) this.watch.screened(done.result, done.submittedAt, requestId);
      return done !== undefined;
    });
  }
}
