import { Injectable } from '@nestjs/common';
import { mayAct, type Caller } from '../accounts/caller.js';
import { CommentMover, type DecisionOutcome } from '../comments/move-comment.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { groupBy } from '../platform/group-by.js';
import type { CommentId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { AfterDecisions } from './after-decisions.js';
import type { BulkDecisionDto } from './decision.dto.js';
import { ModeratedSites } from './moderated-sites.js';
import { actorOf, deciding, recordBulk, viewOutcome, type BulkResult } from './moderator.js';

/** One decision on comments of several sites: one transaction, behind the wall of just those sites. */
@Injectable()
export class DecisionsAcrossSites {
  constructor(
    private readonly sites: ModeratedSites,
    private readonly database: Database,
    private readonly mover: CommentMover,
    private readonly after: AfterDecisions,
    private readonly clock: Clock,
  ) {}

  /** A comment of a site where the caller only reads is `forbidden`; one of a site they do not belong to is not found. */
  async decide(caller: Caller, { action, ids, reason }: BulkDecisionDto): Promise<{ results: BulkResult[] }> {
    const asked = ids.map((id) => id.toLowerCase() as CommentId);
    const siteOf = await this.sites.siteOf(await this.sites.reach(caller), asked);
    const outcomes = await this.#move(caller, siteOf, asked, { decision: action, reason });
    const results = asked.map((id): BulkResult => {
      const outcome = outcomes.get(id);
      if (outcome) return viewOutcome(outcome);
      return { id, code: siteOf.has(id) ? 'forbidden' : 'comment-not-found' };
    });
    return { results };
  }

  async #move(
    caller: Caller,
    siteOf: ReadonlyMap<CommentId, KnownSite>,
    asked: readonly CommentId[],
    what: { readonly decision: BulkDecisionDto['action']; readonly reason: string | undefined },
  ): Promise<Map<CommentId, DecisionOutcome>> {
    const allowed = asked.flatMap((id) => {
      const site = siteOf.get(id);
      return site && mayAct(caller, site.key, 'moderator', 'moderation:write') ? [{ id, site }] : [];
    });
    if (allowed.length === 0) return new Map();
    const requests = allowed.map(({ id, site }) => ({ site: deciding(site), request: { id, ...what } }));
    const inThese = [...new Set(allowed.map(({ site }) => site.id))];
    const outcomes = await this.database.inSites(inThese, async (manager) => {
      const decided = await this.mover.decideOnSites(manager, requests, actorOf(caller), this.clock.now());
      for (const [site, ofSite] of groupBy(decided, ({ id }) => siteOf.get(id)?.id)) {
        if (site && ofSite.length > 1) await recordBulk(manager, site, caller, what.decision, ofSite);
      }
      return decided;
    });
    this.after.see(outcomes, what.decision, caller, (id) => siteOf.get(id)?.id);
    return new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  }
}
