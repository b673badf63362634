import { readSettings } from '../../src/platform/config/read-settings.js';
import { Changes, type CommentsChange } from '../../src/platform/database/changes.js';
import { Listener } from '../../src/platform/database/listener.js';
import type { CommentId } from '../../src/platform/ids.js';
import type { CommentRef, ScreeningQueue } from '../../src/screening/screening.queue.js';
import { SweepJob } from '../../src/screening/sweep.job.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { SetClock, submission, TestStage } from '../support/test-stage.js';
import { waitUntil } from '../support/wait-until.js';

const DAY_MS = 86_400_000;

/** Remembers whom it was told to bring, and whom it refused. */
class QuietQueue {
  readonly woken: CommentRef[] = [];
  readonly refused: CommentRef[] = [];
  isAway = false;

  bring(comments: readonly CommentRef[]): Promise<boolean> {
    (this.isAway ? this.refused : this.woken).push(...comments);
    return Promise.resolve(!this.isAway);
  }
}

let stage: TestStage;
let site: KnownSite;
let clock: SetClock;
let queue: QuietQueue;
let sweep: SweepJob;

beforeAll(async () => {
  stage = await TestStage.open();
});

afterAll(() => stage.close());

beforeEach(async () => {
  await stage.postgres.query('delete from site');
  site = await stage.addSite();
  clock = new SetClock();
  queue = new QuietQueue();
  sweep = makeSweep(queue);
});

function makeSweep(waking: QuietQueue): SweepJob {
  const settings = readSettings({ RETENTION_SPAM_DAYS: '30', RETENTION_IP_DAYS: '7' });
  return new SweepJob(stage.database, waking as unknown as ScreeningQueue, settings, clock, stage.changes);
}

async function decide(ids: readonly CommentId[], decision: 'spam' | 'publish' | 'reject'): Promise<void> {
  await stage.database.inSite(site.id, (manager) =>
    stage.mover.decide(
      manager,
      { id: site.id, publishOnApproval: true },
      ids.map((id) => ({ id, decision })),
      { kind: 'person', id: null, name: 'M' },
      clock.now(),
    ),
  );
}

const count = async (sql: string): Promise<number> =>
  (await stage.one<{ count: number }>(`select count(*)::int from ${sql}`)).count;

describe('old spam', () => {
  it('goes after thirty days, with its events and its place in the search, and nothing else goes', async () => {
    const spam = await stage.receive(site, 3);
    const others = await stage.receive(site, 2);
    await decide(spam, 'spam');
    await decide(others.slice(0, 1), 'publish');
    await decide(others.slice(1), 'reject');
    clock.passMs(30 * DAY_MS - 60_000);
    await sweep.retire();
    expect(await count('comment')).toBe(5);
    clock.passMs(120_000);
    await sweep.retire();
    expect(await stage.countByStatus(site.id)).toEqual({ published: 1, rejected: 1 });
    expect(await count('comment_event')).toBe(4);
    expect(await count('comment_search')).toBe(2);
    expect(await stage.one('select spam, published, rejected from site_counter')).toEqual({
      spam: 0,
      published: 1,
      rejected: 1,
    });
  });

  it('that was put away a second time is kept for another thirty days', async () => {
    const [id] = await stage.receive(site);
    await decide([id!], 'spam');
    clock.passMs(29 * DAY_MS);
    await decide([id!], 'publish');
    await decide([id!], 'spam');
    clock.passMs(2 * DAY_MS);
    await sweep.retire();
    expect(await count('comment')).toBe(1);
  });

  it('is counted right while several processes retire and people decide at the same moment', async () => {
    const spam = await stage.receive(site, 60);
    await decide(spam, 'spam');
    clock.passMs(31 * DAY_MS);
    await Promise.all([
      sweep.retire(),
      makeSweep(queue).retire(),
      decide(spam.slice(0, 20), 'publish'),
      makeSweep(queue).retire(),
    ]);
    const real = await stage.countByStatus(site.id);
    expect(await stage.one('select spam, published from site_counter')).toEqual({
      spam: real.spam ?? 0,
      published: real.published ?? 0,
    });
  });

  // The event id of the stream is the site's seq; an id that goes back would replay everything to the next who reconnects.
  it('that goes is told to the other processes without a seq that leads back', async () => {
    const listener = new Listener(stage.files.urls.app, Changes.channels);
    const heard: CommentsChange[] = [];
    new Changes(listener).onCommentsChanged((change) => heard.push(change));
    await listener.open();
    try {
      const ids = await stage.receive(site, 2);
      await decide(ids, 'spam');
      clock.passMs(31 * DAY_MS);
      await sweep.retire();
      await waitUntil(() => heard.some(({ moves }) => moves.some(({ to }) => to === 'purged')), 'the purge was told');
      const purged = heard.flatMap(({ moves }) => moves).filter(({ to }) => to === 'purged');
      for (const { seq } of purged) expect(seq).toBeGreaterThanOrEqual(2);
    } finally {
      await listener.close();
    }
  });
});

describe('where a comment came from', () => {
  it('is forgotten after its days, and not before', async () => {
    await stage.receive(site, 3);
    clock.passMs(7 * DAY_MS - 60_000);
    await sweep.retire();
    expect(await count('comment where client_network is not null')).toBe(3);
    clock.passMs(120_000);
    await sweep.retire();
    expect(await count('comment where client_network is not null')).toBe(0);
    expect(await count('comment')).toBe(3);
  });
});

describe('a key that has expired', () => {
  it('is deleted, and one that has not is kept', async () => {
    await stage.store.write([submission(site), submission(site, {}, { idempotencyKey: 'k' })]);
    clock.passMs(61_000);
    await sweep.retire();
    expect(await count('idempotency_record')).toBe(1);
    clock.passMs(DAY_MS);
    await sweep.retire();
    expect(await count('idempotency_record')).toBe(0);
  });
});

describe('the sweep', () => {
  it('brings what has waited too long, and leaves it alone for a minute then', async () => {
    const ids = await stage.receive(site, 3);
    expect(await sweep.bringOverdue()).toBe(0);
    clock.passMs(31_000);
    expect(await sweep.bringOverdue()).toBe(3);
    expect(queue.woken.map(({ commentId }) => commentId).sort()).toEqual([...ids].sort());
    clock.passMs(59_000);
    expect(await sweep.bringOverdue()).toBe(0);
    clock.passMs(2_000);
    expect(await sweep.bringOverdue()).toBe(3);
  });

  it('brings at once what the queue did not take, as soon as it takes anything, and asks with few meanwhile', async () => {
    await stage.receive(site, 50);
    clock.passMs(31_000);
    queue.isAway = true;
    for (const expected of [50, 20, 20]) expect(await sweep.bringOverdue()).toBe(expected);
    expect(queue.refused).toHaveLength(90);
    queue.isAway = false;
    for (const expected of [20, 30, 0]) expect(await sweep.bringOverdue()).toBe(expected);
    expect(new Set(queue.woken.map(({ commentId }) => commentId)).size).toBe(50);
  });

  it('leaves alone what was decided while the queue was asked', async () => {
    const ids = await stage.receive(site, 2);
    clock.passMs(31_000);
    const before = await stage.one<{ at: Date }>('select next_sweep_at as at from comment limit 1');
    queue.isAway = true;
    const asking = queue.bring.bind(queue);
    queue.bring = async (comments) => {
      await decide(ids, 'publish');
      return asking(comments);
    };
    expect(await sweep.bringOverdue()).toBe(2);
    const after = await stage.one<{ at: Date }>('select next_sweep_at as at from comment limit 1');
    expect(after.at.getTime()).toBeGreaterThan(before.at.getTime() + 30_000);
  });

  it('finds what a clock has put off that was an hour ahead, or is an hour behind now', async () => {
    await stage.receive(site, 3);
    clock.passMs(-3_600_000);
    expect(await sweep.bringOverdue()).toBe(3);
    expect(await sweep.bringOverdue()).toBe(0);
    clock.passMs(61_000);
    expect(await sweep.bringOverdue()).toBe(3);
  });

  it('brings nothing that has a verdict or a decision', async () => {
    await decide(await stage.receive(site, 3), 'publish');
    clock.passMs(DAY_MS);
    expect(await sweep.bringOverdue()).toBe(0);
  });

  it('shares the work: each comment is brought by one of the processes that look at once', async () => {
    await stage.receive(site, 300);
    clock.passMs(31_000);
    const brought = await Promise.all(Array.from({ length: 5 }, () => makeSweep(queue).bringOverdue()));
    expect(brought.reduce((sum, one) => sum + one, 0)).toBe(300);
    expect(new Set(queue.woken.map(({ commentId }) => commentId)).size).toBe(300);
  });
});

describe('what opened something once', () => {
  it('goes with the sweep: sessions, links and counts that are over', async () => {
    const past = new Date(clock.now().getTime() - 60_000);
    await stage.postgres.query(
      "insert into invitation select $1, gen_random_uuid(), n::text, 'viewer', sha256(n::text::bytea), $2, $2 from generate_series(1, 1100) n",
      [site.id, past],
    );
    await stage.postgres.query('insert into sign_in_try values ($1, 3, $2)', [Buffer.from('x'), past]);
    await sweep.retire();
    expect([await count('invitation'), await count('sign_in_try')]).toEqual([0, 0]);
  });
});
