import { DataSource } from 'typeorm';
import { SiteModels } from '../../src/learning/site-models.js';
import { SweepUnlearnedJob } from '../../src/learning/sweep-unlearned.job.js';
import { SiteModel } from '../../src/lib/spam/classifier/site-model.js';
import { Learning1763800012000 } from '../../src/migrations/1763800012000-learning.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { schema } from '../../src/schema.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { bytesOf, LearningStage } from '../support/learning-stage.js';
import type { TestStage } from '../support/test-stage.js';

/* What was learned, as the processes that screen come to know it; and what brings decisions to the learning. */

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

describe('the models of a process', () => {
  it('are none for a site that has taught nothing', async () => {
    await on.decided(site, 'reject');
    await on.learn(site);
    expect(await on.modelBy(new SiteModels(), site)).toBeUndefined();
  });

  it('are none again for a site of which all was undone', async () => {
    const models = new SiteModels();
    const id = await on.decided(site, 'spam');
    await on.learn(site);
    expect((await on.modelBy(models, site))?.learned).toEqual({ spam: 1, ham: 0 });
    await on.decide(site, [id], 'undo');
    await on.learn(site);
    expect(await on.modelBy(models, site)).toBeUndefined();
  });

  it('judge what is like the spam of the site as worse than before', async () => {
    const text = 'The tonic of the mountain cured my neighbour too.';
    for (let at = 0; at < 5; at++) await on.decided(site, 'spam');
    await on.learn(site);
    const model = await on.modelBy(new SiteModels(), site);
    expect(model!.score(on.example(text)).score).toBeGreaterThan(new SiteModel().score(on.example(text)).score + 1);
  });

  it('grow at their end, are folded anew after an undo, and agree in every process, to the byte', async () => {
    const [one, other] = [new SiteModels(), new SiteModels()];
    const ids = await on.comments(site, 6);
    for (const id of ids) {
      await on.decide(site, [id], ids.indexOf(id) % 2 === 0 ? 'spam' : 'approve');
      await on.learn(site);
      expect(bytesOf(await on.modelBy(one, site))).toBe(await on.foldOfAll(site));
    }
    const grown = await on.modelBy(one, site);
    await on.decided(site, 'spam');
    await on.learn(site);
    expect(await on.modelBy(one, site)).toBe(grown);
    await on.decide(site, [ids[2]!], 'undo');
    await on.learn(site);
    const folded = await on.modelBy(one, site);
    expect(folded).not.toBe(grown);
    expect(bytesOf(folded)).toBe(await on.foldOfAll(site));
    expect(bytesOf(await on.modelBy(other, site))).toBe(bytesOf(folded));
    expect(await on.modelBy(one, site)).toBe(folded);
  });

  it('are loaded once however many ask, and learn a tail once', async () => {
    const models = new SiteModels();
    await on.decided(site, 'spam');
    await on.learn(site);
    await on.modelBy(models, site);
    await on.decided(site, 'approve');
    await on.learn(site);
    const asked = await Promise.all(Array.from({ length: 8 }, () => on.modelBy(models, site)));
    expect(new Set(asked).size).toBe(1);
    expect(asked[0]?.learned).toEqual({ spam: 1, ham: 1 });
  });

  it('stay within their bound and are loaded again when they fell out', async () => {
    const models = new SiteModels(50_000);
    const sites = [site];
    for (let at = 0; at < 4; at++) sites.push(await stage.addSite());
    for (const one of sites) {
      await on.decided(one, 'spam');
      await on.learn(one);
    }
    for (const one of [...sites, ...sites]) {
      expect((await on.modelBy(models, one))?.learned).toEqual({ spam: 1, ham: 0 });
      expect(models.bytes).toBeLessThanOrEqual(50_000);
    }
    expect(models.bytes).toBeGreaterThan(0);
  });
});

describe('the sweep', () => {
  let sweep: SweepUnlearnedJob;

  beforeEach(() => {
    sweep = new SweepUnlearnedJob(stage.database, on.job, stage.metrics);
  });

  it('learns at its second look what nobody was woken for, and then finds nothing', async () => {
    await on.decided(site, 'spam');
    expect([await sweep.learnOverdue(), await on.labels(site)]).toEqual([0, []]);
    expect([await sweep.learnOverdue(), await on.labels(site)]).toEqual([1, ['spam']]);
    expect(await sweep.learnOverdue()).toBe(0);
  });

  it('learns a backlog at its first look, page by page', async () => {
    for (let at = 0; at < 130; at++) await on.decided(await stage.addSite(), 'spam');
    expect(await sweep.learnOverdue()).toBe(100);
    await sweep.learnOverdue();
    expect(await sweep.learnOverdue()).toBe(30);
    expect(await sweep.learnOverdue()).toBe(0);
  }, 60_000);
});

describe('the migration', () => {
  it('leaves to the sweep what was decided before, on every site', async () => {
    const other = await stage.addSite();
    await on.decided(site, 'spam');
    await on.decided(other, 'approve');
    await on.learn(site);
    const owner = await new DataSource(dataSourceOptions(schema, stage.files.urls.owner)).initialize();
    const runner = owner.createQueryRunner();
    await runner.startTransaction();
    await new Learning1763800012000().down(runner);
    await new Learning1763800012000().up(runner);
    await runner.query(`set local app.across_sites = 'on'`);
    const progress: unknown = await runner.query(
      'select decided_seq::int as decided, learned_seq::int as learned from site_counter where site_id = any ($1)',
      [[site.id, other.id]],
    );
    await runner.rollbackTransaction();
    await owner.destroy();
    expect(progress).toEqual([
      { decided: 1, learned: 0 },
      { decided: 1, learned: 0 },
    ]);
  });
});
