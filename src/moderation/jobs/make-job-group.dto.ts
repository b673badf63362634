import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  Matches,
  ValidateNested,
} from 'class-validator';
import { ListOf } from '../../platform/http/list-of.decorator.js';
import { CodePoints } from '../../platform/http/text-rules.js';
import { CAMPAIGN_DECISIONS, type CampaignAction } from '../campaign-decision.dto.js';
import { CampaignOfSiteDto, nameOf } from '../campaigns-decision.dto.js';
import { LONGEST_REASON } from '../decision.dto.js';
import { JobFilterDto } from './make-job.dto.js';

/** Sites of one act: it is begun in one transaction. */
export const MOST_SITES = 100;

export class MakeJobGroupDto {
  @IsIn(CAMPAIGN_DECISIONS)
  action!: CampaignAction;

  @IsObject()
  @ValidateNested()
  @Type(() => JobFilterDto)
  filter!: JobFilterDto;

  @IsOptional()
  @CodePoints(0, LONGEST_REASON)
  reason?: string;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_SITES)
  @ArrayUnique({ message: 'Name each site once.' })
  @Matches(/^[a-z0-9][a-z0-9-]{0,62}$/, { each: true, message: 'Write the keys of sites.' })
  sites?: string[];

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_SITES)
  @ArrayUnique(nameOf, { message: 'Name each campaign once.' })
  @ListOf(CampaignOfSiteDto)
  campaigns?: CampaignOfSiteDto[];
}
