import pg from 'pg';
import { Changes, type CommentsChange } from '../../src/platform/database/changes.js';
import { Listener } from '../../src/platform/database/listener.js';
import { newId, type CommentId } from '../../src/platform/ids.js';
import { openPostgresProxy } from '../support/tcp-proxy.js';
import { TestStage } from '../support/test-stage.js';
import { waitUntil } from '../support/wait-until.js';

let stage: TestStage;
let listener: Listener;
let changes: Changes;
let heard: CommentsChange[];
let gaps: number;

beforeAll(async () => {
  stage = await TestStage.open();
});

afterAll(() => stage.close());

beforeEach(async () => {
  listener = new Listener(stage.files.urls.app, Changes.channels);
  changes = new Changes(listener);
  heard = [];
  gaps = 0;
  changes.onCommentsChanged((change) => heard.push(change));
  changes.onGap(() => gaps++);
  await listener.open();
});

afterEach(() => listener.close());

const terminate = (): Promise<unknown> =>
  stage.postgres.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'winnow-listener' and datname = current_database()`,
  );

async function tell(count: number, fail = false): Promise<CommentsChange> {
  const site = await stage.addSite();
  const moves = Array.from({ length: count }, (_, index) => ({
    id: newId<CommentId>(),
    from: 'received',
    to: 'pending',
    version: 2,
    seq: index + 1,
  }));
  const change = { site: site.id, articles: [], moves };
  await stage.database.inSite(site.id, async (manager) => {
    await changes.tellComments(manager, change);
    if (fail) throw new Error('rolled back');
  });
  return change;
}

describe('the listener', () => {
  it('hears what another connection tells, after its commit', async () => {
    const change = await tell(1);
    await waitUntil(() => heard.length === 1, 'the news arrived');
    expect(heard).toEqual([change]);
  });

  it('hears nothing of what was rolled back', async () => {
    await expect(tell(1, true)).rejects.toThrow('rolled back');
    const next = await tell(2);
    await waitUntil(() => heard.length > 0, 'the next news arrived');
    expect(heard).toEqual([next]);
  });

  it('hears all of 500 moves, which are more than one message holds', async () => {
    const { moves } = await tell(500);
    await waitUntil(() => heard.flatMap((change) => change.moves).length === 500, 'all moves arrived');
    expect(heard.length).toBeGreaterThan(1);
    expect(heard.flatMap((change) => change.moves)).toEqual(moves);
  });

  it('is not live while its connection is lost, and then tells of a gap', async () => {
    expect([listener.isLive, gaps]).toEqual([true, 1]);
    await terminate();
    await waitUntil(() => !listener.isLive || gaps === 2, 'the loss was noticed');
    await waitUntil(() => listener.isLive, 'it listens again');
    expect(gaps).toBe(2);
    const change = await tell(1);
    await waitUntil(() => heard.length === 1, 'news arrive again');
    expect(heard).toEqual([change]);
  });

  it('comes back from being lost again and again, with one connection', async () => {
    for (let round = 0; round < 5; round++) {
      await terminate();
      await waitUntil(() => gaps === round + 2, 'it listens again');
    }
    const rows = await stage.rows(
      `select pid from pg_stat_activity where application_name = 'winnow-listener' and datname = current_database()`,
    );
    expect(rows).toHaveLength(1);
  });

  it('opens nothing any more once it is closed, even in the middle of a loss', async () => {
    await terminate();
    await waitUntil(() => !listener.isLive || gaps === 2, 'the loss was noticed');
    await listener.close();
    const before = gaps;
    await new Promise(setImmediate);
    expect([listener.isLive, gaps]).toEqual([false, before]);
    await waitUntil(
      async () =>
        (
          await stage.rows(
            `select pid from pg_stat_activity where application_name = 'winnow-listener' and datname = current_database()`,
          )
        ).length === 0,
      'no listener is connected',
    );
  });

  it('survives a message that is none of ours', async () => {
    const client = new pg.Client({ connectionString: stage.files.urls.queue });
    await client.connect();
    await client.query(`select pg_notify('winnow_comments', 'not our news')`);
    await client.end();
    const change = await tell(1);
    await waitUntil(() => heard.length === 1, 'our news arrive');
    expect(heard).toEqual([change]);
  });
});

describe('a connection that is half open', () => {
  it('is noticed within three seconds and replaced', async () => {
    const { proxy, url } = await openPostgresProxy(stage.files.urls.app);
    const through = new Listener(url, Changes.channels);
    try {
      let subscribed = 0;
      through.on('subscribed', () => subscribed++);
      await through.open();
      expect(through.isLive).toBe(true);
      proxy.isDeaf = true;
      await waitUntil(() => !through.isLive, 'the silence was noticed', 3_000);
      proxy.isDeaf = false;
      await waitUntil(() => through.isLive && subscribed === 2, 'it listens again', 10_000);
    } finally {
      await through.close();
      await proxy.close();
    }
  });

  it('is noticed also when it falls silent before it listens', async () => {
    const { proxy, url } = await openPostgresProxy(stage.files.urls.app);
    const through = new Listener(url, Changes.channels);
    try {
      proxy.deafFor = /listen /i;
      void through.open();
      await waitUntil(() => proxy.swallowed > 0, 'the LISTEN was sent');
      proxy.deafFor = null;
      await waitUntil(() => through.isLive, 'it listens after all', 10_000);
    } finally {
      await through.close();
      await proxy.close();
    }
  });
});
