import { signalsOf } from '../evidence.fixture.spec-support.js';
import type { CommentText } from '../evidence.js';
import type { Rule } from '../rules/rule.js';
import { RuleSet } from '../rules/rule-set.js';
import type { Signal } from '../verdict.js';
import { siteRules } from './site-rules.js';

function said(
  rules: readonly Rule[],
  comment: Partial<CommentText>,
  clientNetwork: string | null = null,
): readonly Signal[] {
  return signalsOf(siteRules(), comment, { rules: new RuleSet(rules), clientNetwork });
}

const why = (field: Rule['field'], match: Rule['match'], value: string, comment: Partial<CommentText>): string =>
  said([{ field, match, value, action: 'hold' }], comment, '203.0.113.0/24')[0]?.why ?? 'nothing';

describe('siteRules', () => {
  it('is silent where no rule matches, and where there is none', () => {
    expect(said([], { body: 'casino' })).toEqual([]);
    expect(said([{ field: 'text', match: 'word', value: 'casino', action: 'spam' }], { body: 'a garden' })).toEqual([]);
  });

  it('names each action', () => {
    const rules = (['hold', 'spam', 'allow'] as const).map((action): Rule => {
      return { field: 'text', match: 'word', value: 'casino', action };
    });
    const terms = ['casino'];
    expect(said(rules, { body: 'the casino' })).toEqual([
      { name: 'rule-allow', weight: -4, why: 'a rule of this site allows it: the comment contains “casino”', terms },
      { name: 'rule-spam', weight: 6, why: 'a rule of this site puts it away: the comment contains “casino”', terms },
      { name: 'rule-hold', weight: 2.5, why: 'a rule of this site holds it: the comment contains “casino”', terms },
    ]);
  });

  it('says where it matched', () => {
    expect(why('text', 'exact', 'Hi', { body: 'hi' })).toMatch(/the comment is “Hi”$/);
    expect(why('text', 'regex', 'h.', { body: 'hi' })).toMatch(/the comment fits “h\.”$/);
    expect(why('name', 'prefix', 'ad', {})).toMatch(/the author’s name has what begins with “ad”$/);
    expect(why('host', 'exact', 'a.example', { body: 'https://a.example' })).toMatch(/it leads to “a\.example”$/);
    expect(why('address', 'exact', '@example.org', {})).toMatch(/lies under “@example\.org”$/);
  });

  it('keeps the network to itself, which is forgotten before the verdict is', () => {
    expect(why('network', 'exact', '203.0.0.0/16', {})).toBe(
      'a rule of this site holds it: it came from a network of the rule',
    );
  });

  it('takes other weights', () => {
    const rules = new RuleSet([{ field: 'text', match: 'word', value: 'casino', action: 'spam' }]);
    expect(signalsOf(siteRules({ spam: 9 }), { body: 'casino' }, { rules })[0]?.weight).toBe(9);
  });
});
