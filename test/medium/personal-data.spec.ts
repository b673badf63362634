import type { CommentMover } from '../../src/comments/move-comment.js';
import { ERASED_AT_ONCE } from '../../src/moderation/person/erase-comments.js';
import { PersonErasure, type Erased } from '../../src/moderation/person/person-erasure.js';
import { PersonExport } from '../../src/moderation/person/person-export.js';
import { SystemClock } from '../../src/platform/clock.js';
import { newId, type ApiKeyId, type CommentId } from '../../src/platform/ids.js';
import { AuthorRules } from '../../src/rules/author-rules.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { LearningStage } from '../support/learning-stage.js';
import { moverWith } from '../support/moderation-jobs.js';
import { acceptedId, submission, type TestStage } from '../support/test-stage.js';

/* All that is kept of one person, erased in turns. */

const EMAIL = 'ada@analytical.org';
const PROGRAM = {
  actor: { kind: 'service', id: null, name: null },
  doer: { kind: 'program', apiKeyId: newId<ApiKeyId>(), name: 'a test' },
} as const;

let on: LearningStage;
let stage: TestStage;
let site: KnownSite;
let serial = 0;

beforeAll(async () => {
  on = await LearningStage.open();
  ({ stage } = on);
});

afterAll(() => stage.close());

beforeEach(async () => {
  await stage.postgres.query('delete from site');
  site = await stage.addSite();
});

function erase(mover: CommentMover = stage.mover, goesOn = (_erased: number): boolean => true): Promise<Erased> {
  const clock = new SystemClock();
  const erasure = new PersonErasure(stage.database, mover, new AuthorRules(stage.changes, clock), clock);
  return erasure.eraseAs(site, EMAIL, { ...PROGRAM, goesOn });
}

/** Of one author, each of words that no other has. */
async function write(count: number, email = EMAIL): Promise<CommentId[]> {
  const batch = Array.from({ length: count }, () => {
    const words = Array.from({ length: 9 }, (_, at) => (++serial * 7919 * (at + 3)).toString(36));
    return submission(site, { author: { name: 'Ada', email }, body: `A thought: ${words.join(' ')}.` });
  });
  return (await stage.store.write(batch)).map(acceptedId);
}

async function left(): Promise<number> {
  const { count } = await stage.one<{ count: number }>(
    `select count(*)::int from comment where site_id = $1 and author_key = $2`,
    [site.id, EMAIL],
  );
  return count;
}

describe('an erasure', () => {
  it('unlearns what the comments taught, spam too, and the model folds to the same bytes', async () => {
    const others = await write(4, 'bob@analytical.org');
    await on.decide(site, others.slice(0, 2), 'approve');
    await on.decide(site, others.slice(2), 'spam');
    await on.learn(site);
    const before = await on.stored(site);
    const [ham, spam, undecided] = await write(3);
    await on.decide(site, [ham!], 'approve');
    await on.decide(site, [spam!], 'spam');
    await on.learn(site);
    // Decided and not yet learned when it is erased.
    await on.decide(site, [undecided!], 'spam');
    expect(await erase()).toEqual({ comments: 3, notes: 0, rules: 0, done: true });
    await on.learn(site);
    expect(await on.stored(site)).toEqual(before);
    const relearned = await on.relearn(site);
    expect(relearned.digest).toBe(relearned.digestBefore);
    expect(relearned).toMatchObject({ spam: 2, ham: 2 });
  });

  it('that is cut off in a turn has erased whole turns, and ends what is left when it is begun again', async () => {
    await write(ERASED_AT_ONCE + 5);
    const failing = moverWith(stage, async (batch, decideNow) => {
      const outcomes = await decideNow();
      if (batch === 2) throw new Error('killed');
      return outcomes;
    });
    await expect(erase(failing)).rejects.toThrow('killed');
    expect(await left()).toBe(5);
    expect(await erase()).toEqual({ comments: 5, notes: 0, rules: 0, done: true });
    expect(await erase()).toEqual({ comments: 0, notes: 0, rules: 0, done: true });
    expect(await left()).toBe(0);
    const acts = await stage.rows<{ detail: unknown }>(
      `select detail from act where site_id = $1 and action = 'person-erased' order by id`,
      [site.id],
    );
    expect(acts.map(({ detail }) => detail)).toEqual([
      { comments: ERASED_AT_ONCE + 5, notes: 0, rules: 0 },
      { comments: 5, notes: 0, rules: 0 },
    ]);
  });

  it('says that it is not done when its time is up', async () => {
    await write(ERASED_AT_ONCE + 1);
    expect(await erase(stage.mover, () => false)).toMatchObject({ comments: ERASED_AT_ONCE, done: false });
    expect(await left()).toBe(1);
    expect(await erase()).toMatchObject({ comments: 1, done: true });
  });

  it('meets learning, deciding and another erasure, and none waits for the others in a circle', async () => {
    const ids = await write(60);
    await on.decide(site, ids.slice(0, 20), 'spam');
    const decisions = [20, 30, 40, 50].map((from) => on.decide(site, ids.slice(from, from + 10), 'approve'));
    const together = [erase(), erase(), on.learn(site), on.learn(site), ...decisions];
    const faults = (await Promise.allSettled<unknown>(together)).filter(({ status }) => status === 'rejected');
    expect(faults).toEqual([]);
    expect(await left()).toBe(0);
    await on.learn(site);
    expect(await on.rows(site)).toEqual([]);
  });

  it('takes the campaign with it whose only members it erases, and leaves that of others', async () => {
    const mine = await write(2);
    const shared = [...(await write(1)), ...(await write(1, 'bob@analytical.org'))];
    const [own, common] = [newId(), newId()];
    for (const [campaign, ids] of [
      [own, mine],
      [common, shared],
    ] as const) {
      await stage.postgres.query(
        `insert into campaign (site_id, id, near_fingerprint, first_at, last_at, size, pending)
         values ($1, $2, '{1,2,3,4,5,6}', now(), now(), 2, 2)`,
        [site.id, campaign],
      );
      await stage.postgres.query(
        `update comment set status = 'pending', campaign_id = $3 where site_id = $1 and id = any ($2)`,
        [site.id, ids, campaign],
      );
    }
    expect(await erase()).toMatchObject({ comments: 3, done: true });
    expect(await stage.rows('select id, size from campaign where site_id = $1', [site.id])).toEqual([
      { id: common, size: 1 },
    ]);
  });

  it('leaves replies of the site’s own people alone, who have no address', async () => {
    const [id] = await write(1, 'bob@analytical.org');
    await stage.postgres.query(`update comment set author_key = '', author_email = '' where id = $1`, [id]);
    const erasure = (email: string): Promise<Erased> =>
      new PersonErasure(
        stage.database,
        stage.mover,
        new AuthorRules(stage.changes, new SystemClock()),
        new SystemClock(),
      ).eraseAs(site, email, { ...PROGRAM, goesOn: () => true });
    for (const email of ['', ' ', '@', '@analytical.org', 'ada']) {
      await expect(Promise.resolve().then(() => erasure(email))).rejects.toMatchObject({ code: 'invalid-body' });
    }
    expect(await stage.countByStatus(site.id)).toEqual({ received: 1 });
  });
});

describe('the words of events', () => {
  it('are emptied of deleted comments alone, of the own site alone, and changed in no other way', async () => {
    const other = await stage.addSite();
    const [kept, gone] = await write(2);
    const [foreign] = await stage.receive(other);
    await on.decide(site, [kept!, gone!], 'reject', 'Off topic');
    await on.decide(other, [foreign!], 'reject', 'Off topic');
    await on.decide(site, [gone!], 'delete');
    await on.decide(other, [foreign!], 'delete');
    await stage.database.inSite(site.id, async (manager) => {
      for (const { id } of [site, other]) {
        await manager.query('select empty_words_of_events($1, $2)', [id, [kept, gone, foreign]]);
      }
    });
    const rejected = `select comment_id as id, reason from comment_event where action = 'reject' and site_id = any ($1)`;
    const rows = await stage.rows<{ id: string; reason: string | null }>(rejected, [[site.id, other.id]]);
    const reasons = new Map(rows.map(({ id, reason }) => [id, reason]));
    expect([kept, gone, foreign].map((id) => reasons.get(id!))).toEqual(['Off topic', null, 'Off topic']);
    const change = stage.database.inSite(site.id, (manager) => manager.query(`update comment_event set reason = 'x'`));
    await expect(change).rejects.toThrow('permission denied');
  });
});

describe('an export', () => {
  it('of ten thousand comments is written in pages and ends within a minute', async () => {
    for (let round = 0; round < 20; round++) await write(500);
    const exported = new PersonExport(stage.database, new SystemClock());
    const begun = performance.now();
    let [text, longest] = ['', 0];
    for await (const piece of exported.write(site, EMAIL)) {
      longest = Math.max(longest, piece.length);
      text += piece;
    }
    const tookMs = performance.now() - begun;
    const { comments } = JSON.parse(text) as { comments: { id: string }[] };
    expect(new Set(comments.map(({ id }) => id)).size).toBe(10_000);
    expect(longest).toBeLessThan(20_000);
    expect(tookMs).toBeLessThan(60_000);
    console.info(`10,000 comments, ${String(text.length)} characters: ${String(Math.round(tookMs))} ms`);
    const start = performance.now();
    expect(await erase()).toMatchObject({ comments: 10_000, done: true });
    console.info(`erased in ${String(Math.round(performance.now() - start))} ms`);
  }, 120_000);

  it('reads nothing of another site and of nobody else', async () => {
    const other = await stage.addSite();
    await stage.receive(other, 1, { author: { name: 'Ada', email: EMAIL }, body: 'Elsewhere.' });
    await write(1, 'bob@analytical.org');
    await write(1);
    const pieces: string[] = [];
    for await (const piece of new PersonExport(stage.database, new SystemClock()).write(site, EMAIL))
      pieces.push(piece);
    const { comments } = JSON.parse(pieces.join('')) as { comments: { author: { email: string }; body: string }[] };
    expect(comments.map(({ author }) => author.email)).toEqual([EMAIL]);
    expect(pieces.join('')).not.toContain('Elsewhere');
  });
});
