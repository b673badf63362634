import { Injectable } from '@nestjs/common';
import { mondayBefore, mondayOf, nameOfWeek } from '../comments/week.js';
import { TALLIES, type Tally } from '../comments/tally-verdict.js';
import { wilsonInterval } from '../lib/spam/wilson-interval.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { readWhole, type RawQuery } from '../platform/http/query.js';
import type { KnownSite } from '../sites/site-directory.js';

const WEEKS = 12;
const MOST_WEEKS = 104;

/** A share as it was counted, and where the true one lies with 95 % confidence; null where nothing was counted. */
export interface EstimateView {
  readonly count: number;
  readonly of: number;
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface FilterCountsView {
  readonly screened: number;
  readonly putAway: number;
  readonly held: number;
  readonly letOut: number;
  /** What people reversed: put away and taken back; let out and marked as spam. */
  readonly restored: number;
  readonly markedAsSpam: number;
  /** What people said who did not know the verdict. */
  readonly blind: {
    readonly shown: number;
    readonly ham: number;
    readonly spam: number;
    readonly falsePositives: EstimateView;
    readonly falseNegatives: EstimateView;
  };
}

export interface FilterWeekView extends FilterCountsView {
  readonly week: string;
  /** Its Monday. */
  readonly startsOn: string;
}

export interface FilterReportView {
  readonly blindShare: number;
  /** The newest first. */
  readonly weeks: readonly FilterWeekView[];
  readonly total: FilterCountsView;
}

type WeekRow = Tally & { readonly week: string };

const COLUMNS = TALLIES.join(', ');
const NOTHING = Object.fromEntries(TALLIES.map((name) => [name, 0])) as unknown as Tally;

/** How the filter did on a site, from counts that are kept where moves are written: a row a week. */
@Injectable()
export class FilterReport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `malformed-query` */
  async read(site: KnownSite, query: RawQuery): Promise<FilterReportView> {
    const weeks = readWhole(query, 'weeks', { least: 1, most: MOST_WEEKS, standard: WEEKS });
    const newest = mondayOf(this.clock.now());
    const mondays = Array.from({ length: weeks }, (_, ago) => mondayBefore(newest, ago));
    const rows: WeekRow[] = await this.database.inSite(site.id, (manager) =>
      manager.query(
        `select week::text as week, ${COLUMNS} from filter_record where site_id = $1 and week = any ($2::date[])`,
        [site.id, mondays],
      ),
    );
    const byWeek = new Map(rows.map((row) => [row.week, row]));
    return {
      blindShare: site.settings.blindShare,
      weeks: mondays.map((monday) => viewWeek(monday, byWeek.get(monday) ?? NOTHING)),
      total: viewCounts(sumOf(rows)),
    };
  }
}

function sumOf(rows: readonly WeekRow[]): Tally {
  const sum = (name: keyof Tally): number => rows.reduce((total, row) => total + row[name], 0);
  return Object.fromEntries(TALLIES.map((name) => [name, sum(name)])) as unknown as Tally;
}

function viewWeek(monday: string, tally: Tally): FilterWeekView {
  return { week: nameOfWeek(monday), startsOn: monday, ...viewCounts(tally) };
}

function viewCounts(tally: Tally): FilterCountsView {
  return {
    screened: tally.screened,
    putAway: tally.put_away,
    held: tally.held,
    letOut: tally.let_out,
    restored: tally.restored,
    markedAsSpam: tally.marked,
    blind: {
      shown: tally.blind,
      ham: tally.blind_ham,
      spam: tally.blind_spam,
      falsePositives: estimate(tally.false_positives, tally.blind_ham),
      falseNegatives: estimate(tally.false_negatives, tally.blind_spam),
    },
  };
}

function estimate(count: number, of: number): EstimateView {
  const interval = wilsonInterval(count, of);
  return { count, of, rate: interval && count / of, low: interval?.low ?? null, high: interval?.high ?? null };
}
