// Keeps the record of the filter in step with what people say of its verdicts. Used by move-comment alone, after
// apply-moves: whoever comes here holds the counters of all its sites, so that no two can wait for each other in a circle.
import type { EntityManager } from 'typeorm';
import type { SiteId } from '../platform/ids.js';
import type { Move } from './apply-moves.js';
import type { CommentStatus } from './comment-status.js';
import { TALLIES, tallyVerdict, type MachineAnswer, type Tally } from './tally-verdict.js';
import { mondayOf } from './week.js';

interface Change {
  readonly siteId: SiteId;
  readonly week: string;
  readonly tally: Tally;
}

/** Most decisions of people are about what the machine has held, and change nothing here. */
export async function keepRecord(manager: EntityManager, moves: readonly Move[]): Promise<void> {
  const changes = sumUp(moves.flatMap(changesOf));
  if (changes.length === 0) return;
  await manager.query(ADD_TO_RECORD, [
    changes.map(({ siteId }) => siteId),
    changes.map(({ week }) => week),
    ...TALLIES.map((name) => changes.map(({ tally }) => tally[name])),
  ]);
}

/** A verdict counts in the week in which it was given, also when somebody reverses it later. */
function changesOf({ siteId, action, from, to, machineBefore, machine }: Move): Change[] {
  // Who erases a comment says nothing of it: what was said before stays counted, as with a purge.
  if (action === 'delete') return [];
  const change = (answer: MachineAnswer | null, status: CommentStatus, sign: 1 | -1): Change[] =>
    answer ? [{ siteId, week: mondayOf(answer.at), tally: times(tallyVerdict(answer, status), sign) }] : [];
  return [...change(machineBefore, from, -1), ...change(machine, to, 1)];
}

function sumUp(changes: readonly Change[]): Change[] {
  const sums = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.siteId} ${change.week}`;
    const sum = sums.get(key);
    sums.set(key, sum ? { ...sum, tally: plus(sum.tally, change.tally) } : change);
  }
  return [...sums.values()].filter(({ tally }) => TALLIES.some((name) => tally[name] !== 0));
}

function plus(one: Tally, other: Tally): Tally {
  return mapTally((name) => one[name] + other[name]);
}

function times(tally: Tally, sign: 1 | -1): Tally {
  return mapTally((name) => sign * tally[name]);
}

function mapTally(count: (name: keyof Tally) => number): Tally {
  return Object.fromEntries(TALLIES.map((name) => [name, count(name)])) as unknown as Tally;
}

const COLUMNS = TALLIES.join(', ');
const GIVEN = TALLIES.map((_, index) => `$${String(index + 3)}::int[]`).join(', ');
const ADDITIONS = TALLIES.map((name) => `${name} = r.${name} + excluded.${name}`).join(', ');

const ADD_TO_RECORD = `
  insert into filter_record as r (site_id, week, ${COLUMNS})
  select * from unnest($1::uuid[], $2::date[], ${GIVEN}) k(site_id, week, ${COLUMNS}) order by site_id, week
  on conflict (site_id, week) do update set ${ADDITIONS}`;
