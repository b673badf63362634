import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { ListOf } from '../platform/http/list-of.decorator.js';
import { CodePoints } from '../platform/http/text-rules.js';
import { CAMPAIGN_DECISIONS, type CampaignAction } from './campaign-decision.dto.js';
import { MOST_NAMED } from './campaigns-across-sites.js';
import { LONGEST_REASON } from './decision.dto.js';

export class CampaignOfSiteDto {
  @Matches(/^[a-z0-9][a-z0-9-]{0,62}$/, { message: 'Write the key of the site.' })
  site!: string;

  @IsUUID('all')
  campaign!: string;
}

export class CampaignsDecisionDto {
  @IsIn(CAMPAIGN_DECISIONS)
  action!: CampaignAction;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_NAMED)
  @ArrayUnique(nameOf, { message: 'Name each campaign once.' })
  @ListOf(CampaignOfSiteDto)
  campaigns!: CampaignOfSiteDto[];

  @IsOptional()
  @CodePoints(0, LONGEST_REASON)
  reason?: string;
}

/** What is no object is refused by another rule. */
export function nameOf(one: unknown): unknown {
  const { site, campaign } = (one ?? {}) as Partial<CampaignOfSiteDto>;
  return typeof campaign === 'string' ? `${site ?? ''} ${campaign.toLowerCase()}` : one;
}
