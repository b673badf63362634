import type { EntityManager } from 'typeorm';
import { Facets } from '../../src/moderation/facets.js';
import { readPage } from '../../src/moderation/page-across-sites.js';
import { readQueueQuery } from '../../src/moderation/queue-query.js';
import { readQueue, type Limits, type Place } from '../../src/moderation/read-queue.js';
import type { ArticleId, CommentId } from '../../src/platform/ids.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { TestStage } from '../support/test-stage.js';

/* The most doubtful first as an index range, behind the wall between sites; and what is looked for, within bounds. */

const COUNT = 3_000;
const ARTICLES = 3;

let stage: TestStage;
let site: KnownSite;
let article: ArticleId;

beforeAll(async () => {
  stage = await TestStage.open();
  site = await stage.addSite();
  const [first] = await stage.receive(site);
  ({ article_id: article } = await stage.one<{ article_id: ArticleId }>(
    'select article_id from comment where id = $1',
    [first],
  ));
  await stage.postgres.query(
    `insert into article (site_id, id, key, created_at)
     select site_id, md5(n::text)::uuid, 'article-' || n, now() from article, generate_series(2, $2::int) n where id = $1`,
    [article, ARTICLES],
  );
  await stage.postgres.query(
    `insert into comment select (jsonb_populate_record(c, jsonb_build_object('id', md5('c' || n)::uuid, 'status', 'pending',
         'article_id', case n % 3 when 0 then c.article_id else md5((1 + n % 3)::text)::uuid end,
         'submitted_at', c.submitted_at + n * interval '1 second', 'certainty', (n * 7919 % 1000)::real / 2000,
         'language', case when n % 500 = 0 then 'de-AT' else 'en' end))).*
       from comment c, generate_series(1, $2::int) n where c.id = $1`,
    [first, COUNT],
  );
  await stage.postgres.query(`update comment set status = 'rejected' where id = $1`, [first]);
  await stage.postgres.query('analyze comment');
});

afterAll(() => stage.close());

const DEEP: Place = ['0.3', '00000000-0000-0000-0000-000000000000'];

/** The plan of the statement that reads the page, as the transaction of the manager runs it. */
async function planOf(manager: EntityManager, read: (manager: EntityManager) => Promise<unknown>): Promise<string> {
  let plan = '';
  const query = async (text: string, values: unknown[]): Promise<unknown> => {
    if (text.includes('page as materialized')) {
      const rows: { 'QUERY PLAN': string }[] = await manager.query(
        `explain (analyze, costs off, timing off, buffers off) ${text}`,
        values,
      );
      plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    }
    return manager.query(text, values);
  };
  await read({ query } as EntityManager);
  return plan;
}

describe('the plan of the most doubtful first', () => {
  const query = readQueueQuery({ sort: 'doubtful' });

  it.each([
    ['a site', 'comment_doubtful', (): null => null],
    ['an article', 'comment_article_doubtful', (): ArticleId => article],
  ])('of %s is a range of %s that begins at the place', async (_what, index, of) => {
    const plan = await stage.database.inSite(site.id, (real) =>
      planOf(real, (manager) => readQueue({ manager, site: site.id, article: of(), query, after: DEEP })),
    );
    expect(plan).toMatch(new RegExp(`Index (Only )?Scan using ${index} on comment`));
    expect(plan).toMatch(/Index Cond: .*ROW\(certainty, id\) > ROW/);
    expect(plan).toMatch(/Limit \(actual rows=51/);
  });

  it('across sites is one such range for each', async () => {
    const reach = new Map([[site.id, site.key]]);
    const plan = await stage.database.inSites([site.id], (real) =>
      planOf(real, (manager) => readPage(manager, reach, { kind: 'sites', sites: [site.id] }, query, DEEP)),
    );
    expect(plan.match(/using comment_doubtful on comment/g)?.length).toBe(2);
    expect(plan.match(/Index Cond: .*ROW\(.*certainty, .*id\) > ROW/g)?.length).toBe(2);
  });
});

describe('what no index knows', () => {
  const NO_TIME: Limits = { near: 100, stretch: 100, budgetMs: 0 };

  it.each([
    { language: 'de' },
    { language: 'de', sort: 'doubtful' },
    { q: 'article:article-2 -zebra', sort: 'doubtful' },
    { q: 'link:example.com' },
    { q: '-comment' },
  ])('is looked for among so many comments, then the page ends early: %j', async (asked) => {
    const query = readQueueQuery(asked);
    const seen = new Set<CommentId>();
    let looks = 0;
    for (let after: Place | null = null; looks === 0 || after !== null; looks++) {
      const found = await stage.database.inSite(site.id, (manager) =>
        readQueue({ manager, site: site.id, article: null, query, after }, NO_TIME),
      );
      const rows = found.rows.slice(0, query.limit);
      for (const { id } of rows) seen.add(id as CommentId);
      const last = found.rows.length > query.limit ? rows.at(-1) : undefined;
      after = last ? [last.place, last.id] : found.rest;
    }
    expect(looks).toBeGreaterThanOrEqual(COUNT / 100 - 1);
    const expected = 'language' in asked ? COUNT / 500 : asked.q.startsWith('article') ? COUNT / ARTICLES : 0;
    expect(seen.size).toBe(expected);
  });
});

describe('the facets', () => {
  it('are of the newest two thousand', async () => {
    const facets = await new Facets(stage.database, undefined as never).ofSite(site, {});
    const sum = facets.articles.reduce((all, { count }) => all + count, 0);
    expect(sum).toBe(2_000);
    expect(facets.languages).toEqual([
      { tag: 'en', count: 1_996 },
      { tag: 'de-AT', count: 4 },
    ]);
  });
});
