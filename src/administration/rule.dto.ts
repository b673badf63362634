import { IsIn, IsOptional, ValidateIf } from 'class-validator';
import {
  LONGEST_RULE_VALUE,
  RULE_ACTIONS,
  RULE_FIELDS,
  RULE_MATCHES,
  type RuleAction,
  type RuleField,
  type RuleMatch,
} from '../lib/spam/rules/rule.js';
import { CodePoints, NotBlank } from '../platform/http/text-rules.js';

const LONGEST_NOTE = 500;

/** Left out is fine; null is not. */
const WhenGiven = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** Whether the words make sense as a rule is asked where rules are kept. */
export class MakeRuleDto {
  @IsIn(RULE_FIELDS)
  field!: RuleField;

  @IsIn(RULE_MATCHES)
  match!: RuleMatch;

  @CodePoints(1, LONGEST_RULE_VALUE)
  @NotBlank()
  value!: string;

  @IsIn(RULE_ACTIONS)
  action!: RuleAction;

  @IsOptional()
  @CodePoints(0, LONGEST_NOTE)
  note?: string | null;
}

/** What is left out stays; null takes a note away. */
export class ChangeRuleDto {
  @WhenGiven()
  @IsIn(RULE_FIELDS)
  field?: RuleField;

  @WhenGiven()
  @IsIn(RULE_MATCHES)
  match?: RuleMatch;

  @WhenGiven()
  @CodePoints(1, LONGEST_RULE_VALUE)
  @NotBlank()
  value?: string;

  @WhenGiven()
  @IsIn(RULE_ACTIONS)
  action?: RuleAction;

  @IsOptional()
  @CodePoints(0, LONGEST_NOTE)
  note?: string | null;
}
