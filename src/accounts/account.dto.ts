import { IsString, ValidateIf } from 'class-validator';
import { CodePoints, NotBlank } from '../platform/http/text-rules.js';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password-rule.js';

/** What is left out stays. */
export class ChangeAccountDto {
  @ValidateIf((_, value) => value !== undefined)
  @CodePoints(1, 100)
  @NotBlank()
  name?: string;
}

export class ChangePasswordDto {
  @IsString()
  @CodePoints(1, 1000)
  currentPassword!: string;

  @IsString()
  @CodePoints(SHORTEST_PASSWORD, LONGEST_PASSWORD)
  newPassword!: string;
}
