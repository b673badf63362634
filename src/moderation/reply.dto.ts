import { CodePoints, NotBlank } from '../platform/http/text-rules.js';

export class ReplyDto {
  /** By the rules of a submission. */
  @CodePoints(1, 10_000)
  @NotBlank()
  body!: string;
}
