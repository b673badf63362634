import { CodePoints, NotBlank } from '../platform/http/text-rules.js';

/** The same rules as for the text of a submission. */
export class EditCommentDto {
  @CodePoints(1, 10_000)
  @NotBlank()
  body!: string;
}
