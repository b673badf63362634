import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { MemberOnly } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { RawQuery } from '../platform/http/query.js';
import type { CampaignId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { CampaignDecisionDto } from './campaign-decision.dto.js';
import { CampaignDecisions, type CampaignOutcome } from './campaign-decisions.js';
import { CampaignList, type CampaignPage } from './campaign-list.js';

/** Near-identical comments as one. */
@Controller('v1/sites/:site/moderation/campaigns')
export class CampaignsController {
  constructor(
    private readonly campaigns: CampaignList,
    private readonly decisions: CampaignDecisions,
  ) {}

  @Get()
  @MemberOnly('viewer', 'moderation:read')
  list(
    @Param('site', SitePipe) site: KnownSite,
    @Query() query: RawQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<CampaignPage> {
    return this.campaigns.list(site, query, caller);
  }

  @Post(':campaign/decisions')
  @MemberOnly('moderator', 'moderation:write')
  @HttpCode(200)
  decide(
    @Param('site', SitePipe) site: KnownSite,
    @Param('campaign', IdPipe) campaign: CampaignId,
    @JsonBody(CampaignDecisionDto) body: CampaignDecisionDto,
    @CurrentCaller() caller: Caller,
  ): Promise<CampaignOutcome> {
    return this.decisions.decide(site, campaign, body, caller);
  }
}
