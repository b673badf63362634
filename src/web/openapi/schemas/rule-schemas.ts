import { RULE_ACTIONS, RULE_FIELDS, RULE_MATCHES } from '../../../lib/spam/rules/rule.js';
import { choice, count, flag, id, list, nullable, object, page, ref, text, time, type Schema } from '../schema.js';

const example = object({
  id: id('The comment’s id.'),
  authorName: text('As typed.', 'Casino Bonus'),
  article: text('Key of its article.', '/2026/01/small-is-beautiful'),
  excerpt: text('The beginning of the text, on one line.', 'Best casino bonus at casino.example'),
  decidedAt: time('When a person decided.'),
});

/** The rules of a site, and their trial. */
export const ruleSchemas: Readonly<Record<string, Schema>> = {
  Rule: object({
    id: id('The rule’s id.'),
    field: choice(RULE_FIELDS, 'Where it looks.', 'host'),
    match: choice(RULE_MATCHES, 'How it compares.'),
    value: text('What it looks for, as it was written.', 'casino.example'),
    action: choice(RULE_ACTIONS, 'What becomes of a comment it matches.', 'spam'),
    note: nullable(text('For colleagues.', 'Sold links here in May.')),
    createdAt: time('When it was made.'),
    createdBy: text('Who made it.', 'Grace'),
  }),
  RulesPage: page(ref('Rule')),
  RuleTrial: object({
    days: count('How many days back it looked.', 30),
    decided: count('Comments it looked at: a person said what they are.', 214),
    caught: count('How many the rule matches.', 12),
    wrongly: count('How many of these it would treat wrongly: hold or put away what is no spam, or allow spam.', 1),
    capped: flag('Whether there were more than could be looked at in time; the newest were.', false),
    examples: object({
      caught: list(example, 'Up to five that it matches rightly.'),
      wrong: list(example, 'Up to five that it matches wrongly.'),
    }),
  }),
};
