import type { Caller } from '../../src/accounts/caller.js';
import type { CommentMover } from '../../src/comments/move-comment.js';
import type { CommentStatus, Decision } from '../../src/comments/comment-status.js';
import type { LearningQueue } from '../../src/learning/learning.queue.js';
import { AfterDecisions } from '../../src/moderation/after-decisions.js';
import type { BulkQueue, Turn } from '../../src/moderation/jobs/bulk.queue.js';
import { JobKeeper } from '../../src/moderation/jobs/job-keeper.js';
import { JobList } from '../../src/moderation/jobs/job-list.js';
import type { MakeJobDto } from '../../src/moderation/jobs/make-job.dto.js';
import type { ModerationJob } from '../../src/moderation/jobs/moderation-job.entity.js';
import type { JobView } from '../../src/moderation/jobs/moderation-job.view.js';
import { SweepBulkJob } from '../../src/moderation/jobs/sweep-bulk.job.js';
import { TakeTurnJob } from '../../src/moderation/jobs/take-turn.job.js';
import type { BulkResult } from '../../src/moderation/moderator.js';
import type { CommentId, JobId } from '../../src/platform/ids.js';
import type { ScreeningQueue } from '../../src/screening/screening.queue.js';
import { SiteDirectory, type KnownSite } from '../../src/sites/site-directory.js';
import { keyThatDecides, moverWith, personWhoDecides } from '../support/moderation-jobs.js';
import { expectSoundMoves } from '../support/sound-moves.js';
import { SetClock, TestStage } from '../support/test-stage.js';
import { waitUntil } from '../support/wait-until.js';

/* Large acts below HTTP: what each is about, what survives a worker that dies, what is removed when. */

const MO = { kind: 'person', id: null, name: 'Mo' } as const;
const quiet = { wake: () => undefined };
const DAY_MS = 86_400_000;

let stage: TestStage;
let site: KnownSite;
let caller: Caller;
let clock: SetClock;
/** What the queue was asked for. */
let asked: Turn[];
let queue: BulkQueue;
let keeper: JobKeeper;
let list: JobList;
let takeTurn: TakeTurnJob;

beforeAll(async () => {
  stage = await TestStage.open(20);
});

afterAll(() => stage.close());

beforeEach(async () => {
  site = await stage.addSite();
  caller = await keyThatDecides(stage, site);
  clock = new SetClock();
  asked = [];
  queue = { wake: (turns: readonly Turn[]) => asked.push(...turns) } as unknown as BulkQueue;
  keeper = new JobKeeper(stage.database, queue, clock);
  list = new JobList(stage.database, stage.secrets);
  takeTurn = turnsBy(stage.mover);
});

function turnsBy(mover: CommentMover): TakeTurnJob {
  const after = new AfterDecisions(
    quiet as unknown as ScreeningQueue,
    quiet as unknown as LearningQueue,
    stage.metrics,
  );
  return new TakeTurnJob(stage.database, mover, new SiteDirectory(stage.database, stage.changes), after, clock);
}

/** So many comments that wait, in the order in which they were sent. */
async function waiting(count: number, on = site): Promise<CommentId[]> {
  const ids = await stage.receive(on, count);
  await decide(ids, 'publish', on);
  await decide(ids, 'restore', on);
  return ids;
}

async function decide(ids: readonly CommentId[], decision: Decision, on = site): Promise<void> {
  const requests = ids.map((id) => ({ id, decision }));
  await stage.database.inSite(on.id, (manager) =>
    stage.mover.decide(manager, { id: on.id, publishOnApproval: true }, requests, MO, new Date()),
  );
}

function make(order: Omit<MakeJobDto, 'filter'> & { filter?: MakeJobDto['filter'] }): Promise<ModerationJob> {
  return keeper.make(site.id, { filter: { status: 'pending' }, ...order }, caller);
}

/** Takes turns until the queue is empty, first come first served. @returns how many */
async function runAll(turns = takeTurn): Promise<number> {
  let count = 0;
  for (let turn = asked.shift(); turn; turn = asked.shift(), count++) {
    const next = await turns.run(turn);
    if (next) asked.push(next);
  }
  return count;
}

async function isWaitingForALock(): Promise<boolean> {
  return (await stage.rows(`select 1 from pg_stat_activity where wait_event_type = 'Lock'`)).length > 0;
}

const read = ({ id }: Pick<ModerationJob, 'id'>): Promise<JobView> => list.read(site.id, id);

async function results(job: JobId): Promise<BulkResult[]> {
  const all: BulkResult[] = [];
  let cursor: string | null = null;
  do {
    const page = await list.results(site.id, job, { limit: 100, cursor });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

const statusOf = async (id: CommentId | undefined): Promise<CommentStatus> =>
  (await stage.one<{ status: CommentStatus }>('select status from comment where id = $1', [id])).status;

/** Comments on which the job's action has more than one event. */
const decidedTwice = (): Promise<unknown[]> =>
  stage.rows(
    `select comment_id from comment_event where site_id = $1 and action = 'reject' group by 1 having count(*) > 1`,
    [site.id],
  );

describe('a job', () => {
  it('decides on ten thousand comments, a bounded batch a transaction, each once', async () => {
    for (let n = 0; n < 20; n++) await stage.receive(site, 500);
    clock = new SetClock();
    keeper = new JobKeeper(stage.database, queue, clock);
    const job = await make({ action: 'reject', filter: { status: 'received' }, reason: 'All alike' });
    await runAll();
    expect(await read(job)).toMatchObject({
      ...{ state: 'done', total: 10_000, done: 10_000, moved: 10_000, inForce: 0, refused: 0, failure: null },
      finishedAt: expect.any(String) as string,
    });
    expect(await stage.countByStatus(site.id)).toEqual({ rejected: 10_000 });
    expect(await decidedTwice()).toEqual([]);
    const batches = await stage.rows<{ count: number }>(
      `select count(*)::int from comment_event where site_id = $1 and action = 'reject' group by xmin::text`,
      [site.id],
    );
    expect(Math.max(...batches.map(({ count }) => count))).toBe(200);
    const all = await results(job.id);
    expect([all.length, new Set(all.map(({ id }) => id)).size]).toEqual([10_000, 10_000]);
    await expectSoundMoves(stage, site.id);
  }, 60_000);

  it('is about what matched when it was made, and nothing that comes later', async () => {
    const [first, second] = await waiting(2);
    const [spam] = await waiting(1);
    await decide([spam!], 'spam');
    clock.passMs(60_000);
    const job = await make({ action: 'reject' });
    const [late] = await waiting(1);
    await decide([spam!], 'restore');
    await runAll();
    expect(await Promise.all([first, second, late, spam].map(statusOf))).toEqual([
      ...['rejected', 'rejected'],
      ...['pending', 'pending'],
    ]);
    expect(await read(job)).toMatchObject({ total: 2, moved: 2 });
    expect((await results(job.id)).map(({ id }) => id)).toEqual([first, second]);
  });

  it('leaves alone what a colleague has decided since it was made, before and after it was found', async () => {
    const ids = await waiting(500);
    const job = await make({ action: 'reject' });
    await decide([ids[0]!], 'publish');
    asked.push((await takeTurn.run(asked.shift()!))!);
    await decide([ids[450]!, ids[451]!], 'publish');
    await decide([ids[452]!], 'reject');
    await runAll();
    expect(await Promise.all([ids[0], ids[450], ids[452]].map(statusOf))).toEqual([
      ...['published', 'published', 'rejected'],
    ]);
    expect(await read(job)).toMatchObject({ state: 'done', total: 499, moved: 496, inForce: 1, refused: 2 });
    expect(await results(job.id)).toContainEqual({ id: ids[450], code: 'version-conflict' });
  });

  it('reads its filter as the queue does', async () => {
    const [word] = await stage.receive(site, 1, { body: 'A word about casinos.' });
    const [other] = await stage.receive(site, 1, { body: 'A word about libraries.' });
    await decide([word!, other!], 'spam');
    await make({ action: 'delete', filter: { status: 'spam', q: ' CASINO ', article: '/post' } });
    await make({ action: 'delete', filter: { status: 'spam', article: '/elsewhere' } });
    await runAll();
    expect(await Promise.all([word, other].map(statusOf))).toEqual(['deleted', 'spam']);
  });

  it('of a site does not keep the job of another site waiting', async () => {
    await waiting(900);
    await make({ action: 'reject' });
    const other = await stage.addSite();
    await waiting(3, other);
    const small = await keeper.make(
      other.id,
      { action: 'spam', filter: { status: 'pending' } },
      await keyThatDecides(stage, other),
    );
    for (let n = 0; n < 2; n++) {
      const next = await takeTurn.run(asked.shift()!);
      if (next) asked.push(next);
    }
    expect((await list.read(other.id, small.id)).state).toBe('done');
    expect(await stage.countByStatus(site.id)).toEqual({ rejected: 200, pending: 700 });
  });

  it('stops after the batch in hand, and what it did stays', async () => {
    await waiting(500);
    const job = await make({ action: 'reject' });
    const next = await takeTurn.run(asked.shift()!);
    expect(await keeper.stop(site.id, job.id, caller)).toMatchObject({ state: 'stopped', done: 200 });
    expect(await takeTurn.run(next!)).toBeNull();
    expect(await stage.countByStatus(site.id)).toEqual({ rejected: 200, pending: 300 });
    const undo = await keeper.undo(site.id, job.id, caller);
    asked = [{ site: site.id, job: undo.id, turn: 0 }];
    await runAll();
    expect(await stage.countByStatus(site.id)).toEqual({ pending: 500 });
  });

  it('waits with its stop for the batch in hand', async () => {
    await waiting(3);
    const job = await make({ action: 'reject' });
    let stopping: Promise<ModerationJob> | undefined;
    const mover = moverWith(stage, async (_, decideNow) => {
      stopping = keeper.stop(site.id, job.id, caller);
      await waitUntil(isWaitingForALock, 'the stop waits for the row of the job');
      return decideNow();
    });
    await turnsBy(mover).run(asked[0]!);
    expect(await stopping).toMatchObject({ state: 'done', moved: 3 });
  });

  it('ends when who made it is a viewer by now', async () => {
    await waiting(300);
    const person = await personWhoDecides(stage, site);
    const job = await keeper.make(site.id, { action: 'reject', filter: { status: 'pending' } }, person);
    const next = await takeTurn.run(asked.shift()!);
    await stage.postgres.query("update membership set role = 'viewer' where site_id = $1", [site.id]);
    expect(await takeTurn.run(next!)).toBeNull();
    expect(await read(job)).toMatchObject({
      ...{ state: 'failed', done: 200, by: { name: 'Mo' } },
      failure: { code: 'role-lost' },
    });
  });

  it('ends when its API key is gone, and says so', async () => {
    await waiting(300);
    const job = await make({ action: 'reject' });
    const next = await takeTurn.run(asked.shift()!);
    await stage.postgres.query('delete from api_key where site_id = $1', [site.id]);
    expect(await takeTurn.run(next!)).toBeNull();
    expect(await read(job)).toMatchObject({
      ...{ state: 'failed', done: 200 },
      failure: { code: 'role-lost', detail: expect.stringContaining('API key a test may no longer') as string },
    });
  });
});

describe('a worker that dies', () => {
  it.each([60_000, -3_600_000])('is replaced when the clock went on by %d ms: nothing is twice', async (passedMs) => {
    await waiting(700);
    const job = await make({ action: 'reject' });
    const dying = moverWith(stage, async (batch, decideNow) => {
      const outcomes = await decideNow();
      if (batch === 2) throw new Error('killed');
      return outcomes;
    });
    await expect(runAll(turnsBy(dying))).rejects.toThrow('killed');
    expect(await read(job)).toMatchObject({ state: 'running', total: 700, done: 200, moved: 200 });
    expect(await stage.countByStatus(site.id)).toEqual({ rejected: 200, pending: 500 });
    clock.passMs(passedMs);
    await new SweepBulkJob(stage.database, queue, clock).bringOverdue();
    expect(asked.filter((turn) => turn.site === site.id)).toEqual([{ site: site.id, job: job.id, turn: 1 }]);
    await runAll();
    expect(await read(job)).toMatchObject({ state: 'done', total: 700, done: 700, moved: 700 });
    expect(await decidedTwice()).toEqual([]);
    await expectSoundMoves(stage, site.id);
  });

  it('leaves messages behind that come again, and a second worker at the same turn: each turn is taken once', async () => {
    await waiting(600);
    const job = await make({ action: 'reject' });
    for (let turn = 0; turn < 3; turn++) {
      const message = { site: site.id, job: job.id, turn };
      const others = await Promise.all([1, 2, 3].map(() => takeTurn.run(message)));
      expect(others.filter((next) => next !== null).length).toBe(turn < 2 ? 1 : 0);
      expect(await takeTurn.run(message)).toBeNull();
    }
    expect(await read(job)).toMatchObject({ state: 'done', done: 600, moved: 600 });
    expect(await decidedTwice()).toEqual([]);
  });

  it('again and again at the same turn ends the job, which says so', async () => {
    await waiting(1);
    const job = await make({ action: 'reject' });
    const broken = { decide: () => Promise.reject(new Error('a bug')) } as unknown as CommentMover;
    for (let n = 0; n < 20; n++) await expect(turnsBy(broken).run(asked[0]!)).rejects.toThrow('a bug');
    expect(await read(job)).toMatchObject({ state: 'failed', failure: { code: 'gave-up' }, done: 0 });
    expect(await takeTurn.run(asked[0]!)).toBeNull();
  });
});

describe('undoing a job', () => {
  it('takes back exactly what it moved and what nobody has touched since', async () => {
    const ids = await waiting(450);
    const [spam] = await waiting(1);
    await decide([spam!], 'reject');
    const job = await make({ action: 'reject' });
    await runAll();
    await decide([ids[0]!], 'publish');
    await decide([ids[1]!], 'restore');
    await decide([ids[1]!], 'reject');
    const undo = await keeper.undo(site.id, job.id, caller);
    await runAll();
    expect(await list.read(site.id, undo.id)).toMatchObject({
      ...{ action: 'undo', undoes: job.id, filter: { status: 'pending' } },
      ...{ state: 'done', total: 448, moved: 448, refused: 0 },
    });
    expect(await Promise.all([ids[0], ids[1], ids[2], spam].map(statusOf))).toEqual([
      ...['published', 'rejected'],
      ...['pending', 'rejected'],
    ]);
    await expect(keeper.undo(site.id, undo.id, caller)).rejects.toMatchObject({ code: 'nothing-to-undo' });
    const again = await keeper.undo(site.id, job.id, caller);
    await runAll();
    expect(await list.read(site.id, again.id)).toMatchObject({ state: 'done', total: 0, moved: 0 });
    await expectSoundMoves(stage, site.id);
  });

  it('of one that still runs, of a deletion, or of one that moved nothing is refused', async () => {
    await waiting(1);
    const job = await make({ action: 'delete' });
    await expect(keeper.undo(site.id, job.id, caller)).rejects.toMatchObject({ code: 'job-not-finished' });
    await runAll();
    await expect(keeper.undo(site.id, job.id, caller)).rejects.toMatchObject({ code: 'nothing-to-undo' });
    const idle = await make({ action: 'reject' });
    await runAll();
    await expect(keeper.undo(site.id, idle.id, caller)).rejects.toMatchObject({ code: 'nothing-to-undo' });
  });
});

describe('what is kept', () => {
  it('are the results for a week after the end, and the job for ninety days', async () => {
    await waiting(3);
    const job = await make({ action: 'reject', filter: { status: 'pending', q: 'email:@analytical.org' } });
    await runAll();
    const unfinished = await make({ action: 'spam', filter: { status: 'rejected' } });
    const sweep = new SweepBulkJob(stage.database, queue, clock);
    clock.passMs(7 * DAY_MS - 1_000);
    await sweep.retire();
    expect(await results(job.id)).toHaveLength(3);
    clock.passMs(2_000);
    await sweep.retire();
    expect(await results(job.id)).toEqual([]);
    expect(await read(job)).toMatchObject({ state: 'done', moved: 3, filter: { status: 'pending' } });
    await expect(keeper.undo(site.id, job.id, caller)).rejects.toMatchObject({ code: 'nothing-to-undo' });
    clock.passMs(83 * DAY_MS);
    await sweep.retire();
    await expect(read(job)).rejects.toMatchObject({ code: 'job-not-found' });
    expect((await read(unfinished)).state).toBe('waiting');
  });

  it('goes with its site', async () => {
    await waiting(3);
    await make({ action: 'reject' });
    await runAll();
    await stage.database.inSite(site.id, (manager) => manager.query('delete from site where id = $1', [site.id]));
    expect(await stage.rows('select 1 from moderation_job where site_id = $1', [site.id])).toEqual([]);
    expect(await stage.rows('select 1 from moderation_job_item where site_id = $1', [site.id])).toEqual([]);
  });
});

describe('the walls', () => {
  it('hide the jobs of a site from every other', async () => {
    await waiting(1);
    const job = await make({ action: 'reject' });
    await runAll();
    const other = await stage.addSite();
    await expect(list.read(other.id, job.id)).rejects.toMatchObject({ code: 'job-not-found' });
    await expect(list.results(other.id, job.id, { limit: 5, cursor: null })).rejects.toMatchObject({
      code: 'job-not-found',
    });
    await expect(keeper.stop(other.id, job.id, caller)).rejects.toMatchObject({ code: 'job-not-found' });
    await expect(keeper.undo(other.id, job.id, caller)).rejects.toMatchObject({ code: 'job-not-found' });
    const seen = await stage.database.inSite(other.id, (manager) =>
      manager.query<unknown[]>('select 1 from moderation_job union all select 1 from moderation_job_item'),
    );
    expect(seen).toEqual([]);
  });
});

describe('a site', () => {
  it('has at most five unfinished jobs, however many begin at once', async () => {
    const made = await Promise.allSettled(Array.from({ length: 9 }, () => make({ action: 'reject' })));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    for (const one of made) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'too-many-jobs' });
    }
    await runAll();
    await make({ action: 'reject' });
  });
});
