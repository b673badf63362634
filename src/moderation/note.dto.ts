import { CodePoints, NotBlank } from '../platform/http/text-rules.js';

export class NoteDto {
  @CodePoints(1, 2_000)
  @NotBlank()
  text!: string;
}
