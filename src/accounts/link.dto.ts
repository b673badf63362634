import { IsString, ValidateIf } from 'class-validator';
import { CodePoints, NotBlank } from '../platform/http/text-rules.js';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password-rule.js';

const WhenGiven = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** What a new account needs; who has one sends its password, or nothing while signed in as it. */
export class AcceptInvitationDto {
  @WhenGiven()
  @CodePoints(1, 100)
  @NotBlank()
  name?: string;

  /** As long as a sign-in takes it: an account that exists may have an older password. */
  @WhenGiven()
  @IsString()
  @CodePoints(1, 1000)
  password?: string;
}

export class AcceptResetDto {
  @IsString()
  @CodePoints(SHORTEST_PASSWORD, LONGEST_PASSWORD)
  password!: string;
}
