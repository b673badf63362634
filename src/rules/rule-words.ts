import type { RuleTerms } from '../lib/spam/rules/rule.js';
import type { SiteRule } from './site-rule.entity.js';

/** A whole address is kept as the keys of authors are: comparing knows no case, and looking it up does. */
export function valueAsKept({ field, match, value }: RuleTerms): string {
  return field === 'address' && match === 'exact' ? value.trim().toLowerCase() : value;
}

/** For the record of acts, which is kept longer than most rules: where one looks for people, not for whom. */
export function describeRule({ field, match, value, action }: Pick<SiteRule, 'field' | 'match' | 'value' | 'action'>): {
  readonly subject?: string;
  readonly detail: Readonly<Record<string, unknown>>;
} {
  const isOfNobody = (field === 'text' || field === 'host') && !value.includes('@');
  return { ...(isOfNobody && { subject: value }), detail: { field, match, action } };
}
