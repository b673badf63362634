// What an owner's rule says. It is plain data; what its words mean is read-rule.ts's affair.

/** Where a rule looks. */
export const RULE_FIELDS = ['text', 'host', 'name', 'address', 'network'] as const;
export type RuleField = (typeof RULE_FIELDS)[number];

/** How it compares. */
export const RULE_MATCHES = ['exact', 'word', 'prefix', 'regex'] as const;
export type RuleMatch = (typeof RULE_MATCHES)[number];

/** What it does with a comment it matches. */
export const RULE_ACTIONS = ['hold', 'spam', 'allow'] as const;
export type RuleAction = (typeof RULE_ACTIONS)[number];

/** Where a rule looks, and for what. */
export interface RuleTerms {
  readonly field: RuleField;
  readonly match: RuleMatch;
  readonly value: string;
}

export interface Rule extends RuleTerms {
  readonly action: RuleAction;
}

/** Why there can be no such rule: which member is wrong, and a sentence for the owner. */
export interface RuleFault {
  readonly member: 'match' | 'value';
  readonly detail: string;
}

export const LONGEST_RULE_VALUE = 256;
