import type { SiteRule } from '../rules/site-rule.entity.js';

export interface RuleView {
  readonly id: string;
  readonly field: string;
  readonly match: string;
  readonly value: string;
  readonly action: string;
  readonly note: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
}

export function viewRule({ id, field, match, value, action, note, createdAt, createdBy }: SiteRule): RuleView {
  return { id, field, match, value, action, note, createdAt: createdAt.toISOString(), createdBy };
}
