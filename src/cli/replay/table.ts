import { LABELS, type CommentLabel } from './replay-comment.js';
import type { ReplayResult, ReplayTimes, Tally } from './replay-result.js';
import type { ShownStatus } from './verdicts.js';

const COLUMNS = {
  moderation: ['published', 'approved', 'pending', 'spam', 'rejected', 'received'],
  receipts: ['published', 'pending', 'declined', 'received'],
} as const satisfies Record<ReplayResult['statusesFrom'], readonly ShownStatus[]>;

const SOURCES: Readonly<Record<ReplayResult['statusesFrom'], string>> = {
  moderation: 'Statuses from the moderators’ lists.',
  receipts: 'Statuses from the receipts, which call spam and approved "pending": the key has no moderation:read.',
};

/** What a person reads at the end: counts by label, shares, times, and whatever did not go as it should. */
export function renderResult(result: ReplayResult): string {
  const sections = [describeRun(result), renderCounts(result), renderShares(result), renderTimes(result)];
  return [...sections, renderRemarks(result)].filter((section) => section !== '').join('\n\n');
}

/** Aligned columns: the first to the left, the others to the right. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}

function describeRun({ run, url, site, files }: ReplayResult): string {
  const lines = files.map(
    ({ path, article, comments }) => `  ${path}: ${count(comments, 'comment')}, article ${article}`,
  );
  return [`Run ${run} on ${url}, site ${site}`, ...lines].join('\n');
}

function renderCounts({ labels, statusesFrom }: ReplayResult): string {
  const shown = LABELS.filter((label) => labels[label].sent > 0).map((label) => [label, labels[label]] as const);
  const rows = shown.length === 1 ? shown : [...shown, ['all', addUp(shown.map(([, one]) => one))] as const];
  // Deleted only by a person who was at it meanwhile; an everyday table does without the column.
  const hasDeleted = rows.some(([, { statuses }]) => statuses.deleted !== undefined);
  const columns: readonly ShownStatus[] = [...COLUMNS[statusesFrom], ...(hasDeleted ? (['deleted'] as const) : [])];
  const header = ['label', 'sent', 'refused', ...columns];
  const body = rows.map(([name, { sent, refused, statuses }]) => [
    name,
    `${sent}`,
    `${refused}`,
    ...columns.map((status) => `${statuses[status] ?? 0}`),
  ]);
  return alignColumns([header, ...body]);
}

function addUp(tallies: readonly Tally[]): Tally {
  const statuses: Partial<Record<ShownStatus, number>> = {};
  for (const one of tallies) {
    for (const [status, n] of Object.entries(one.statuses) as [ShownStatus, number][]) {
      statuses[status] = (statuses[status] ?? 0) + n;
    }
  }
  const sum = (key: 'sent' | 'refused'): number => tallies.reduce((total, one) => total + one[key], 0);
  return { sent: sum('sent'), refused: sum('refused'), statuses };
}

/** Shares of what has its verdict: a comment that still waits is neither caught nor let through. */
function renderShares({ labels, statusesFrom }: ReplayResult): string {
  const share = (label: CommentLabel, ...statuses: ShownStatus[]): string => {
    const { sent, refused, statuses: counts } = labels[label];
    const screened = sent - refused - (counts.received ?? 0);
    const hits = statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
    return screened === 0 ? '-' : `${((100 * hits) / screened).toFixed(1)} %`;
  };
  const isKnown = statusesFrom === 'moderation';
  const known = (text: string): string => (isKnown ? text : 'not known from receipts');
  const rows: string[][] = [];
  if (labels.spam.sent > 0) {
    rows.push(['spam caught (put away or held)', share('spam', 'spam', 'rejected', 'declined', 'pending')]);
    rows.push(['  put away', known(share('spam', 'spam', 'rejected'))]);
  }
  if (labels.ham.sent > 0) {
    rows.push(['ham put away as spam', known(share('ham', 'spam'))]);
    rows.push(['ham let through', share('ham', 'published', 'approved')]);
  }
  return rows.length === 0 ? '' : alignColumns(rows);
}

function renderTimes({ labels, times }: ReplayResult): string {
  const sent = LABELS.reduce((sum, label) => sum + labels[label].sent, 0);
  const { reading, sending, screening } = times;
  const rows = [
    ['reading', seconds(reading), ''],
    ['sending', seconds(sending), `${perSecond(sent, sending)}${describeSubmission(times)}`],
    ['screening', seconds(screening), 'from the last acknowledgement to the last verdict'],
    ['in all', seconds(sending + screening), `${perSecond(sent, sending + screening)} sent and screened`],
  ];
  return rows
    .map(([stage = '', time = '', more = '']) => `${stage.padEnd(9)}  ${time.padStart(9)}  ${more}`.trimEnd())
    .join('\n');
}

function describeSubmission({ submissionP50, submissionP99 }: ReplayTimes): string {
  if (submissionP50 === null || submissionP99 === null) return '';
  return `; a submission took ${submissionP50.toFixed(0)} ms (p50), ${submissionP99.toFixed(0)} ms (p99)`;
}

function renderRemarks(result: ReplayResult): string {
  const { statusesFrom, refusals, malformed, cut, madeUpEmails, notSent, troubles } = result;
  const codes = Object.entries(refusals).map(([code, n]) => `${n} ${code}`);
  return [
    SOURCES[statusesFrom],
    ...(isAllHeld(result)
      ? ['Nothing was let through, as on a site where a person reads everything: what was held says little here.']
      : []),
    ...(madeUpEmails > 0
      ? [
          `${count(madeUpEmails, 'comment')} had no e-mail address and got one at replay.example.org; the filter may weigh a domain set aside for examples.`,
        ]
      : []),
    ...(cut > 0 ? [`${count(cut, 'text')} longer than 10,000 characters cut.`] : []),
    ...(malformed.length > 0 ? [`${count(malformed.length, 'malformed line')} skipped.`] : []),
    ...(codes.length > 0 ? [`Refused: ${codes.join(', ')}.`] : []),
    ...(notSent > 0 ? [`${count(notSent, 'comment')} not sent.`] : []),
    ...troubles,
  ].join('\n');
}

/** Under the policy `all` spam that the filter took for ham is held as well, and 100 % caught would be no merit. */
function isAllHeld({ labels }: ReplayResult): boolean {
  const { published = 0, approved = 0, pending = 0 } = addUp(LABELS.map((label) => labels[label])).statuses;
  return pending > 0 && published + approved === 0;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function perSecond(n: number, ms: number): string {
  return `${ms > 0 ? Math.round((n * 1000) / ms) : 0} comments/s`;
}
