import type { Decision } from '../../src/comments/comment-status.js';
import { purgeOldSpam } from '../../src/comments/retention.js';
import { forgetComments } from '../../src/learning/forget-comments.js';
import { learnSite } from '../../src/learning/learn-site.js';
import { WINDOW } from '../../src/learning/lessons.js';
import { SiteModels } from '../../src/learning/site-models.js';
import type { CommentId } from '../../src/platform/ids.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { bytesOf, LearningStage } from '../support/learning-stage.js';
import type { TestStage } from '../support/test-stage.js';

/* What people decide, as it is learned and kept. */

let on: LearningStage;
let stage: TestStage;
let site: KnownSite;

beforeAll(async () => {
  on = await LearningStage.open();
  ({ stage } = on);
});

afterAll(() => stage.close());

beforeEach(async () => {
  await stage.postgres.query('delete from site');
  site = await stage.addSite();
});

describe('a decision', () => {
  it.each<[string, readonly (readonly [Decision, string?])[], readonly string[]]>([
    ['approve', [['approve']], ['ham']],
    ['publish', [['publish']], ['ham']],
    ['spam', [['spam']], ['spam']],
    ['reject', [['reject', 'Off topic.']], []],
    ['reject as spam', [['reject', 'This is spam.']], ['spam']],
    ['spam, undo', [['spam'], ['undo']], []],
    ['publish, spam, undo', [['publish'], ['spam'], ['undo']], ['ham']],
    ['spam, restore', [['spam'], ['restore']], []],
    ['publish, unpublish', [['publish'], ['unpublish']], ['ham']],
    ['publish, reject', [['publish'], ['reject']], []],
  ])('to %s teaches what it must, learned at once or one by one', async (_, decisions, expected) => {
    const [together, each] = (await on.comments(site, 2)) as [CommentId, CommentId];
    for (const [decision, reason] of decisions) await on.decide(site, [together], decision, reason);
    await on.learn(site);
    expect(await on.labels(site)).toEqual(expected);
    await stage.postgres.query('delete from learned_comment');
    for (const [decision, reason] of decisions) {
      await on.decide(site, [each], decision, reason);
      await on.learn(site);
    }
    expect(await on.labels(site)).toEqual(expected);
  });

  it('that deletes keeps what spam taught and no other, and one on a text that is gone teaches nothing', async () => {
    const [taught, late, accepted] = (await on.comments(site, 3)) as [CommentId, CommentId, CommentId];
    await on.decide(site, [taught], 'spam');
    await on.decide(site, [accepted], 'publish');
    await on.learn(site);
    expect(await on.labels(site)).toEqual(['spam', 'ham']);
    await on.decide(site, [taught, accepted], 'delete');
    await on.decide(site, [late], 'spam');
    await on.decide(site, [late], 'delete');
    await on.learn(site);
    expect(await on.rows(site)).toMatchObject([{ commentId: taught, label: 'spam' }]);
  });

  it('counts once when it is repeated, when its job runs twice, and when two workers run at once', async () => {
    const ids = await on.comments(site, 40);
    await on.decide(site, ids, 'spam');
    await on.decide(site, ids, 'spam');
    await Promise.all([on.learn(site), on.learn(site), on.learn(site)]);
    const once = await on.stored(site);
    await on.learn(site);
    expect(await on.stored(site)).toEqual(once);
    expect(await on.labels(site)).toEqual(ids.map(() => 'spam'));
    expect(await stage.metrics.render()).toMatch(/winnow_learned_total\{what="spam"\} \d+/);
  });

  it('of which the worker died in the middle is learned as if nothing had been', async () => {
    await on.decided(site, 'spam');
    await on.learn(site);
    const before = await on.stored(site);
    await on.decided(site, 'approve');
    const dying = stage.database.inSite(site.id, async (manager) => {
      await learnSite(manager, site.id, on.reader);
      throw new Error('killed');
    });
    await expect(dying).rejects.toThrow('killed');
    expect(await on.stored(site)).toEqual(before);
    await on.learn(site);
    expect(await on.labels(site)).toEqual(['spam', 'ham']);
  });

  it('is unlearned by its undo to the same bytes', async () => {
    const [first] = await on.comments(site, 1);
    await on.decide(site, [first!], 'spam');
    for (let at = 0; at < 6; at++) await on.decided(site, at % 2 === 0 ? 'approve' : 'spam');
    await on.learn(site);
    const [before, model] = [await on.stored(site), (await on.relearn(site)).model];
    for (const decision of ['approve', 'restore', 'reject', 'publish'] as const) {
      await on.decide(site, [first!], decision);
      await on.learn(site);
      expect((await on.relearn(site)).model).not.toBe(model);
      await on.decide(site, [first!], 'undo');
      await on.learn(site);
      expect(await on.stored(site)).toEqual(before);
      expect((await on.relearn(site)).model).toBe(model);
    }
  });

  it('on copies of a text is learned three times, and on each text besides', async () => {
    const copies = await on.comments(site, 30, 'The same offer again, for all of you.');
    await on.decide(site, copies, 'spam');
    await on.decided(site, 'spam');
    await on.learn(site);
    expect(await on.rows(site)).toHaveLength(4);
  });
});

describe('what was learned', () => {
  it('is the same to the byte after the texts were purged, and after all comments are gone', async () => {
    for (let at = 0; at < 12; at++) await on.decided(site, at % 3 === 0 ? 'approve' : 'spam');
    await on.learn(site);
    const before = await on.relearn(site);
    expect(before).toMatchObject({ spam: 8, ham: 4, digest: before.digestBefore });
    const later = new Date(Date.now() + 40 * 86_400_000);
    await stage.database.acrossSites('sweep', (manager) => purgeOldSpam(manager, stage.changes, later));
    await stage.postgres.query('delete from comment where site_id = $1', [site.id]);
    expect(await on.relearn(site)).toEqual(before);
    expect(before.digest).toHaveLength(64);
  });

  it('is found to have been changed by somebody else, and then what is stored counts in every process', async () => {
    const models = new SiteModels();
    for (let at = 0; at < 4; at++) await on.decided(site, 'spam');
    await on.learn(site);
    await on.modelBy(models, site);
    await stage.postgres.query(`update learned_comment set label = 'ham' where seq = 2`);
    const found = await on.relearn(site);
    expect(found.digest).not.toBe(found.digestBefore);
    expect(found).toMatchObject({ spam: 3, ham: 1 });
    expect(bytesOf(await on.modelBy(models, site))).toBe(await on.foldOfAll(site));
    expect(await on.relearn(site)).toEqual({ ...found, digestBefore: found.digest });
  });

  it('of a person is erased for good, while the rest stays', async () => {
    const erased = await on.decided(site, 'spam');
    const kept = await on.decided(site, 'spam');
    await on.learn(site);
    const before = await on.relearn(site);
    await on.decide(site, [erased], 'approve');
    const count = await stage.database.inSite(site.id, async (manager) => {
      await manager.query('delete from comment where site_id = $1 and id = $2', [site.id, erased]);
      return forgetComments(manager, site.id, [erased]);
    });
    await on.learn(site);
    expect(count).toBe(1);
    expect((await on.rows(site)).map(({ commentId }) => commentId)).toEqual([kept]);
    expect((await on.relearn(site)).model).not.toBe(before.model);
    expect(await stage.rows('select 1 from learned_comment where comment_id = $1', [erased])).toEqual([]);
  });

  it('of a site is nothing to another, and goes with its site', async () => {
    const other = await stage.addSite();
    await on.decided(site, 'spam');
    await on.decided(other, 'approve');
    await on.job.run({ sites: [site.id, other.id] });
    expect([await on.labels(site), (await on.rows(other)).map(({ label }) => label)]).toEqual([['spam'], ['ham']]);
    const seen = await stage.database.inSite(site.id, (manager) =>
      manager.query<unknown[]>('select distinct site_id from learned_comment where site_id = any ($1)', [
        [site.id, other.id],
      ]),
    );
    expect(seen).toEqual([{ site_id: site.id }]);
    await expect(stage.database.inSite(site.id, (manager) => learnSite(manager, other.id, on.reader))).resolves.toEqual(
      {
        spam: 0,
        ham: 0,
        takenBack: 0,
        hasMore: false,
      },
    );
    await stage.postgres.query('delete from site where id = $1', [other.id]);
    expect(await on.rows(other)).toEqual([]);
    await on.job.run({ sites: [other.id] });
  });

  it('of a thousand decisions on long comments takes less than a megabyte, with all indexes', async () => {
    await stage.postgres.query('vacuum full learned_comment');
    const wordsOfLong = 130;
    await on.decide(site, await on.bulk(site, 500, wordsOfLong), 'spam');
    await on.decide(site, await on.bulk(site, 500, wordsOfLong), 'approve');
    await on.learn(site);
    expect(await on.rows(site)).toHaveLength(1_000);
    const [size] = await stage.rows<{ bytes: number }>(
      `select pg_total_relation_size('learned_comment')::int as bytes`,
    );
    const [text] = await stage.rows<{ shortest: number }>('select min(length(body))::int as shortest from comment');
    expect(text!.shortest).toBeGreaterThan(800);
    expect(size!.bytes).toBeLessThan(1_000_000);
  }, 60_000);
});

describe('the window', () => {
  it('keeps the newest thousand of a label, forgets in steps, and leaves the other label alone', async () => {
    await on.decide(site, await on.bulk(site, 20), 'approve');
    for (let round = 0; round < 3; round++) await on.decide(site, await on.bulk(site, 450), 'spam');
    const models = new SiteModels();
    await on.learn(site);
    const kept = await on.rows(site);
    expect(kept.filter(({ label }) => label === 'ham')).toHaveLength(20);
    expect(kept.length).toBeLessThanOrEqual(20 + WINDOW.most + WINDOW.step);
    const model = await on.modelBy(models, site);
    expect(model?.learned.ham).toBe(20);
    expect(model?.learned.spam).toBeLessThanOrEqual(WINDOW.most);
    const { digest, digestBefore } = await on.relearn(site);
    expect(digest).toBe(digestBefore);
    const [oldest] = await stage.rows<{ id: CommentId }>(
      `select comment_id as id from comment_event where site_id = $1 and action = 'spam' order by seq limit 1`,
      [site.id],
    );
    await on.decide(site, [oldest!.id], 'approve');
    await on.decide(site, [oldest!.id], 'undo');
    await on.learn(site);
    expect(await on.rows(site)).toEqual(kept);
  }, 60_000);
});
