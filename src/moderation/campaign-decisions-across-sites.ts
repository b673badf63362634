import { Injectable } from '@nestjs/common';
import { belongsTo, mayAct, type Caller } from '../accounts/caller.js';
import type { CampaignId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { SiteDirectory } from '../sites/site-directory.js';
import { CampaignDecisions } from './campaign-decisions.js';
import type { CampaignOfSiteDto, CampaignsDecisionDto } from './campaigns-decision.dto.js';

/** For all of them together, so that the answer comes well before the request's limit of 15 s. */
const BUDGET_MS = 8_000;

type Named = Pick<CampaignOfSiteDto, 'site' | 'campaign'>;

type Became =
  | { readonly moved: number; readonly inForce: number; readonly refused: number; readonly remaining: number }
  | { readonly code: string };

export type CampaignResult = Named & Became;

/** One decision on campaigns of several sites, one after the other, each by the caller's role there. */
@Injectable()
export class CampaignDecisionsAcrossSites {
  constructor(
    private readonly decisions: CampaignDecisions,
    private readonly sites: SiteDirectory,
  ) {}

  /** In the order asked. One that cannot be decided has a code; the others are done. */
  async decide(
    caller: Caller,
    { campaigns, ...decision }: CampaignsDecisionDto,
    budgetMs = BUDGET_MS,
  ): Promise<{ results: CampaignResult[] }> {
    const deadline = performance.now() + budgetMs;
    const results: CampaignResult[] = [];
    for (const { site, campaign } of campaigns) {
      const named = { site, campaign: campaign.toLowerCase() };
      results.push({ ...named, ...(await this.#decideOne(caller, named, decision, deadline)) });
    }
    return { results };
  }

  async #decideOne(
    caller: Caller,
    { site: key, campaign }: Named,
    decision: Omit<CampaignsDecisionDto, 'campaigns'>,
    deadline: number,
  ): Promise<Became> {
    if (!belongsTo(caller, key)) return { code: 'site-not-found' };
    if (!mayAct(caller, key, 'moderator', 'moderation:write')) return { code: 'forbidden' };
    try {
      const site = await this.sites.byKey(key);
      const left = deadline - performance.now();
      const id = campaign as CampaignId;
      const { unchanged, ...outcome } =
        left > 0
          ? await this.decisions.decide(site, id, decision, caller, left)
          : await this.decisions.foresee(site, id, decision);
      return { ...outcome, inForce: unchanged };
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return { code: error.code };
      throw error;
    }
  }
}
