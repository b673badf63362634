import { DECISIONS, type CommentStatus, type Decision } from '../../src/comments/comment-status.js';
import type { DecisionOutcome, ScreeningResult } from '../../src/comments/move-comment.js';
import { newId, type CampaignId, type CommentId } from '../../src/platform/ids.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { expectSoundMoves } from '../support/sound-moves.js';
import { TestStage } from '../support/test-stage.js';
import { waitUntil } from '../support/wait-until.js';

let stage: TestStage;
let site: KnownSite;
/** Of every comment of the site that gets a verdict. */
let campaign: CampaignId;
const NO_PRINT = Array<number>(16).fill(0);

beforeAll(async () => {
  stage = await TestStage.open(20);
});

afterAll(() => stage.close());

beforeEach(async () => {
  site = await stage.addSite();
  campaign = newId<CampaignId>();
});

interface Request {
  readonly id: CommentId;
  readonly decision: Decision;
  readonly version?: number;
}

function decide(requests: readonly Request[], name = 'Mo'): Promise<DecisionOutcome[]> {
  return stage.database.inSite(site.id, (manager) =>
    stage.mover.decide(
      manager,
      { id: site.id, publishOnApproval: true },
      requests,
      { kind: 'person', id: null, name },
      new Date(),
    ),
  );
}

async function decideOne(id: CommentId, decision: Decision, version?: number): Promise<DecisionOutcome> {
  const [outcome] = await decide([{ id, decision, ...(version !== undefined && { version }) }]);
  return outcome!;
}

function result(id: CommentId, to: CommentStatus = 'pending', revision = 1): ScreeningResult {
  const verdict = {
    label: 'ham' as const,
    probability: 0.1,
    score: -2,
    signals: [{ name: 's', weight: 1, why: 'W.' }],
  };
  const rendered = { html: '<p>x</p>', rendererVersion: 1, linkDomains: [] };
  const found = { ...rendered, campaign: { id: campaign, nearFingerprint: NO_PRINT } };
  return { siteId: site.id, id, revision, to, reason: 'R.', verdict, ...found };
}

function screen(results: readonly ScreeningResult[]): Promise<CommentId[]> {
  return stage.database.acrossSites('screen a batch', (manager) => stage.mover.screen(manager, results, new Date()));
}

const statusOf = async (id: CommentId): Promise<{ status: string; version: number }> =>
  stage.one('select status, version from comment where id = $1', [id]);

interface EventRow {
  readonly version: number;
  readonly seq: string | null;
  readonly from_status: string | null;
  readonly to_status: string;
  readonly actor_kind: string;
}

const eventsOf = (id: CommentId): Promise<EventRow[]> =>
  stage.rows('select * from comment_event where comment_id = $1 order by version', [id]);

const expectSound = (): Promise<void> => expectSoundMoves(stage, site.id);

describe('a decision', () => {
  it('moves the comment, its version and its counts, and leaves an event', async () => {
    const [id] = await stage.receive(site);
    expect(await decideOne(id!, 'approve')).toMatchObject({ status: 'published', version: 2 });
    expect(await eventsOf(id!)).toMatchObject([
      { version: 1, seq: null, from_status: null, to_status: 'received', actor_kind: 'author' },
      { version: 2, seq: '1', from_status: 'received', to_status: 'published', actor_kind: 'person' },
    ]);
    await expectSound();
  });

  it('that is in force already changes nothing and leaves no event', async () => {
    const [id] = await stage.receive(site);
    await decideOne(id!, 'publish');
    expect(await decideOne(id!, 'approve', 1)).toMatchObject({ ruling: { kind: 'in-force' }, version: 2 });
    expect(await eventsOf(id!)).toHaveLength(2);
  });

  it('with a stale version is refused and changes nothing', async () => {
    const [id] = await stage.receive(site);
    await decideOne(id!, 'publish');
    expect(await decideOne(id!, 'reject', 1)).toMatchObject({ ruling: { kind: 'version-conflict' }, version: 2 });
    await expectSound();
  });

  it('keeps its place in the feed through going out and coming back', async () => {
    const [id] = await stage.receive(site);
    await decideOne(id!, 'publish');
    const first = await stage.one('select published_at from comment where id = $1', [id]);
    await decideOne(id!, 'unpublish');
    await decideOne(id!, 'publish');
    expect(await stage.one('select published_at from comment where id = $1', [id])).toEqual(first);
  });

  it('on 500 at once is answered in the order asked, the unknown ones too', async () => {
    const ids = await stage.receive(site, 499);
    const unknown = '0190a1b2-0000-7000-8000-00000000000f' as CommentId;
    const asked = [...ids.slice(250), unknown, ...ids.slice(0, 250)];
    const outcomes = await decide(asked.map((id) => ({ id, decision: 'spam' as const })));
    expect(outcomes.map(({ id }) => id)).toEqual(asked);
    expect(outcomes[249]).toMatchObject({ ruling: { kind: 'comment-not-found' } });
    expect(await stage.countByStatus(site.id)).toEqual({ spam: 499 });
    await expectSound();
  });

  it('that names a comment twice is one decision', async () => {
    const [id] = await stage.receive(site);
    const outcomes = await decide([
      { id: id!, decision: 'spam' },
      { id: id!, decision: 'spam' },
    ]);
    expect(outcomes.map(({ version }) => version)).toEqual([2, 2]);
    await expectSound();
  });
});

describe('undo', () => {
  it('takes back the last decision, once', async () => {
    const [id] = await stage.receive(site);
    await screen([result(id!)]);
    await decideOne(id!, 'spam');
    expect(await decideOne(id!, 'undo')).toMatchObject({ status: 'pending', version: 4 });
    expect(await decideOne(id!, 'undo')).toMatchObject({ ruling: { kind: 'nothing-to-undo' } });
    await expectSound();
  });

  it('back to before the screening makes the comment due for it at once', async () => {
    const [id] = await stage.receive(site);
    await decideOne(id!, 'publish');
    await decideOne(id!, 'undo');
    expect(await stage.one('select status, next_sweep_at <= now() as due from comment where id = $1', [id])).toEqual({
      status: 'received',
      due: true,
    });
    expect(await screen([result(id!)])).toEqual([id]);
    await expectSound();
  });

  it('that waited for a colleague takes back what the colleague has just decided', async () => {
    const [id] = await stage.receive(site);
    await screen([result(id!)]);
    const waiting: Promise<DecisionOutcome>[] = [];
    await stage.database.inSite(site.id, async (manager) => {
      const actor = { kind: 'person' as const, id: null, name: 'Colleague' };
      const requests = [{ id: id!, decision: 'spam' as const }];
      await stage.mover.decide(manager, { id: site.id, publishOnApproval: true }, requests, actor, new Date());
      waiting.push(decideOne(id!, 'undo'));
      await waitUntil(
        async () => (await stage.rows(`select 1 from pg_stat_activity where wait_event_type = 'Lock'`)).length > 0,
        'the undo waits for the lock',
      );
    });
    expect(await waiting[0]).toMatchObject({ ruling: { kind: 'moved', to: 'pending' }, version: 4 });
    await expectSound();
  });
});

describe('a verdict of the machine', () => {
  it('that comes late is ignored', async () => {
    const [id] = await stage.receive(site);
    await decideOne(id!, 'publish');
    expect(await screen([result(id!, 'spam')])).toEqual([]);
    expect(await statusOf(id!)).toEqual({ status: 'published', version: 2 });
  });

  it('on another revision of the text is ignored', async () => {
    const [id] = await stage.receive(site);
    expect(await screen([result(id!, 'published', 2)])).toEqual([]);
    expect(await screen([result(id!, 'published', 0)])).toEqual([]);
  });

  it('counts once, however many bring it at the same moment', async () => {
    const ids = await stage.receive(site, 30);
    const moved = await Promise.all(Array.from({ length: 6 }, () => screen(ids.map((id) => result(id)))));
    expect(moved.flat().sort()).toEqual([...ids].sort());
    await expectSound();
  });
});

describe('a deletion', () => {
  it('erases the person and the text everywhere and keeps the place', async () => {
    const author = { name: 'Canary Name', email: 'canary@secret.example', url: 'https://canary.example' };
    const [id] = await stage.receive(site, 1, { author, body: 'Canary text of mine.' });
    await screen([{ ...result(id!), html: '<p>Canary text of mine.</p>' }]);
    await decideOne(id!, 'delete');
    const rows: unknown[] = [];
    for (const table of ['comment', 'comment_event', 'comment_search', 'idempotency_record']) {
      rows.push(await stage.rows(`select t::text as row from ${table} t where site_id = $1`, [site.id]));
    }
    expect(JSON.stringify(rows)).not.toMatch(/canary|203\.0\.113/i);
    expect(await stage.one('select status, client_network from comment where id = $1', [id])).toEqual({
      status: 'deleted',
      client_network: null,
    });
    await expectSound();
  });

  it('is final: nothing moves it, and no late verdict brings its text back', async () => {
    const [id] = await stage.receive(site);
    await decideOne(id!, 'delete');
    for (const decision of DECISIONS.filter((one) => one !== 'delete')) {
      expect((await decideOne(id!, decision)).ruling.kind).toMatch(/^(move-refused|nothing-to-undo)$/);
    }
    expect(await screen([result(id!)])).toEqual([]);
    expect(await stage.one('select body, html from comment where id = $1', [id])).toEqual({ body: '', html: null });
  });
});

/** As often as the fault matrix asks, when it is asked in full. */
const RACES = process.env.FAULT_ROUNDS === 'full' ? 1_000 : 200;

describe('two moderators and the machine', () => {
  it(`on one comment ${RACES} times: people win, and the history is one chain (F15)`, async () => {
    const ids = await stage.receive(site, RACES);
    const lost: CommentId[] = [];
    for (const id of ids) {
      const [approved, rejected] = await Promise.all([
        decideOne(id, 'approve'),
        decideOne(id, 'reject'),
        screen([result(id, 'spam')]),
      ]);
      const last = [approved, rejected].sort((a, b) => (b.version ?? 0) - (a.version ?? 0))[0]!;
      const { status, version } = await statusOf(id);
      if (status !== last.status || version !== last.version) lost.push(id);
    }
    expect(lost).toEqual([]);
    await expectSound();
  }, 180_000);

  it('with one version between them: exactly one decides', async () => {
    for (const id of await stage.receive(site, 50)) {
      const kinds = (await Promise.all([decideOne(id, 'approve', 1), decideOne(id, 'reject', 1)])).map(
        ({ ruling }) => ruling.kind,
      );
      expect(kinds.sort()).toEqual(['moved', 'version-conflict']);
    }
    await expectSound();
  });

  it('with many comments in opposite orders: nobody waits in a circle', async () => {
    const ids = await stage.receive(site, 60);
    const reversed = [...ids].reverse();
    const all: Decision[] = ['approve', 'reject', 'spam', 'restore', 'publish', 'unpublish'];
    for (let round = 0; round < 15; round++) {
      const requests = (order: CommentId[], shift: number): Request[] =>
        order.map((id) => ({ id, decision: all[(round + shift) % all.length]! }));
      await Promise.all([
        decide(requests(ids, 0)),
        decide(requests(reversed, 1)),
        screen(ids.map((id) => result(id))),
        decide(requests(ids.slice(20), 2)),
      ]);
    }
    await expectSound();
  });

  it('give out the seq in the order of the commits: what is seen has everything before it', async () => {
    const ids = await stage.receive(site, 120);
    let isDone = false;
    const holes: number[] = [];
    const watch = async (): Promise<void> => {
      while (!isDone) {
        const { seen, highest } = await stage.one<{ seen: number; highest: number }>(
          'select count(seq)::int as seen, coalesce(max(seq), 0)::int as highest from comment_event where site_id = $1',
          [site.id],
        );
        if (seen !== highest) holes.push(highest);
      }
    };
    const watching = watch();
    // All of them at once would wait for a connection longer than the service lets anybody, on a slow machine.
    for (let at = 0; at < ids.length; at += 40) {
      await Promise.all(ids.slice(at, at + 40).map((id) => decideOne(id, 'publish')));
    }
    isDone = true;
    await watching;
    expect(holes).toEqual([]);
    await expectSound();
  });
});
