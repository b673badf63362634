import { createHash } from 'node:crypto';
import { SaxesParser } from 'saxes';
import { asSuperuser } from '../support/test-accounts.js';
import { TestClient, type Answer } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

interface ThreadComment {
  readonly id: string;
  readonly parentId: string | null;
  readonly html: string;
  readonly publishedAt: string;
}
interface Thread {
  readonly article: { readonly key: string; readonly open: boolean; readonly commentCount: number };
  readonly comments: readonly ThreadComment[];
  readonly nextCursor: string | null;
}

/** G8: this long after a comment was taken back, no public answer of any process holds it. */
const GONE_WITHIN_MS = 5_000;
const FEEDS = ['feed.json', 'feed.atom', 'feed.rss', 'feed.html'];
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;

let service: TestService;
let operator: TestClient;
let neighbour: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  neighbour = new TestClient((await service.another({ ROLE: 'web' })).url ?? '');
});

afterAll(() => service.close());

function make(settings: Record<string, unknown> = {}): Promise<TestSite> {
  const origins = ['https://blog.example'];
  return TestSite.make(operator, service.anonymous, { key: `site-${String(++serial)}`, origins, settings });
}

function publicPaths(site: TestSite, article = '/a'): string[] {
  const ofArticle = ['comments', 'comments?sort=newest', ...FEEDS].map((name) => site.articlePath(article, `/${name}`));
  const ofSite = FEEDS.slice(0, 3).map((name) => site.path(`/${name}`));
  return [...ofArticle, ...ofSite, site.path(`/counts?article=${encodeURIComponent(article)}`)];
}

async function thread(site: TestSite, article = '/a', query = ''): Promise<Thread> {
  return (await service.anonymous.get<Thread>(site.articlePath(article, `/comments${query}`))).body;
}

async function publishedCount(site: TestSite, count: number, article = '/a'): Promise<void> {
  const has = async (client: TestClient): Promise<boolean> => {
    const { body } = await client.get<Thread>(site.articlePath(article, '/comments'));
    return body.article.commentCount === count;
  };
  for (const client of [service.anonymous, neighbour]) {
    await waitUntil(() => has(client), `${String(count)} are published`, GONE_WITHIN_MS);
  }
}

describe('a thread', () => {
  it('holds what readers may see of an article and its comments, and no more', async () => {
    const site = await make();
    const author = { name: 'Ada & <b>', url: 'https://ada.example/' };
    const input = { author, body: 'With *style*.', articleTitle: 'A', articleUrl: 'https://blog.example/a' };
    const { id } = await site.published('/a', input);
    const reply = await site.published('/a', { parentId: id });
    await publishedCount(site, 2);
    expect(await thread(site)).toEqual({
      article: { key: '/a', url: 'https://blog.example/a', title: 'A', open: true, commentCount: 2 },
      comments: [
        {
          ...{ id, parentId: null, author: { name: 'Ada & <b>', url: 'https://ada.example/' } },
          ...{ html: expect.stringContaining('<em>style</em>') as string, submittedAt: TIME, publishedAt: TIME },
        },
        expect.objectContaining({ id: reply.id, parentId: id, author: { name: 'Ada Lovelace', url: null } }),
      ],
      nextCursor: null,
    });
  });

  it('of an article nobody has commented on is empty and open, and makes nothing', async () => {
    const site = await make();
    const answer = await service.anonymous.get(site.articlePath('/new', '/comments'));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      article: { key: '/new', url: null, title: null, open: true, commentCount: 0 },
      comments: [],
      nextCursor: null,
    });
    for (const path of publicPaths(site, '/new')) expect((await service.anonymous.get(path)).status).toBe(200);
    expect(await asSuperuser(service, `select key from article where key = '/new'`)).toEqual([]);
  });

  it('is paged in both orders without gaps or doubles, whatever is published in between', async () => {
    const site = await make();
    const ids = await site.submitMany(11);
    await operator.post(site.path('/moderation/decisions'), { action: 'publish', ids });
    await publishedCount(site, 11);
    for (const sort of ['oldest', 'newest']) {
      const seen: string[] = [];
      let page = await thread(site, '/a', `?limit=3&sort=${sort}`);
      for (;;) {
        seen.push(...page.comments.map(({ id }) => id));
        await site.published();
        if (page.nextCursor === null || seen.length > 40) break;
        page = await thread(site, '/a', `?limit=3&sort=${sort}&cursor=${page.nextCursor}`);
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(ids.filter((id) => !seen.includes(id))).toEqual([]);
    }
    const { comments } = await thread(site, '/a', '?limit=100');
    const times = comments.map(({ publishedAt }) => publishedAt);
    expect(times).toEqual([...times].sort());
    expect((await thread(site, '/a', '?limit=100&sort=newest')).comments.map(({ id }) => id)).toEqual(
      comments.map(({ id }) => id).reverse(),
    );
  });

  it.each(['/2012/11/small-is-beautiful', 'ü/日本語 😀', 'a?b#c&d=e', '%2F', '__proto__', "a'b"])(
    'may be of an article called %j, and so may its feeds and counts',
    async (key) => {
      const site = await make({ moderation: 'none' });
      const encoded = encodeURIComponent(key);
      const { id } = await site.submitSettled(key);
      await publishedCount(site, 1, key);
      expect((await thread(site, key)).article.key).toBe(key);
      for (const feed of FEEDS) {
        const answer = await service.anonymous.get(site.path(`/articles/${encoded}/${feed}`));
        expect([feed, answer.status, answer.text.includes(id)]).toEqual([feed, 200, true]);
      }
      const counts = await service.anonymous.get(site.path(`/counts?article=${encoded}&article=none`));
      expect(counts.text).toBe(
        JSON.stringify({
          counts: Object.fromEntries([
            [key, 1],
            ['none', 0],
          ]),
        }),
      );
    },
  );
});

describe('counts', () => {
  it('are of up to a hundred articles', async () => {
    const site = await make();
    await site.published('/a');
    await site.submitSettled('/b');
    await publishedCount(site, 1);
    const names = Array.from({ length: 97 }, (_, n) => `article=n${String(n)}`);
    const query = (more: string[]): string => site.path(`/counts?${[...names, ...more].join('&')}`);
    const answer = await service.anonymous.get<{ counts: Record<string, number> }>(
      query(['article=%2Fa', 'article=%2Fb', 'article=%2Fc']),
    );
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body.counts)).toHaveLength(100);
    expect(answer.body.counts).toMatchObject({ '/a': 1, '/b': 0, '/c': 0 });
    expect((await service.anonymous.get(query(['article=a', 'article=b', 'article=c', 'article=d']))).status).toBe(400);
  });
});

describe('caching', () => {
  it('gives each answer a strong tag of its bytes, and 304 to who has it', async () => {
    const site = await make();
    await site.published();
    await publishedCount(site, 1);
    for (const path of publicPaths(site)) {
      const answer = await service.anonymous.get(path);
      const etag = answer.headers.get('etag') ?? '';
      expect([path, etag]).toEqual([path, expect.stringMatching(/^"[^"]+"$/)]);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=5, stale-while-revalidate=30');
      expect(answer.headers.getSetCookie()).toEqual([]);
      for (const given of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const again = await service.anonymous.get(path, { 'if-none-match': given });
        expect([given, again.status, again.text]).toEqual([given, 304, '']);
        expect(again.headers.get('etag')).toBe(etag);
        expect(again.headers.get('cache-control')).toBe(answer.headers.get('cache-control'));
      }
      expect((await service.anonymous.get(path, { 'if-none-match': '"other"' })).text).toBe(answer.text);
    }
  });

  it('never of errors', async () => {
    const answer = await service.anonymous.get('/v1/sites/no-such-site/feed.json');
    expect(answer.headers.get('cache-control')).toMatch(/no-store/);
  });

  it.each(['unpublish', 'spam', 'reject', 'restore', 'delete'])(
    'holds nothing 5 s after %s, in any process',
    async (action) => {
      const site = await make();
      const word = `word${String(++serial)}`;
      const { id } = await site.published('/a', { body: `A text with ${word}.`, author: { name: word } });
      await publishedCount(site, 1);
      for (const client of [service.anonymous, neighbour]) {
        for (const path of publicPaths(site).slice(0, -1)) expect((await client.get(path)).text).toContain(word);
      }
      await site.decided(id, action);
      for (const client of [service.anonymous, neighbour]) {
        for (const path of publicPaths(site)) {
          const isGone = async (): Promise<boolean> => {
            const { text } = await client.get(path);
            return !text.includes(word) && !text.includes(id) && !text.includes('"/a":1');
          };
          await waitUntil(isGone, `${path} is without it`, GONE_WITHIN_MS);
        }
      }
    },
  );

  it('shows what is published again under its first time', async () => {
    const site = await make();
    const { id } = await site.published();
    await publishedCount(site, 1);
    const [first] = (await thread(site)).comments;
    await site.decided(id, 'unpublish');
    await publishedCount(site, 0);
    await site.decided(id, 'publish');
    await publishedCount(site, 1);
    expect((await thread(site)).comments[0]?.publishedAt).toBe(first?.publishedAt);
  });
});

describe('the feeds', () => {
  it('have their own types, are well-formed, newest first, and paged to the end', async () => {
    const site = await make();
    const ids = await site.submitMany(5);
    for (const id of ids) await site.decided(id, 'publish');
    await publishedCount(site, 5);
    const types = ['application/feed+json', 'application/atom+xml', 'application/rss+xml', 'text/html'];
    for (const [index, feed] of FEEDS.entries()) {
      const answer = await service.anonymous.get(site.articlePath('/a', `/${feed}`));
      expect(answer.headers.get('content-type')).toMatch(new RegExp(`^${types[index]?.replace('+', '\\+') ?? ''}`));
      const order = ids.map((id) => answer.text.indexOf(id));
      expect(order).toEqual([...order].sort((one, other) => other - one));
      if (index === 1 || index === 2) expect(() => new SaxesParser().write(answer.text).close()).not.toThrow();
    }
    const found: string[] = [];
    let next: string | undefined = `${service.url}${site.path('/feed.json?limit=2')}`;
    while (next !== undefined) {
      const { pathname, search } = new URL(next);
      const answer: Answer<{ items: { id: string }[]; next_url?: string; version: string }> =
        await service.anonymous.get(pathname + search);
      expect(answer.body.version).toBe('https://jsonfeed.org/version/1.1');
      found.push(...answer.body.items.map(({ id }) => id));
      next = answer.body.next_url;
    }
    expect(found).toHaveLength(5);
    expect(new Set(found).size).toBe(5);
  });
});

describe('what no public byte holds', () => {
  const email = 'Canary.Person@analytical-canary.org';
  const secret = 'unpublished-canary';

  function traces(): string[] {
    const forms = [email, email.toLowerCase(), email.split('@')[0] ?? '', 'analytical-canary'];
    const digests = [email, email.toLowerCase()].flatMap((text) =>
      ['md5', 'sha1', 'sha256', 'sha512'].flatMap((hash) => [
        createHash(hash).update(text).digest('hex'),
        createHash(hash).update(text).digest('base64'),
        createHash(hash).update(text).digest('base64url'),
      ]),
    );
    const encoded = [email, email.toLowerCase()].flatMap((text) => [
      Buffer.from(text).toString('base64').replace(/=+$/, ''),
      Buffer.from(text).toString('hex'),
      encodeURIComponent(text),
    ]);
    const own = [secret, '127.0.0', 'probability', 'signals', 'verdict', 'weight', 'honeypot'];
    return [...forms, ...digests, ...encoded, ...own].map((text) => text.toLowerCase());
  }

  it('is an address, a hash of it, an IP address, a score, or what is not published', async () => {
    const site = await make();
    const author = { name: 'Person', email, url: 'https://person.example/' };
    const submitted = await site.submit('/a', { author });
    await site.settled(submitted.id);
    await site.decided(submitted.id, 'publish', { reason: secret, note: secret });
    await site.submit('/a', { author, body: secret, parentId: submitted.id });
    const hidden = await site.submitSettled('/a', { author: { ...author, name: secret }, body: `${secret} again` });
    await site.decided(hidden.id, 'spam', { note: secret });
    await publishedCount(site, 1);
    const answers = [
      await service.anonymous.comment(site.key, '/a', { author, body: 'One more.' }),
      await service.anonymous.get(`/v1/receipts/${submitted.receipt}`),
      await service.anonymous.get(`/v1/receipts/${submitted.receipt}`, { accept: 'text/html' }),
      await service.anonymous.get(site.articlePath('/a', '/form')),
      ...(await Promise.all(publicPaths(site).map((path) => service.anonymous.get(path)))),
    ];
    const found = answers.flatMap(({ status, headers, text }) => {
      expect(status).toBeLessThan(300);
      const bytes = `${JSON.stringify([...headers])}\n${text}`.toLowerCase();
      return traces().filter((trace) => bytes.includes(trace));
    });
    expect(found).toEqual([]);
  });
});

describe('a reader who takes gzip', () => {
  it('gets a long thread packed, the same as everybody’s, and nothing of it after it was taken back', async () => {
    const site = await make();
    const bodies = Array.from({ length: 12 }, (_, n) => `Thought ${String(n)}: ${'a long one '.repeat(20)}`);
    const comments = [];
    for (const body of bodies) comments.push(await site.published('/long', { body }));
    const url = `${service.url}${site.articlePath('/long', '/comments')}`;
    const read = (encoding: string): Promise<Response> => fetch(url, { headers: { 'accept-encoding': encoding } });
    let packed = await read('gzip');
    await waitUntil(async () => {
      packed = await read('gzip');
      return packed.headers.get('content-encoding') === 'gzip';
    }, 'the thread is packed');
    const plain = await read('identity');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await packed.text()).toBe(await plain.text());
    for (const { headers } of [packed, plain]) {
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('vary')).toBe('accept-encoding');
    }
    const [first] = comments;
    await site.decided(first?.id ?? '', 'unpublish', undefined, '/long');
    expect(await (await read('gzip')).text()).not.toContain('Thought 0:');
  });
});
