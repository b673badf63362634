import { Module, type DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHash } from 'node:crypto';
import { SaxesParser } from 'saxes';
import { DataSource } from 'typeorm';
import type { Comment } from '../../src/comments/comment.entity.js';
import type { Decision } from '../../src/comments/comment-status.js';
import { CommentMover } from '../../src/comments/move-comment.js';
import { RENDERER_VERSION } from '../../src/lib/markup/render-comment.js';
import { Clock, SystemClock } from '../../src/platform/clock.js';
import { Settings } from '../../src/platform/config/settings.js';
import { Changes } from '../../src/platform/database/changes.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { Database } from '../../src/platform/database/database.js';
import { Listener } from '../../src/platform/database/listener.js';
import { createHttpApp } from '../../src/platform/http/http-app.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { QueueDepths } from '../../src/platform/queue/queue-depths.js';
import { PublicAddress } from '../../src/platform/http/public-address.js';
import { newId, type ArticleId, type CommentId, type SiteId } from '../../src/platform/ids.js';
import { makeLogger } from '../../src/platform/logging/logger.js';
import { ServiceLog } from '../../src/platform/logging/service-log.js';
import { Secrets } from '../../src/platform/signing/secrets.js';
import { PublishingModule } from '../../src/publishing/publishing.module.js';
import type { ThreadView } from '../../src/publishing/thread.view.js';
import { schema } from '../../src/schema.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import { WatchedDatabase } from '../support/watched-database.js';
import { waitUntil } from '../support/wait-until.js';

const CANARY = 'canary.7f3a@secret.example';
const NETWORK = '203.0.113.0/24';
const SITE = newId<SiteId>();
const THREAD = '/v1/sites/blog/articles/%2Ftea/comments';
const FOLDER = THREAD.slice(0, -'/comments'.length);

type CommentFields = Partial<
  Pick<Comment, 'id' | 'body' | 'html' | 'rendererVersion' | 'parentId'> & { status: string; publishedAt: string }
>;

/** One web process of the service, with the reading room alone. */
interface Instance {
  readonly app: NestFastifyApplication;
  readonly database: WatchedDatabase;
  readonly changes: Changes;
  readonly listener: Listener;
  readonly get: (url: string, headers?: Record<string, string>) => ReturnType<NestFastifyApplication['inject']>;
  thread(query?: string): Promise<ThreadView>;
  close(): Promise<void>;
}

@Module({})
class ReadingRoom {}

let db: TestDatabase;
let here: Instance;
let there: Instance;

beforeAll(async () => {
  db = await openTestDatabase();
  here = await openInstance();
  there = await openInstance();
  await makeSite(SITE, 'blog');
});

afterAll(async () => {
  for (const instance of [here, there]) await instance.close();
  await db.close();
});

beforeEach(async () => {
  await inSite('delete from comment');
  await inSite('delete from article');
  await here.changes.tellComments(here.database.global, { site: SITE, articles: null, moves: [] });
  await settled();
});

async function openInstance(): Promise<Instance> {
  const dataSource = new DataSource(dataSourceOptions(schema, db.urls.app, { poolSize: 4 }));
  await dataSource.initialize();
  const listener = new Listener(db.urls.app, Changes.channels);
  await listener.open();
  const database = new WatchedDatabase(dataSource);
  const changes = new Changes(listener);
  const app = await createHttpApp(readingRoom(database, changes), new Settings(), makeLogger('silent'));
  const get: Instance['get'] = (url, headers = {}) => app.inject({ method: 'GET', url, headers });
  return {
    ...{ app, database, changes, listener, get },
    thread: async (query = '') => (await get(`${THREAD}${query}`)).json(),
    close: async () => {
      await app.close();
      await listener.close();
      await dataSource.destroy();
    },
  };
}

function readingRoom(database: Database, changes: Changes): DynamicModule {
  const providers = [
    { provide: Settings, useValue: new Settings() },
    { provide: Clock, useClass: SystemClock },
    { provide: Database, useValue: database },
    { provide: Changes, useValue: changes },
    { provide: Secrets, useValue: new Secrets(Buffer.from('a secret of the tests')) },
    { provide: ServiceLog, useValue: new ServiceLog(makeLogger('silent')) },
    { provide: Metrics, useValue: new Metrics(new QueueDepths()) },
    { provide: PublicAddress, useValue: new PublicAddress('https://comments.example') },
  ];
  const exports = providers.map(({ provide }) => provide);
  return { module: ReadingRoom, imports: [PublishingModule], global: true, providers, exports };
}

function inSite(statement: string, parameters: unknown[] = []): Promise<unknown> {
  return here.database.inSite(SITE, (manager) => manager.query(statement, parameters));
}

/** Until both instances have heard all that was said before: news comes in the order of commits. */
async function settled(): Promise<void> {
  const site = newId<SiteId>();
  let heard = 0;
  const stops = [here, there].map(({ changes }) =>
    changes.onCommentsChanged((change) => (heard += Number(change.site === site))),
  );
  await here.changes.tellComments(here.database.global, { site, articles: [], moves: [] });
  await waitUntil(() => heard === 2, 'both instances have heard the news');
  for (const stop of stops) stop();
}

async function makeSite(id: SiteId, key: string): Promise<void> {
  const row = `insert into site (id, key, name, origins, settings, created_at) values ($1, $2, 'Blog', '{}', '{}', now())`;
  await here.database.acrossSites('make the demo site', (manager) => manager.query(row, [id, key]));
}

async function makeArticle(key = '/tea', fields: { url?: string; title?: string } = {}): Promise<ArticleId> {
  const id = newId<ArticleId>();
  await inSite('insert into article (site_id, id, key, url, title, created_at) values ($1, $2, $3, $4, $5, now())', [
    ...[SITE, id, key, fields.url ?? null, fields.title ?? null],
  ]);
  return id;
}

async function makeComment(articleId: ArticleId, fields: CommentFields = {}): Promise<CommentId> {
  const { id = newId<CommentId>(), status = 'published', body = 'Milk first.', parentId = null } = fields;
  const { html = `<p>${body}</p>`, rendererVersion = RENDERER_VERSION, publishedAt = '2026-11-01T10:00:00Z' } = fields;
  await inSite(
    `insert into comment (site_id, id, article_id, parent_id, depth, status, version, revision, author_name,
       author_email, author_url, author_key, body, html, renderer_version, fingerprint, honeypot_filled, client_network,
       verdict_label, verdict_probability, verdict_signals, submitted_at, published_at, moved_at, next_sweep_at)
     values ($1, $2, $3, $4, 0, $5, 1, 1, 'Ada', $6, null, $6, $7, $8, $9, 0, false, $10, 'ham', 0.125,
       '[{"name": "canary-signal"}]', '2026-11-01T09:00:00Z', $11, now(), now())`,
    [SITE, id, articleId, parentId, status, CANARY, body, html, rendererVersion, NETWORK, publishedAt],
  );
  return id;
}

/** As the moderators' room does it: the status, the counts and the news in one transaction. */
function decide(instance: Instance, id: CommentId, decision: Decision): Promise<unknown> {
  const actor = { kind: 'person', id: null, name: 'Mo' } as const;
  const site = { id: SITE, publishOnApproval: true };
  return instance.database.inSite(SITE, (manager) =>
    new CommentMover(instance.changes).decide(manager, site, [{ id, decision }], actor, new Date()),
  );
}

const ids = ({ comments }: ThreadView): string[] => comments.map(({ id }) => id);

describe('what is shown', () => {
  it('is published, whatever else there is', async () => {
    const article = await makeArticle();
    const published = await makeComment(article);
    for (const status of ['received', 'pending', 'spam', 'approved', 'rejected', 'deleted']) {
      await makeComment(article, { status });
    }
    expect(ids(await here.thread())).toEqual([published]);
    for (const url of [`${FOLDER}/feed.json`, '/v1/sites/blog/feed.json']) {
      const { items } = (await here.get(url)).json<{ items: { id: string }[] }>();
      expect(items.map(({ id }) => id)).toEqual([`urn:uuid:${published}`]);
    }
  });

  it('is not what stands on another site under the same key', async () => {
    await makeComment(await makeArticle());
    await makeSite(newId<SiteId>(), 'other');
    expect((await here.get(THREAD.replace('blog', 'other'))).json<ThreadView>().comments).toEqual([]);
  });

  it('is rendered anew where the stored HTML is missing or of another renderer', async () => {
    const article = await makeArticle();
    const at = (second: number): string => `2026-11-01T10:00:0${second}Z`;
    await makeComment(article, { body: '*a*', html: null, rendererVersion: null, publishedAt: at(1) });
    await makeComment(article, { body: '*b*', html: '<p>old</p>', rendererVersion: 0, publishedAt: at(2) });
    await makeComment(article, { body: '*c*', html: '<p>kept</p>', publishedAt: at(3) });
    const { comments } = await here.thread();
    expect(comments.map(({ html }) => html)).toEqual(['<p><em>a</em></p>', '<p><em>b</em></p>', '<p>kept</p>']);
  });

  it('holds no e-mail address, no hash of one, no network, no score, in any form', async () => {
    const article = await makeArticle();
    const parentId = await makeComment(article);
    await makeComment(article, { parentId });
    const forms = ['comments', 'feed.json', 'feed.atom', 'feed.rss', 'feed.html'].map((file) => `${FOLDER}/${file}`);
    const ofSite = ['feed.json', 'feed.atom', 'feed.rss', 'counts?article=%2Ftea'].map(
      (file) => `/v1/sites/blog/${file}`,
    );
    const hashes = ['md5', 'sha1', 'sha256'].map((name) => createHash(name).update(CANARY).digest('hex'));
    for (const url of [...forms, ...ofSite]) {
      const answer = await here.get(url);
      expect([url, answer.statusCode]).toEqual([url, 200]);
      const told = JSON.stringify(answer.headers) + answer.body;
      for (const secret of ['canary', 'secret.example', '203.0.113', '0.125', '"ham"', ...hashes]) {
        expect([url, secret, told.includes(secret)]).toEqual([url, secret, false]);
      }
    }
  });

  it('is an empty, open thread for an unknown article, which is neither made nor remembered', async () => {
    expect(await here.thread()).toEqual({
      article: { key: '/tea', url: null, title: null, open: true, commentCount: 0 },
      comments: [],
      nextCursor: null,
    });
    expect(await inSite('select 1 from article')).toEqual([]);
    await makeComment(await makeArticle());
    expect((await here.thread()).comments.length).toBe(1);
  });

  it('is counted under the names asked for, 0 for the unknown, whatever the names are', async () => {
    const article = await makeArticle();
    await decide(here, await makeComment(article, { status: 'pending' }), 'publish');
    const asked = ['/tea', '/unknown', '__proto__', 'constructor', '/tea'];
    const answer = await here.get(
      `/v1/sites/blog/counts?${asked.map((key) => `article=${encodeURIComponent(key)}`).join('&')}`,
    );
    expect(answer.body).toBe('{"counts":{"/tea":1,"/unknown":0,"__proto__":0,"constructor":0}}');
  });
});

describe('pages', () => {
  /** Five moments, some a microsecond apart, shared by 23 comments whose ids are in no order. */
  async function makeMany(): Promise<void> {
    const article = await makeArticle();
    for (let index = 0; index < 23; index++) {
      const id = `0199b2a8-0000-7000-8000-000000000${100 + ((index * 7) % 23)}` as CommentId;
      await makeComment(article, { id, publishedAt: `2026-11-01T10:00:00.00000${index % 5}Z` });
    }
  }

  it.each(['oldest', 'newest'])('of the %s go on without a gap or a double among equal times', async (sort) => {
    await makeMany();
    const direction = sort === 'oldest' ? 'asc' : 'desc';
    const rows = await inSite(`select id from comment order by published_at ${direction}, id ${direction}`);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await here.thread(`?sort=${sort}&limit=4${cursor && `&cursor=${cursor}`}`);
      seen.push(...ids(page));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual((rows as { id: string }[]).map(({ id }) => id));
  });

  it('of a feed are linked from one to the next', async () => {
    await makeMany();
    const seen: string[] = [];
    let url: string | undefined = 'https://comments.example/v1/sites/blog/feed.json?limit=9';
    while (url !== undefined) {
      const answer = await here.get(url.replace('https://comments.example', ''));
      const feed = answer.json<{ items: { id: string }[]; next_url?: string; feed_url: string }>();
      expect(feed.feed_url).toBe(url);
      seen.push(...feed.items.map(({ id }) => id));
      url = feed.next_url;
    }
    expect([seen.length, new Set(seen).size]).toEqual([23, 23]);
  });

  it('of one list do not open with the cursor of another', async () => {
    await makeMany();
    await makeArticle('/coffee');
    const { nextCursor } = await here.thread('?limit=4');
    const coffee = THREAD.replace('tea', 'coffee');
    for (const url of [`${THREAD}?sort=newest`, `${coffee}?sort=oldest`, `${FOLDER}/feed.atom?limit=4`]) {
      const answer = await here.get(`${url}&cursor=${nextCursor}`);
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'invalid-cursor']);
    }
  });
});

describe('feeds', () => {
  it.each([
    ['feed.json', 'application/feed+json; charset=utf-8'],
    ['feed.atom', 'application/atom+xml; charset=utf-8'],
    ['feed.rss', 'application/rss+xml; charset=utf-8'],
    ['feed.html', 'text/html; charset=utf-8'],
  ])('come as %s with its own type, well-formed, also when empty', async (file, type) => {
    for (const title of [undefined, 'Tea & <b>milk</b>']) {
      if (title) {
        const article = await makeArticle('/tea', { url: 'https://blog.example/tea', title });
        await makeComment(article, { parentId: await makeComment(article) });
      }
      const answer = await here.get(`${FOLDER}/${file}`);
      expect(answer.headers['content-type']).toBe(type);
      if (file.endsWith('json')) expect(answer.json()).toHaveProperty('version');
      else expect(() => new SaxesParser({ xmlns: true }).write(answer.body).close()).not.toThrow();
    }
  });
});

describe('a warm answer', () => {
  it('is sent without a query, with a tag that brings a 304 without a body', async () => {
    await makeComment(await makeArticle());
    const first = await here.get(THREAD);
    const { reads } = here.database;
    const etag = String(first.headers.etag);
    expect((await here.get(THREAD)).body).toBe(first.body);
    const again = await here.get(THREAD, { 'if-none-match': `"other", W/${etag}` });
    expect([again.statusCode, again.body, here.database.reads]).toEqual([304, '', reads]);
    for (const { headers } of [first, again]) {
      expect(headers).toMatchObject({
        etag: expect.stringMatching(/^"[\w-]+"$/) as string,
        'cache-control': 'public, max-age=5, stale-while-revalidate=30',
        'access-control-allow-origin': '*',
      });
      // On how it is packed, and not on the page that asks.
      expect(headers.vary).toBe('accept-encoding');
    }
    expect((await here.get(THREAD, { 'if-none-match': '"other"' })).statusCode).toBe(200);
  });

  it('answers HEAD with the headers of GET', async () => {
    await makeComment(await makeArticle());
    const got = await here.get(THREAD);
    const head = await here.app.inject({ method: 'HEAD', url: THREAD });
    expect([head.statusCode, head.body]).toEqual([200, '']);
    for (const name of ['etag', 'content-type', 'content-length', 'cache-control']) {
      expect(head.headers[name]).toBe(got.headers[name]);
    }
  });
});

describe('after a decision', () => {
  it('every instance shows the new state, in the thread, the feeds and the counts', async () => {
    const article = await makeArticle();
    const id = await makeComment(article, { status: 'pending' });
    const urls = [THREAD, `${FOLDER}/feed.atom`, '/v1/sites/blog/feed.json', '/v1/sites/blog/counts?article=%2Ftea'];
    const read = (): Promise<string[]> => Promise.all(urls.map(async (url) => (await there.get(url)).body));
    const empty = await read();
    await decide(here, id, 'publish');
    await settled();
    const full = await read();
    for (const [index, before] of empty.entries()) expect(full[index]).not.toBe(before);
    expect((await there.thread()).article.commentCount).toBe(1);
    expect((await here.get(THREAD)).headers.etag).toBe((await there.get(THREAD)).headers.etag);
    await decide(here, id, 'unpublish');
    await settled();
    expect(await there.thread()).toMatchObject({ article: { commentCount: 0 }, comments: [] });
    expect((await read())[2]).toBe(empty[2]);
  });

  it('keeps what no one decided on', async () => {
    await makeComment(await makeArticle());
    const id = await makeComment(await makeArticle('/coffee'), { status: 'pending' });
    await there.thread();
    await decide(here, id, 'publish');
    await settled();
    there.database.reads = 0;
    await there.thread();
    expect(there.database.reads).toBe(0);
  });

  it('does not remember what a load had read before it', async () => {
    const article = await makeArticle();
    const id = await makeComment(article);
    let open: () => void = () => undefined;
    there.database.gate = new Promise((resolve) => (open = resolve));
    const before = there.database.reads;
    const early = there.thread();
    await waitUntil(() => there.database.reads > before, 'the load has read its rows');
    await decide(here, id, 'reject');
    await settled();
    there.database.gate = Promise.resolve();
    open();
    expect(ids(await early)).toEqual([id]);
    expect(ids(await there.thread())).toEqual([]);
  });

  it('is seen within seconds by an instance that lost its connection and hears nothing', async () => {
    const id = await makeComment(await makeArticle());
    const deaf = await openInstance();
    expect(ids(await deaf.thread())).toEqual([id]);
    await deaf.listener.close();
    await decide(here, id, 'reject');
    await waitUntil(async () => ids(await deaf.thread()).length === 0, 'the rejected comment is gone', 5_000);
    await deaf.close();
  });
});
