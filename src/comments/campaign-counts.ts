// What a campaign counts, as pieces of the statements that write it: its comments by status, all of them, and those
// that people put away as spam. The same columns in the same order everywhere.
import { COMMENT_STATUSES } from './comment-status.js';

const GROUPED = COMMENT_STATUSES.filter((status) => status !== 'received' && status !== 'deleted');

type Counts = (status: string, confirmer: string) => string;

const COUNTS: readonly (readonly [column: string, counts: Counts])[] = [
  ...GROUPED.map((name): [string, Counts] => [name, (status) => `${status} = '${name}'`]),
  ['size', (status) => `${status} in ('${GROUPED.join("', '")}')`],
  ['confirmed', (status, confirmer) => `${status} = 'spam' and ${confirmer} is not null`],
  [
    'confirmed_by_operator',
    (status, confirmer) => `${status} = 'spam' and ${confirmer} is not distinct from 'operator'`,
  ],
];

export const CAMPAIGN_COUNTS = COUNTS.map(([column]) => column).join(', ');

/** How moves `m` change the counts. */
export const CAMPAIGN_CHANGES = COUNTS.map(([column, counts]) => {
  const after = counts('m.status', 'm.confirmed_by');
  const before = counts('m.from_status', 'm.confirmed_before');
  return `sum((${after})::int - (${before})::int) as ${column}`;
}).join(', ');

/** The counts of rows `gone` together. */
export const CAMPAIGN_SUMS = COUNTS.map(([column]) => `sum(gone.${column}) as ${column}`).join(', ');

const added = (row: string): string =>
  COUNTS.map(([column]) => `${column} = k.${column} + ${row}.${column}`).join(', ');

/** Assignments that add what row `t` counts to campaign `k`; or what an insert brings to the one that is there. */
export const CAMPAIGN_ADDS = added('t');
export const CAMPAIGN_MERGES = added('excluded');
