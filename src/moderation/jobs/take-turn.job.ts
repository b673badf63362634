import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { readRightsNow, type RightsNow } from '../../accounts/rights-now.js';
import { CommentMover, type DecisionOutcome } from '../../comments/move-comment.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import type { JobId, SiteId } from '../../platform/ids.js';
import { SiteDirectory, type KnownSite } from '../../sites/site-directory.js';
import { AfterDecisions } from '../after-decisions.js';
import { deciding } from '../moderator.js';
import type { Turn } from './bulk.queue.js';
import { decideBatch } from './decide-batch.js';
import { gather } from './gather-comments.js';
import { ModerationJob, type JobFailure } from './moderation-job.entity.js';

/** The sweep asks for a job's turn again when nothing was heard of it for so long. */
export const BRING_AFTER_MS = 30_000;
/** So many turns in a row may fail: some minutes, with the pauses between them. */
const MOST_FAULTS = 20;

const NEEDED = { role: 'moderator', scope: 'moderation:write' } as const;

interface Taken {
  readonly job: ModerationJob;
  readonly outcomes: readonly DecisionOutcome[];
}

/**
 * One turn of a large act: a stretch of comments is gathered, a batch of them decided, and the progress written, in one
 * transaction. So a worker that dies has done a turn or has not, and nothing is decided twice.
 */
@Injectable()
export class TakeTurnJob {
  constructor(
    private readonly database: Database,
    private readonly mover: CommentMover,
    private readonly sites: SiteDirectory,
    private readonly after: AfterDecisions,
    private readonly clock: Clock,
  ) {}

  /** @returns the turn that comes next; null when there is none, or another worker is at it */
  async run({ site: siteId, job: id, turn }: Turn): Promise<Turn | null> {
    const site = await this.sites.byId(siteId);
    if (!site) return null;
    const taken = await this.#attempt(site, id, turn);
    if (!taken) return null;
    const { job, outcomes } = taken;
    this.after.see(outcomes, job.action, { kind: job.byKind }, () => siteId);
    return job.finishedAt ? null : { site: siteId, job: id, turn: turn + 1 };
  }

  async #attempt(site: KnownSite, id: JobId, turn: number): Promise<Taken | null> {
    try {
      return await this.database.inSite(site.id, (manager) => this.#take(manager, site, id, turn));
    } catch (error) {
      // A database that is away cannot be told either; it is no fault of the job's.
      await this.#noteFault(site.id, id, turn).catch(() => undefined);
      throw error;
    }
  }

  async #take(manager: EntityManager, site: KnownSite, id: JobId, turn: number): Promise<Taken | null> {
    const job = await manager.findOne(ModerationJob, {
      where: { siteId: site.id, id, turn },
      lock: { mode: 'for_no_key_update', onLocked: 'skip_locked' },
    });
    if (!job || job.finishedAt) return null;
    const rights = await readRightsNow(manager, site.id, { kind: job.byKind, id: job.byId }, NEEDED);
    const outcomes = rights.mayAct ? await this.#work(manager, site, job, rights) : this.#fail(job, 'role-lost');
    const { state, failure, gathered, gatheredTo, isGathered, done, moved, inForce, refused, finishedAt } = job;
    await manager.update(
      ModerationJob,
      { siteId: site.id, id },
      {
        ...{ state, failure, gathered, gatheredTo, isGathered, done, moved, inForce, refused, finishedAt },
        ...{ turn: turn + 1, faults: 0, nextSweepAt: new Date(this.clock.now().getTime() + BRING_AFTER_MS) },
      },
    );
    return { job, outcomes };
  }

  async #work(
    manager: EntityManager,
    site: KnownSite,
    job: ModerationJob,
    { isOperator }: RightsNow,
  ): Promise<DecisionOutcome[]> {
    job.state = 'running';
    if (!job.isGathered) {
      const { found, place } = await gather(manager, job);
      job.gathered += found;
      job.gatheredTo = place;
      job.isGathered = place === null;
    }
    if (!job.isGathered) return [];
    const actor = { kind: 'person', id: job.byId, name: job.byName, isOperator } as const;
    const now = this.clock.now();
    const outcomes = await decideBatch({ manager, mover: this.mover, site: deciding(site), actor, now }, job);
    const count = (kind: string): number => outcomes.filter(({ ruling }) => ruling.kind === kind).length;
    const [moved, inForce] = [count('moved'), count('in-force')];
    job.done += outcomes.length;
    job.moved += moved;
    job.inForce += inForce;
    job.refused += outcomes.length - moved - inForce;
    if (job.done === job.gathered) {
      job.state = 'done';
      job.finishedAt = now;
    }
    return outcomes;
  }

  #fail(job: ModerationJob, failure: JobFailure): DecisionOutcome[] {
    Object.assign(job, { state: 'failed', failure, finishedAt: this.clock.now() });
    return [];
  }

  async #noteFault(site: SiteId, id: JobId, turn: number): Promise<void> {
    await this.database.inSite(site, (manager) =>
      manager.query(
        `update moderation_job set faults = faults + 1,
                state = case when faults + 1 < ${MOST_FAULTS} then state else 'failed' end,
                failure = case when faults + 1 < ${MOST_FAULTS} then failure else 'gave-up' end,
                finished_at = case when faults + 1 < ${MOST_FAULTS} then finished_at else $4 end
          where site_id = $1 and id = $2 and turn = $3 and finished_at is null`,
        [site, id, turn, this.clock.now()],
      ),
    );
  }
}
