import { randomBytes } from 'node:crypto';
import type { Decision } from '../../src/comments/comment-status.js';
import { MOST_REPORTS, reportComment } from '../../src/comments/report-comment.js';
import { Changes, type CommentsChange } from '../../src/platform/database/changes.js';
import { Listener } from '../../src/platform/database/listener.js';
import type { CommentId } from '../../src/platform/ids.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { expectSoundMoves } from '../support/sound-moves.js';
import { TestStage } from '../support/test-stage.js';
import { waitUntil } from '../support/wait-until.js';

/* Readers' reports of published comments, counted and settled in the database. */

const MO = { kind: 'person', id: null, name: 'Mo' } as const;

let stage: TestStage;
let site: KnownSite;

beforeAll(async () => {
  stage = await TestStage.open(20);
});

afterAll(() => stage.close());

beforeEach(async () => {
  site = await stage.addSite();
});

function report(id: CommentId, reporter: Buffer = randomBytes(16), reason: string | null = null): Promise<boolean> {
  const given = { siteId: site.id, articleKey: '/post', id, reporterOf: () => reporter, reason, at: new Date() };
  return stage.database.inSite(site.id, (manager) => reportComment(manager, stage.changes, given));
}

async function decide(id: CommentId, decision: Decision): Promise<void> {
  await stage.database.inSite(site.id, (manager) =>
    stage.mover.decide(manager, { id: site.id, publishOnApproval: true }, [{ id, decision }], MO, new Date()),
  );
}

async function published(): Promise<CommentId> {
  const [id] = await stage.receive(site);
  await decide(id!, 'publish');
  return id!;
}

interface Counted {
  readonly kept: number;
  readonly real: number;
  readonly all: number;
}

const countsOf = (id: CommentId): Promise<Counted> =>
  stage.one(
    `select (select report_count from comment where id = $1) as kept,
            (select count(*)::int from comment_report where comment_id = $1 and settled_at is null) as real,
            (select count(*)::int from comment_report where comment_id = $1) as all`,
    [id],
  );

describe('reports', () => {
  it('of one network count once, also at once', async () => {
    const id = await published();
    const reporter = randomBytes(16);
    const taken = await Promise.all(Array.from({ length: 10 }, () => report(id, reporter)));
    expect(taken).toEqual(Array(10).fill(true));
    expect(await countsOf(id)).toEqual({ kept: 1, real: 1, all: 1 });
  });

  it('of many networks at once are all counted, up to enough', async () => {
    const id = await published();
    await Promise.all(Array.from({ length: MOST_REPORTS + 20 }, () => report(id)));
    expect(await countsOf(id)).toEqual({ kept: MOST_REPORTS, real: MOST_REPORTS, all: MOST_REPORTS });
  });

  it('of what is not published are none', async () => {
    for (const decision of ['unpublish', 'reject', 'spam', 'restore', 'delete'] as const) {
      const id = await published();
      await decide(id, decision);
      expect(await report(id)).toBe(false);
      expect(await countsOf(id)).toEqual({ kept: 0, real: 0, all: 0 });
    }
  });

  it('change neither version nor history, so that no decision is stale because of one', async () => {
    const id = await published();
    const before = await stage.one('select version, moved_at from comment where id = $1', [id]);
    await report(id);
    expect(await stage.one('select version, moved_at from comment where id = $1', [id])).toEqual(before);
    await expectSoundMoves(stage, site.id);
  });

  it.each<Decision>(['approve', 'publish', 'unpublish', 'reject', 'spam', 'restore'])(
    'are settled by %s, and the same network asks for no second look',
    async (decision) => {
      const id = await published();
      const reporter = randomBytes(16);
      await report(id, reporter);
      await decide(id, decision);
      expect(await countsOf(id)).toEqual({ kept: 0, real: 0, all: 1 });
      await decide(id, 'publish');
      await report(id, reporter);
      expect(await countsOf(id)).toEqual({ kept: 0, real: 0, all: 1 });
      await report(id);
      expect(await countsOf(id)).toEqual({ kept: 1, real: 1, all: 2 });
    },
  );

  it('and decisions at once leave a count that counts', async () => {
    for (let round = 0; round < 20; round++) {
      const id = await published();
      await Promise.all([report(id), report(id), decide(id, round % 2 ? 'publish' : 'unpublish'), report(id)]);
      const { kept, real } = await countsOf(id);
      expect(kept).toBe(real);
      if (round % 2 === 0) expect(kept).toBe(0);
    }
    await expectSoundMoves(stage, site.id);
  });

  it('go with the comment: deleted by somebody, or purged', async () => {
    const [deleted, purged] = [await published(), await published()];
    for (const id of [deleted, purged]) await report(id, undefined, 'A secret about Ada.');
    await decide(deleted, 'delete');
    await stage.database.inSite(site.id, (manager) =>
      manager.query('delete from comment where site_id = $1 and id = $2', [site.id, purged]),
    );
    expect(await stage.rows('select from comment_report where site_id = $1', [site.id])).toEqual([]);
  });

  it('are told to the other processes, and when they were dismissed too', async () => {
    const listener = new Listener(stage.files.urls.app, Changes.channels);
    const changes = new Changes(listener);
    const heard: CommentsChange[] = [];
    changes.onCommentsChanged((change) => heard.push(change));
    await listener.open();
    try {
      const id = await published();
      await waitUntil(() => heard.length === 1, 'the decision is heard');
      await report(id);
      await decide(id, 'approve');
      await waitUntil(() => heard.length === 3, 'both are heard');
      const news = { id, from: 'published', to: 'published', version: 2, seq: 0 };
      expect(heard.slice(1)).toEqual(Array(2).fill({ site: site.id, articles: [], moves: [news] }));
    } finally {
      await listener.close();
    }
  });
});
