import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { recordAct } from '../accounts/record-act.js';
import { Campaign } from '../comments/campaign.entity.js';
import { ruleOn } from '../comments/comment-status.js';
import { CommentMover, type DecisionOutcome } from '../comments/move-comment.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { CampaignId, CommentId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import type { KnownSite } from '../sites/site-directory.js';
import { AfterDecisions } from './after-decisions.js';
import type { CampaignAction, CampaignDecisionDto } from './campaign-decision.dto.js';
import { CAMPAIGN_STATUSES, type CampaignStatus } from './campaign-list.js';
import { actorOf, deciding } from './moderator.js';

/** Comments moved by one transaction: it holds the site's counters, and others wait for them. */
const STEP = 500;
/** No further step is begun after this long, so that the answer comes well before the request's limit of 15 s. */
const BUDGET_MS = 8_000;

export interface CampaignOutcome {
  readonly moved: number;
  /** The decision was in force on them already. */
  readonly unchanged: number;
  /** It is not possible from their status. */
  readonly refused: number;
  /** It applies to them, and time was up: ask again. */
  readonly remaining: number;
}

type Places = Readonly<Record<'move' | 'in-force' | 'refused', readonly CampaignStatus[]>>;

interface Step {
  readonly action: CampaignAction;
  readonly reason: string | undefined;
  readonly from: readonly CampaignStatus[];
}

/** One decision on all comments of a campaign that it applies to. */
@Injectable()
export class CampaignDecisions {
  constructor(
    private readonly database: Database,
    private readonly mover: CommentMover,
    private readonly after: AfterDecisions,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `campaign-not-found` */
  async decide(
    site: KnownSite,
    id: CampaignId,
    { action, reason }: CampaignDecisionDto,
    caller: Caller,
    budgetMs = BUDGET_MS,
  ): Promise<CampaignOutcome> {
    const deadline = performance.now() + budgetMs;
    const places = placesOf(action, site);
    const before = await this.#read(site, id);
    if (!before || before.size < 1) throw new Problem('campaign-not-found');
    // The first step is always taken, or a request could be repeated for ever.
    let moved = 0;
    for (let last = STEP; last === STEP;) {
      const outcomes = await this.#step(site, id, { action, reason, from: places.move }, caller);
      moved += outcomes.filter(({ ruling }) => ruling.kind === 'moved').length;
      last = performance.now() < deadline ? outcomes.length : 0;
    }
    const left = await this.#read(site, id);
    return {
      moved,
      unchanged: countIn(before, places['in-force']),
      refused: countIn(before, places.refused),
      remaining: left ? countIn(left, places.move) : 0,
    };
  }

  /** What there is to do, and nothing done. @throws Problem `campaign-not-found` */
  async foresee(
    site: KnownSite,
    id: CampaignId,
    { action }: Pick<CampaignDecisionDto, 'action'>,
  ): Promise<CampaignOutcome> {
    const places = placesOf(action, site);
    const now = await this.#read(site, id);
    if (!now || now.size < 1) throw new Problem('campaign-not-found');
    return {
      moved: 0,
      unchanged: countIn(now, places['in-force']),
      refused: countIn(now, places.refused),
      remaining: countIn(now, places.move),
    };
  }

  async #step(
    site: KnownSite,
    campaign: CampaignId,
    { action, reason, from }: Step,
    caller: Caller,
  ): Promise<DecisionOutcome[]> {
    const outcomes = await this.database.inSite(site.id, async (manager) => {
      const ids = await findNext(manager, site, campaign, from);
      const requests = ids.map((id) => ({ id, decision: action, reason }));
      const decided = await this.mover.decide(manager, deciding(site), requests, actorOf(caller), this.clock.now());
      const count = decided.filter(({ ruling }) => ruling.kind === 'moved').length;
      const detail = { decision: action, count };
      if (count > 0)
        await recordAct(manager, site.id, caller, { action: 'campaign-decided', subject: campaign, detail });
      return decided;
    });
    this.after.see(outcomes, action, caller, () => site.id);
    return outcomes;
  }

  #read(site: KnownSite, id: CampaignId): Promise<Campaign | null> {
    return this.database.readInSite(site.id, (manager) => manager.findOneBy(Campaign, { siteId: site.id, id }));
  }
}

async function findNext(
  manager: EntityManager,
  site: KnownSite,
  campaign: CampaignId,
  from: readonly CampaignStatus[],
): Promise<CommentId[]> {
  const rows: { id: CommentId }[] = await manager.query(
    `select c.id from comment c where c.site_id = $1 and c.campaign_id = $2 and c.status = any($3) limit ${STEP}`,
    [site.id, campaign, from],
  );
  return rows.map(({ id }) => id);
}

/** What the table of moves says of the action in each status. */
function placesOf(action: CampaignAction, { settings }: KnownSite): Places {
  const which = (kind: keyof Places): CampaignStatus[] =>
    CAMPAIGN_STATUSES.filter((status) => ruleOn(action, status, settings.publishOnApproval).kind === kind);
  return { move: which('move'), 'in-force': which('in-force'), refused: which('refused') };
}

function countIn(campaign: Campaign, statuses: readonly CampaignStatus[]): number {
  return statuses.reduce((sum, status) => sum + campaign[status], 0);
}
