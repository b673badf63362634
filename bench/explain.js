// Shows the plans of the hot queries at scale: fills a database of its own with N comments, runs the product's own
// classes on it as the role the service works as (row-level security on), catches the SQL they send, and explains it.
// Of a statement whose plan is kept it shows the plan without values too, which PostgreSQL may come to use.
//
//   npm run build && node bench/explain.js 10000000 > /tmp/explain.md
//
// Ten million comments need about 15 GB of disk and a quarter of an hour. Progress goes to stderr.
import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { CommentDetail } from '../dist/moderation/comment-detail.js';
import { ModerationQueue } from '../dist/moderation/moderation-queue.js';
import { readQueueQuery } from '../dist/moderation/queue-query.js';
import { Summary } from '../dist/moderation/summary.js';
import { dataSourceOptions } from '../dist/platform/database/data-source-options.js';
import { Database } from '../dist/platform/database/database.js';
import { ensureDatabase, startEmbeddedPostgres } from '../dist/platform/embedded/embedded-postgres.js';
import { newId } from '../dist/platform/ids.js';
import { Secrets } from '../dist/platform/signing/secrets.js';
import { prepareDatabase } from '../dist/prepare-database.js';
import { PublishedComments } from '../dist/publishing/published-comments.js';
import { schema } from '../dist/schema.js';
import { gatherEvidence } from '../dist/screening/gather-evidence.js';
import { knownDomains } from '../dist/screening/known-domains.js';
import { completeSettings } from '../dist/sites/site-settings.js';
import { fillWithComments, SITE } from './fill.js';

const count = Number(process.argv[2] ?? 1_000_000);
const say = (line) => process.stderr.write(`${line}\n`);

const folder = await mkdtemp(join(tmpdir(), 'winnow-explain-'));
const postgres = await startEmbeddedPostgres({
  dataDirectory: folder,
  settings: { fsync: 'off', full_page_writes: 'off', maintenance_work_mem: '1GB', max_wal_size: '8GB' },
});
try {
  await ensureDatabase(postgres, 'scale');
  const url = (role) => postgres.url(role, 'scale');
  await prepareDatabase({ ownerUrl: url('owner'), superuserUrl: url('postgres'), appRole: 'app' });
  await fillWithComments(url('postgres'), count, say);
  await explainAll(url('app'));
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
  await rm(postgres.dataDirectory, { recursive: true, force: true });
}

async function explainAll(appUrl) {
  const dataSource = new DataSource(dataSourceOptions(schema, appUrl));
  await dataSource.initialize();
  const database = new Database(dataSource);
  const secrets = new Secrets(randomBytes(32));
  const clock = { now: () => new Date() };
  const site = {
    id: SITE,
    key: 'big',
    name: 'Big',
    origins: [],
    settings: completeSettings({}),
    createdAt: new Date(),
  };
  const queue = new ModerationQueue(database, secrets);
  const published = new PublishedComments(database);
  const caller = { kind: 'person', accountId: newId() };
  const list = (query) => queue.list(site, readQueueQuery(query), caller);
  const page = { sort: 'newest', limit: 50, after: null };
  const one = await database.inSite(SITE, (manager) =>
    manager.query("select site_id, id from comment where site_id = $1 and status = 'published' limit 100", [SITE]),
  );
  const refs = one.map(({ site_id: siteId, id }) => ({ siteId, id }));
  const received = await database.acrossSites('screen a batch', (manager) =>
    manager.query(`select site_id as "siteId", id from comment where status = 'received' limit 100`),
  );
  const linking = received.map(({ siteId }, index) => {
    return { siteId, linkDomains: ['popular.com', `d${index}.com`, `unknown${index}.com`] };
  });
  const cases = [
    ['Queue: pending, oldest first', () => list({})],
    ['Queue: spam, newest first', () => list({ status: 'spam', sort: 'newest' })],
    ['Queue of one article', () => list({ article: 'article-7', status: 'published' })],
    ['One comment with its events', () => new CommentDetail(database).read(site, refs[0].id, caller)],
    ['Summary', () => new Summary(database, clock).read(site)],
    ['Thread of one article', () => published.ofArticle(SITE, 'article-7', page)],
    ['Feed of the site', () => published.ofSite(SITE, page)],
    [
      'Counts of 100 articles',
      () =>
        published.counts(
          SITE,
          Array.from({ length: 100 }, (_, i) => `article-${i}`),
        ),
    ],
    [
      'Evidence for a batch of 100 (worker)',
      () => database.acrossSites('screen a batch', (m) => gatherEvidence(m, received, new Date())),
    ],
    [
      'Evidence for a batch of 3 (worker)',
      () => database.acrossSites('screen a batch', (m) => gatherEvidence(m, received.slice(0, 3), new Date())),
    ],
    [
      'What is known of 300 links of that batch (worker)',
      () => database.acrossSites('screen a batch', (m) => knownDomains(m, linking, new Date())),
    ],
    [
      'Sweep',
      () =>
        database.acrossSites('sweep', (m) =>
          m.query(
            `select site_id, id from comment where status = 'received' and next_sweep_at <= now() order by next_sweep_at limit 2000 for update skip locked`,
          ),
        ),
    ],
  ];
  const total = Number((await database.acrossSites('sweep', (m) => m.query('select count(*) from comment')))[0].count);
  console.log(`${total.toLocaleString('en')} comments in the table, ${postgres.version}.\n`);
  for (const [title, run] of cases) await explainCase(title, run, dataSource);
  await dataSource.destroy();
}

/** Runs it once to catch its SQL and warm the cache, then explains each statement under the same settings. */
async function explainCase(title, run, dataSource) {
  const caught = await catchStatements(run);
  console.log(`## ${title}\n`);
  const client = dataSource.createQueryRunner();
  await client.connect();
  // The wall's setting travels in one message with the begin.
  const settings = caught.flatMap(({ text }) => /^start transaction[^;]*;\s*(set local .*)$/is.exec(text)?.[1] ?? []);
  const explain = async (how, text, values) => {
    await client.query('begin');
    for (const setting of settings) await client.query(setting);
    const rows = await client.query(`explain (${how}) ${text}`, values);
    await client.query('rollback');
    console.log('```');
    for (const row of rows) console.log(row['QUERY PLAN']);
    console.log('```\n');
  };
  for (const { text, values, isKept } of caught.filter(
    ({ text: t }) => /^\s*(select|with)/i.test(t) && !/set_config/.test(t),
  )) {
    await explain('analyze, buffers, costs off, summary on', text, values);
    if (!isKept) continue;
    console.log('Without values:\n');
    await explain('generic_plan, costs off', text, []);
  }
  await client.release();
  say(`explained: ${title}`);
}

async function catchStatements(run) {
  const caught = [];
  const query = pg.Client.prototype.query;
  pg.Client.prototype.query = function (text, values, ...rest) {
    const asked = typeof text === 'string' ? { text, values } : text;
    const isKept = asked.name !== undefined;
    caught.push({ text: asked.text, values: Array.isArray(asked.values) ? asked.values : [], isKept });
    return query.call(this, text, values, ...rest);
  };
  try {
    await run();
  } finally {
    pg.Client.prototype.query = query;
  }
  return caught;
}
