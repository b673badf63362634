import { plainEvidence, SILENT_FILTER } from './evidence.fixture.spec-support.js';
import type { CommentText, Facts } from './evidence.js';
import { judge, type JudgeOptions } from './judge.js';
import type { Rule } from './rules/rule.js';
import { RuleSet } from './rules/rule-set.js';
import { rulingOf } from './ruling.js';
import { DEFAULT_THRESHOLDS, type Verdict } from './verdict.js';

const SPAM = { body: 'Best [url=http://bit.ly/x]casino[/url] http://slots.example.net!!!', authorName: 'Casino Bonus' };

function judged(
  actions: readonly Rule['action'][],
  {
    comment = {},
    facts = {},
    ...options
  }: { comment?: Partial<CommentText>; facts?: Partial<Facts> } & Pick<JudgeOptions, 'thresholds' | 'weights'> = {},
): Verdict {
  const rules = new RuleSet(
    actions.map((action): Rule => ({ field: 'address', match: 'exact', value: '@example.org', action })),
  );
  return judge(plainEvidence(comment, { rules, ...facts }), { filter: SILENT_FILTER, ...options });
}

describe('under the shipped thresholds the probability says what the rule does', () => {
  it.each([
    ['spam', 'spam', 0.95, 1],
    ['hold', 'unsure', DEFAULT_THRESHOLDS.hold, 0.95],
    ['allow', 'ham', 0, 0.01],
  ] as const)('%s alone makes a plain comment %s', (action, label, least, most) => {
    const verdict = judged([action]);
    expect(verdict.label).toBe(label);
    expect(verdict.probability).toBeGreaterThanOrEqual(least);
    expect(verdict.probability).toBeLessThan(most);
  });
});

describe('a rule wins over the sum', () => {
  const never = { hold: 1, spam: 1 };
  const always = { hold: 0, spam: 0 };

  it('whatever the thresholds are', () => {
    expect(judged(['spam'], { thresholds: never }).label).toBe('spam');
    expect(judged(['hold'], { thresholds: never }).label).toBe('unsure');
    expect(judged(['allow'], { thresholds: always }).label).toBe('ham');
  });

  it('whatever the weights of the site are', () => {
    const weights = { 'bbcode-link': 3, 'author-published': 3 };
    expect(judged(['allow'], { comment: SPAM, weights }).label).toBe('ham');
    expect(judged(['spam'], { facts: { authorPublished: 100 }, weights }).label).toBe('spam');
  });

  it('an allowing one over what the text looks like, whose reasons stay to be read', () => {
    const verdict = judged(['allow'], { comment: SPAM });
    expect(judged([], { comment: SPAM }).label).toBe('spam');
    expect(verdict.label).toBe('ham');
    expect(verdict.signals.map(({ name }) => name)).toEqual(expect.arrayContaining(['rule-allow', 'bbcode-link']));
  });

  it('a holding one puts nothing back that is spam', () => {
    expect(judged(['hold'], { comment: SPAM }).label).toBe('spam');
  });
});

describe('several rules', () => {
  it.each([
    [['spam', 'hold'], 'spam'],
    [['spam', 'allow'], 'ham'],
    [['hold', 'allow'], 'ham'],
    [['hold', 'spam', 'allow'], 'ham'],
  ] as const)('%j make a comment %s', (actions, label) => {
    expect(judged(actions).label).toBe(label);
  });

  it('of one action weigh once, and few of them are told', () => {
    const verdict = judged(Array.from({ length: 20 }, () => 'hold' as const));
    expect(verdict.signals.map(({ weight }) => weight)).toEqual([2.5, 0, 0, 0, 0]);
    expect(verdict.label).toBe('unsure');
  });
});

describe('a filled honeypot', () => {
  const facts = { honeypotFilled: true };

  it('is not undone by a rule that allows', () => {
    expect(judged(['allow'], { facts })).toMatchObject({ label: judged([], { facts }).label });
    expect(judged(['allow'], { facts }).probability).toBe(judged([], { facts }).probability);
    expect(judged(['allow', 'spam'], { facts }).label).toBe('spam');
    expect(rulingOf(judged(['allow'], { facts }).signals)).toBeNull();
  });

  it('undoes nothing on a site that has switched it off', () => {
    const shown = judged(['allow'], { facts, comment: SPAM, weights: { honeypot: 0 } });
    expect(shown).toEqual(judged(['allow'], { comment: SPAM }));
    expect(shown.label).toBe('ham');
  });
});
