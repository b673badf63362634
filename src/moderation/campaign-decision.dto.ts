import { IsIn, IsOptional } from 'class-validator';
import { DECISIONS } from '../comments/comment-status.js';
import { CodePoints } from '../platform/http/text-rules.js';
import { LONGEST_REASON } from './decision.dto.js';

/** An undo belongs to one comment: what came before the last decision differs from one to the next. */
export const CAMPAIGN_DECISIONS = DECISIONS.filter((decision) => decision !== 'undo');
export type CampaignAction = (typeof CAMPAIGN_DECISIONS)[number];

export class CampaignDecisionDto {
  @IsIn(CAMPAIGN_DECISIONS)
  action!: CampaignAction;

  @IsOptional()
  @CodePoints(0, LONGEST_REASON)
  reason?: string;
}
