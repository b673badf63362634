import { count, list, nullable, object, ref, text, type Schema } from '../schema.js';

const share = (description: string, example: number): Schema =>
  nullable({ type: 'number', minimum: 0, maximum: 1, description, examples: [example] });

const counts: Readonly<Record<string, Schema>> = {
  screened: count('Comments that got a verdict, each counted in the week of its last one.', 420),
  putAway: count('Of these, put away as spam.', 130),
  held: count('Held for a person.', 40),
  letOut: count('Approved or published by the policy.', 250),
  restored: count('Of what was put away, what a person took back.', 2),
  markedAsSpam: count('Of what was let out, what a person marked as spam.', 5),
  blind: ref('BlindShare'),
};

/** How the filter did. */
export const filterSchemas: Readonly<Record<string, Schema>> = {
  Estimate: object(
    {
      count: count('How many were wrong.', 1),
      of: count('Of how many.', 60),
      rate: share('The share; null where nothing was counted.', 0.0167),
      low: share('At least so much, with 95 % confidence (Wilson’s score interval).', 0.003),
      high: share('At most so much.', 0.0886),
    },
    'A share as it was counted, and between which the true one lies.',
  ),
  BlindShare: object(
    {
      shown: count(
        'Chosen at random, and shown to people without the verdict. The counts around hold them too: as held while they wait, then as what the filter would have done.',
        12,
      ),
      ham: count('Of these, what people accepted.', 60),
      spam: count('What people marked as spam. The rest waits, or was rejected, which says nothing of spam.', 30),
      falsePositives: ref('Estimate', 'Of what people accepted, what the filter would have put away.'),
      falseNegatives: ref(
        'Estimate',
        'Of what people marked as spam, what the filter found fine or would have let out.',
      ),
    },
    'What people said who did not know the verdict.',
  ),
  FilterCounts: object(counts),
  FilterWeek: object({
    week: text('The week, as ISO 8601 names it; in UTC.', '2026-W48', { pattern: '^\\d{4}-W\\d{2}$' }),
    startsOn: text('Its Monday.', '2026-11-23', { format: 'date' }),
    ...counts,
  }),
  FilterReport: object({
    blindShare: { type: 'number', minimum: 0, maximum: 1, description: 'As it is set now.', examples: [0.02] },
    weeks: list(ref('FilterWeek'), 'The newest first; also those in which nothing came.'),
    total: ref('FilterCounts', 'All of these weeks together.'),
  }),
};
