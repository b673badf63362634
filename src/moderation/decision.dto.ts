import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Min,
  ValidateIf,
} from 'class-validator';
import { DECISIONS, type Decision } from '../comments/comment-status.js';
import { CodePoints } from '../platform/http/text-rules.js';

export const LONGEST_REASON = 500;
const LONGEST_NOTE = 2_000;
const LARGEST_BULK = 500;

export class DecisionDto {
  /** The version the moderator saw; a newer one is a conflict. */
  @ValidateIf((_, value) => value !== undefined)
  @IsInt()
  @Min(1)
  version?: number;

  /** For the author: what became of the comment and why. */
  @IsOptional()
  @CodePoints(0, LONGEST_REASON)
  reason?: string;

  /** For colleagues only. */
  @IsOptional()
  @CodePoints(0, LONGEST_NOTE)
  note?: string;
}

export class BulkDecisionDto {
  @IsIn(DECISIONS)
  action!: Decision;

  @ArrayMinSize(1)
  @ArrayMaxSize(LARGEST_BULK)
  @ArrayUnique((id: unknown) => (typeof id === 'string' ? id.toLowerCase() : id), {
    message: 'Name each comment once.',
  })
  @IsUUID('all', { each: true })
  ids!: string[];

  @IsOptional()
  @CodePoints(0, LONGEST_REASON)
  reason?: string;
}
