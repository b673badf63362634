import { IsOptional } from 'class-validator';
import { CodePoints } from '../platform/http/text-rules.js';

export class ReportCommentDto {
  /** For the moderators. */
  @IsOptional()
  @CodePoints(0, 500)
  reason?: string;
}
