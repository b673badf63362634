import type { CommentStatus, Decision } from '../../src/comments/comment-status.js';
import { purgeOldSpam } from '../../src/comments/retention.js';
import { TALLIES, tallyVerdict, type MachineAnswer, type Tally } from '../../src/comments/tally-verdict.js';
import { mondayOf } from '../../src/comments/week.js';
import type { Label } from '../../src/lib/spam/verdict.js';
import { FilterReport, type FilterReportView } from '../../src/moderation/filter-report.js';
import type { CommentId } from '../../src/platform/ids.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { SetClock, TestStage } from '../support/test-stage.js';

/* How the filter did, as it is kept by week while comments move. */

const DAY_MS = 86_400_000;
const NOW = new Date('2026-11-25T12:00:00Z');

let stage: TestStage;
let site: KnownSite;

beforeAll(async () => {
  stage = await TestStage.open(20);
});

afterAll(() => stage.close());

beforeEach(async () => {
  await stage.postgres.query('delete from site');
  site = await stage.addSite();
});

interface Screening {
  readonly to: CommentStatus;
  readonly label?: Label;
  readonly blindInsteadOf?: CommentStatus;
  readonly at?: Date;
  readonly on?: KnownSite;
}

function screen(ids: readonly CommentId[], { to, label, blindInsteadOf, at = NOW, on = site }: Screening) {
  const machine = blindInsteadOf ?? to;
  const told = label ?? (machine === 'spam' ? 'spam' : machine === 'pending' ? 'unsure' : 'ham');
  const results = ids.map((id) => ({
    ...{
      siteId: on.id,
      id,
      revision: 1,
      to,
      reason: 'R.',
      html: '',
      rendererVersion: 1,
      linkDomains: [],
      campaign: null,
    },
    verdict: { label: told, probability: 0.5, score: 0, signals: [] },
    ...(blindInsteadOf && { blindInsteadOf }),
  }));
  return stage.database.acrossSites('screen a batch', (manager) => stage.mover.screen(manager, results, at));
}

async function screened(screening: Screening, count = 1): Promise<CommentId[]> {
  const ids = await stage.receive(screening.on ?? site, count);
  await screen(ids, screening);
  return ids;
}

/** Whatever the machine would have done, it waits. */
function blind(instead: CommentStatus, label?: Label): Promise<CommentId[]> {
  return screened({ to: 'pending', blindInsteadOf: instead, ...(label && { label }) });
}

async function decide(ids: readonly CommentId[], ...decisions: readonly Decision[]): Promise<void> {
  for (const decision of decisions) {
    await stage.database.inSite(site.id, (manager) =>
      stage.mover.decide(
        manager,
        { id: site.id, publishOnApproval: true },
        ids.map((id) => ({ id, decision })),
        { kind: 'person', id: null, name: 'Mo' },
        NOW,
      ),
    );
  }
}

/** The row of a week, without what is zero. */
async function record(on = site, week = mondayOf(NOW)): Promise<Partial<Tally>> {
  const rows = await stage.rows<Tally>(
    `select ${TALLIES.join(', ')} from filter_record where site_id = $1 and week = $2`,
    [on.id, week],
  );
  return Object.fromEntries(Object.entries(rows[0] ?? {}).filter(([, count]) => count !== 0));
}

function report(weeks?: string, on = site): Promise<FilterReportView> {
  return new FilterReport(stage.database, new SetClock(NOW)).read(on, weeks === undefined ? {} : { weeks });
}

/** The record as the comments that stand tell it, week by week. */
async function retold(on = site): Promise<Record<string, Tally>> {
  const rows = await stage.rows<MachineAnswer & { status: CommentStatus }>(
    `select verdict_label as label, machine_status as to, is_blind as "isBlind", screened_at as at, status
       from comment where site_id = $1 and machine_status is not null`,
    [on.id],
  );
  const weeks: Record<string, Tally> = {};
  for (const { status, ...answer } of rows) {
    const tally = tallyVerdict(answer, status);
    const sum = weeks[mondayOf(answer.at)];
    weeks[mondayOf(answer.at)] = Object.fromEntries(
      TALLIES.map((name) => [name, tally[name] + (sum?.[name] ?? 0)]),
    ) as unknown as Tally;
  }
  return weeks;
}

async function kept(on = site): Promise<Record<string, Tally>> {
  const rows = await stage.rows<Tally & { week: string }>(
    `select week::text as week, ${TALLIES.join(', ')} from filter_record where site_id = $1`,
    [on.id],
  );
  return Object.fromEntries(rows.map(({ week, ...tally }) => [week, tally]));
}

describe('the record of a week', () => {
  it('counts what the machine did, in one row', async () => {
    await screened({ to: 'spam' }, 3);
    await screened({ to: 'pending' }, 2);
    await screened({ to: 'published' });
    await screened({ to: 'approved' });
    expect(await record()).toEqual({ screened: 7, put_away: 3, held: 2, let_out: 2 });
  });

  it('counts nothing that was not screened, and a verdict that comes too late no more', async () => {
    const ids = await stage.receive(site, 2);
    await decide(ids, 'spam');
    expect(await screen(ids, { to: 'published' })).toEqual([]);
    expect(await record()).toEqual({});
    await decide(ids, 'undo');
    await screen(ids, { to: 'published' });
    await screen(ids, { to: 'published' });
    expect(await record()).toEqual({ screened: 2, let_out: 2 });
  });

  it.each<[CommentStatus, readonly Decision[], Partial<Tally>]>([
    ['spam', ['restore'], { restored: 1 }],
    ['spam', ['approve'], { restored: 1 }],
    ['spam', ['approve', 'unpublish', 'publish'], { restored: 1 }],
    ['spam', ['approve', 'undo'], {}],
    ['spam', ['restore', 'spam'], {}],
    ['spam', ['restore', 'spam', 'undo'], { restored: 1 }],
    ['spam', ['reject'], {}],
    ['spam', ['restore', 'restore'], { restored: 1 }],
    ['published', ['spam'], { marked: 1 }],
    ['published', ['spam', 'spam'], { marked: 1 }],
    ['published', ['spam', 'undo'], {}],
    ['published', ['spam', 'undo', 'spam'], { marked: 1 }],
    ['published', ['spam', 'restore'], {}],
    ['published', ['reject'], {}],
    ['published', ['unpublish'], {}],
    ['pending', ['spam'], {}],
    ['pending', ['approve', 'spam', 'undo'], {}],
  ])('of what went to %s, then %j, counts as it must', async (to, decisions, expected) => {
    const ids = await screened({ to });
    const before = await record();
    await decide(ids, ...decisions);
    expect(await record()).toEqual({ ...before, ...expected });
  });

  it('is that of the verdict, whenever somebody reverses it', async () => {
    const lastWeek = new Date(NOW.getTime() - 7 * DAY_MS);
    const ids = await screened({ to: 'spam', at: lastWeek });
    await decide(ids, 'restore');
    expect(await record(site, '2026-11-16')).toEqual({ screened: 1, put_away: 1, restored: 1 });
    expect(await record()).toEqual({});
  });

  it('moves with a comment that is screened again', async () => {
    const ids = await stage.receive(site, 1);
    await screen(ids, { to: 'spam', at: new Date(NOW.getTime() - 7 * DAY_MS) });
    // As an author's edit will send it back.
    await stage.postgres.query("update comment set status = 'received' where id = any ($1)", [ids]);
    await screen(ids, { to: 'published' });
    expect(await record(site, '2026-11-16')).toEqual({});
    expect(await record()).toEqual({ screened: 1, let_out: 1 });
  });

  it('does not change when spam is purged, nor when somebody erases a comment', async () => {
    const [spam] = await screened({ to: 'spam' }, 2);
    const [published] = await screened({ to: 'published' });
    await decide([spam!], 'restore');
    await decide([published!], 'spam');
    const before = await record();
    expect(before).toEqual({ screened: 3, put_away: 2, let_out: 1, restored: 1, marked: 1 });
    await decide([spam!, published!], 'delete');
    const later = new Date(Date.now() + 365 * DAY_MS);
    await stage.database.acrossSites('sweep', (manager) => purgeOldSpam(manager, stage.changes, later));
    expect(await stage.countByStatus(site.id)).toEqual({ deleted: 2 });
    expect(await record()).toEqual(before);
  });

  it('is taken back with a transaction that fails', async () => {
    const ids = await stage.receive(site, 1);
    const result = {
      ...{ siteId: site.id, id: ids[0]!, revision: 1, to: 'spam' as const, reason: 'R.', html: '', rendererVersion: 1 },
      verdict: { label: 'spam' as const, probability: 1, score: 9, signals: [] },
      linkDomains: [],
      campaign: null,
    };
    const broken = stage.database.acrossSites('screen a batch', async (manager) => {
      await stage.mover.screen(manager, [result], NOW);
      throw new Error('the machine stops here');
    });
    await expect(broken).rejects.toThrow('stops here');
    expect(await record()).toEqual({});
  });

  it('goes with its site', async () => {
    await screened({ to: 'spam' });
    await stage.postgres.query('delete from site where id = $1', [site.id]);
    expect(await stage.rows('select 1 from filter_record')).toEqual([]);
  });

  it('tells what the comments tell, whatever workers and moderators of two sites do at the same moment', async () => {
    const other = await stage.addSite();
    const fates: Omit<Screening, 'on' | 'at'>[] = [
      ...[{ to: 'spam' as const }, { to: 'published' as const }, { to: 'pending' as const }],
      ...(['spam', 'published', 'pending'] as const).map((one) => ({ to: 'pending' as const, blindInsteadOf: one })),
    ];
    const mine = await stage.receive(site, 30);
    const theirs = await stage.receive(other, 30);
    const judge = (ids: readonly CommentId[], on: KnownSite, shift: number): Promise<unknown> =>
      Promise.all(
        fates.map((fate, place) =>
          screen(
            ids.filter((_, index) => (index + shift) % fates.length === place),
            { ...fate, on, at: new Date(NOW.getTime() - (place % 2) * 7 * DAY_MS) },
          ),
        ),
      );
    const all: Decision[] = ['spam', 'approve', 'restore', 'undo', 'reject', 'publish', 'unpublish'];
    const both = (ids: readonly CommentId[], decision: Decision): Promise<unknown> =>
      stage.database.inSites([site.id, other.id], (manager) =>
        stage.mover.decideOnSites(
          manager,
          ids.map((id) => {
            const on = mine.includes(id) ? site : other;
            return { site: { id: on.id, publishOnApproval: true }, request: { id, decision } };
          }),
          { kind: 'person', id: null, name: 'Mo' },
          NOW,
        ),
      );
    await Promise.all([judge(mine, site, 0), judge(mine, site, 1), judge(theirs, other, 0), both(mine, 'spam')]);
    for (let round = 0; round < 10; round++) {
      const next = (shift: number): Decision => all[(round + shift) % all.length]!;
      await Promise.all([
        both([...mine, ...theirs], next(0)),
        both([...theirs, ...mine].reverse(), next(2)),
        both(mine.slice(10), next(3)),
        both(theirs.slice(0, 20), next(5)),
        judge(mine, site, round),
      ]);
    }
    for (const on of [site, other]) {
      const told = await kept(on);
      expect(Object.values(told).reduce((sum, { screened: count }) => sum + count, 0)).toBeGreaterThan(0);
      const empty = Object.fromEntries(TALLIES.map((name) => [name, 0]));
      const expected = await retold(on);
      for (const [week, tally] of Object.entries(told)) expect([week, tally]).toEqual([week, expected[week] ?? empty]);
      expect(Object.keys(told)).toEqual(expect.arrayContaining(Object.keys(expected)));
    }
  });
});

describe('the blind share', () => {
  it('is a row as any other, and keeps what the machine would have done', async () => {
    const [id] = await blind('spam');
    expect(
      await stage.one('select status, machine_status, is_blind, verdict_score from comment where id = $1', [id]),
    ).toEqual({ status: 'pending', machine_status: 'spam', is_blind: true, verdict_score: 0 });
    expect(await record()).toEqual({ screened: 1, held: 1, blind: 1 });
  });

  it.each<[CommentStatus, Label, readonly Decision[], Partial<Tally>]>([
    ['spam', 'spam', [], { held: 1 }],
    ['published', 'ham', [], { held: 1 }],
    ['spam', 'spam', ['approve'], { put_away: 1, restored: 1, blind_ham: 1, false_positives: 1 }],
    ['spam', 'spam', ['spam'], { put_away: 1, blind_spam: 1 }],
    ['spam', 'spam', ['approve', 'undo'], { held: 1 }],
    ['spam', 'spam', ['approve', 'undo', 'spam'], { put_away: 1, blind_spam: 1 }],
    ['spam', 'spam', ['reject'], { put_away: 1 }],
    ['spam', 'spam', ['spam', 'restore'], { held: 1 }],
    ['published', 'ham', ['approve'], { let_out: 1, blind_ham: 1 }],
    ['published', 'ham', ['spam'], { let_out: 1, marked: 1, blind_spam: 1, false_negatives: 1 }],
    ['published', 'ham', ['spam', 'undo', 'spam'], { let_out: 1, marked: 1, blind_spam: 1, false_negatives: 1 }],
    ['pending', 'ham', ['spam'], { held: 1, blind_spam: 1, false_negatives: 1 }],
    ['pending', 'unsure', ['spam'], { held: 1, blind_spam: 1 }],
    ['pending', 'unsure', ['publish'], { held: 1, blind_ham: 1 }],
  ])('of what would have gone to %s as %s, then %j, counts as it must', async (instead, label, decisions, expected) => {
    const ids = await blind(instead, label);
    await decide(ids, ...decisions);
    expect(await record()).toEqual({ screened: 1, blind: 1, ...expected });
  });
});

describe('the report', () => {
  it('has as many weeks as were asked for, the newest first, and knows nothing where nothing came', async () => {
    const { weeks, total, blindShare } = await report();
    expect(blindShare).toBe(0);
    expect(weeks).toHaveLength(12);
    expect(weeks.map(({ week }) => week).slice(0, 2)).toEqual(['2026-W48', '2026-W47']);
    const unknown = { count: 0, of: 0, rate: null, low: null, high: null };
    expect(total).toEqual({
      ...{ screened: 0, putAway: 0, held: 0, letOut: 0, restored: 0, markedAsSpam: 0 },
      blind: { shown: 0, ham: 0, spam: 0, falsePositives: unknown, falseNegatives: unknown },
    });
    expect((await report('1')).weeks).toHaveLength(1);
    expect((await report('104')).weeks.at(-1)).toMatchObject({ week: '2024-W49', startsOn: '2024-12-02' });
  });

  it('adds up its weeks, and bounds what it estimates', async () => {
    await screened({ to: 'spam', at: new Date('2026-11-10T00:00:00Z') }, 4);
    const old = await screened({ to: 'published', at: new Date('2026-11-22T23:59:59Z') }, 2);
    await decide(old, 'spam');
    for (const decision of ['approve', 'approve', 'spam'] as const) await decide(await blind('spam'), decision);
    await decide(await blind('published'), 'approve');
    await blind('published');
    await screened({ to: 'spam', on: await stage.addSite() });
    const { weeks, total } = await report('3');
    expect(weeks.map(({ screened: count }) => count)).toEqual([5, 2, 4]);
    expect(weeks[1]).toMatchObject({ letOut: 2, markedAsSpam: 2, putAway: 0 });
    expect(total).toMatchObject({ screened: 11, putAway: 7, held: 1, letOut: 3, restored: 2, markedAsSpam: 2 });
    expect(total.blind).toMatchObject({ shown: 5, ham: 3, spam: 1 });
    expect(total.blind.falsePositives).toEqual({
      ...{ count: 2, of: 3, rate: 2 / 3 },
      ...{ low: expect.closeTo(0.2077, 3) as number, high: expect.closeTo(0.9385, 3) as number },
    });
    expect(total.blind.falseNegatives).toMatchObject({ count: 0, of: 1, rate: 0, low: 0 });
    expect((await report('1')).total.screened).toBe(5);
  });

  it.each(['0', '105', '-1', '1.5', 'x', ''])('refuses %j weeks', async (weeks) => {
    await expect(report(weeks)).rejects.toMatchObject({ code: 'malformed-query' });
  });
});
