import { IsInt, IsOptional, Min } from 'class-validator';
import { CodePoints, NotBlank } from '../platform/http/text-rules.js';
import { LONGEST_REASON } from './decision.dto.js';

export class EditTextDto {
  /** The version the moderator saw; a newer one is a conflict. */
  @IsInt()
  @Min(1)
  version!: number;

  /** By the rules of a submission. */
  @CodePoints(1, 10_000)
  @NotBlank()
  body!: string;

  /** For colleagues, in the history. */
  @IsOptional()
  @CodePoints(0, LONGEST_REASON)
  reason?: string;
}
