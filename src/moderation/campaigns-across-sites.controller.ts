import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { MemberAnywhere } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import type { RawQuery } from '../platform/http/query.js';
import { CampaignDecisionsAcrossSites, type CampaignResult } from './campaign-decisions-across-sites.js';
import { CampaignsAcrossSites, type CampaignsPage } from './campaigns-across-sites.js';
import { CampaignsDecisionDto } from './campaigns-decision.dto.js';

/** Near-identical comments of all sites on which the caller moderates, as one. */
@Controller('v1/moderation/campaigns')
export class CampaignsAcrossSitesController {
  constructor(
    private readonly campaigns: CampaignsAcrossSites,
    private readonly decisions: CampaignDecisionsAcrossSites,
  ) {}

  @Get()
  @MemberAnywhere('moderation:read')
  list(@CurrentCaller() caller: Caller, @Query() query: RawQuery): Promise<CampaignsPage> {
    return this.campaigns.list(caller, query);
  }

  @Post('decisions')
  @MemberAnywhere('moderation:write')
  @HttpCode(200)
  decide(
    @CurrentCaller() caller: Caller,
    @JsonBody(CampaignsDecisionDto) body: CampaignsDecisionDto,
  ): Promise<{ results: CampaignResult[] }> {
    return this.decisions.decide(caller, body);
  }
}
