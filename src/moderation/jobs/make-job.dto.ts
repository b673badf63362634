import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, ValidateIf, ValidateNested } from 'class-validator';
import { COMMENT_STATUSES, type CommentStatus } from '../../comments/comment-status.js';
import { CodePoints } from '../../platform/http/text-rules.js';
import { CAMPAIGN_DECISIONS, type CampaignAction } from '../campaign-decision.dto.js';
import { LONGEST_REASON } from '../decision.dto.js';
import { FILTER_NAMES } from './job-filter.js';

/** As long as the key of an article. */
const LONGEST_VALUE = 512;

/** A member for each that the queue's query has; what they may be is asked of its reader. */
export class JobFilterDto {
  /** Never left out: nobody should delete the queue by a slip. */
  @IsIn(COMMENT_STATUSES)
  status!: CommentStatus;

  [name: string]: string | undefined;
}
for (const name of FILTER_NAMES.filter((one) => one !== 'status')) {
  for (const rule of [ValidateIf((_, value) => value !== undefined), CodePoints(0, LONGEST_VALUE)]) {
    rule(JobFilterDto.prototype, name);
  }
}

export class MakeJobDto {
  @IsIn(CAMPAIGN_DECISIONS)
  action!: CampaignAction;

  @IsObject()
  @ValidateNested()
  @Type(() => JobFilterDto)
  filter!: JobFilterDto;

  @IsOptional()
  @CodePoints(0, LONGEST_REASON)
  reason?: string;
}
