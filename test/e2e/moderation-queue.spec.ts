import { expectProblem } from '../support/problems.js';
import { asSuperuser } from '../support/test-accounts.js';
import { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Item, type Queue } from '../support/test-site.js';

let service: TestService;
let operator: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

function make(settings: Record<string, unknown> = {}): Promise<TestSite> {
  return TestSite.make(operator, service.anonymous, { key: `site-${String(++serial)}`, settings });
}

/** Copies of a comment, of the same time to the microsecond, with a body each. */
async function copies({ id }: Item, count: number, body = 'copy'): Promise<void> {
  await asSuperuser(
    service,
    `with made as (
       insert into comment select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'body', $3 || ' ' || n))).*
         from comment c, generate_series(1, $2::int) n where c.id = $1 returning site_id, id, author_name, author_email, body)
     insert into comment_search select site_id, id, author_name || ' ' || author_email || E'\\n' || body from made`,
    [id, count, body],
  );
}

function idsOf(items: readonly Item[]): string[] {
  return items.map(({ id }) => id);
}

describe('an item', () => {
  it('has what a moderator needs to decide', async () => {
    const site = await make({ blockedWords: ['zebrafish'] });
    const parent = await site.published('/a');
    const { id } = await site.submitSettled('/a', {
      author: { name: 'Zoë', email: 'Zoe@Analytical.org', url: 'https://zoe.example/' },
      body: 'A *zebrafish* & <b>more</b>.',
      parentId: parent.id,
    });
    const [item] = (await site.queue()).items;
    expect(item).toEqual({
      id,
      status: 'pending',
      version: 2,
      body: 'A *zebrafish* & <b>more</b>.',
      html: expect.stringContaining('<em>zebrafish</em> &amp; &lt;b&gt;more&lt;/b&gt;.') as string,
      author: {
        name: 'Zoë',
        email: expect.stringMatching(/^Zoe@analytical\.org$/i) as string,
        url: 'https://zoe.example/',
        standing: null,
        verified: false,
      },
      authorHistory: { published: 0, approved: 0, pending: 0, spam: 0, rejected: 0 },
      article: { key: '/a', url: null, title: null },
      parentId: parent.id,
      language: null,
      claim: null,
      noteCount: 0,
      reports: { count: 0, reasons: [] },
      submittedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      publishedAt: null,
      editedAt: null,
      campaign: null,
      blind: false,
      verdict: {
        label: 'unsure',
        probability: expect.any(Number) as number,
        score: expect.any(Number) as number,
        signals: expect.any(Array) as unknown[],
      },
    });
  });

  it('tells what else its author wrote on this site, not on others', async () => {
    const [site, other] = [await make(), await make()];
    const author = { name: 'Ada', email: 'history@analytical.org' };
    for (const action of ['publish', 'reject', 'spam', 'spam']) {
      await site.decided((await site.submitSettled('/a', { author })).id, action);
    }
    await other.published('/a', { author });
    const item = await site.submitSettled('/a', { author: { ...author, email: 'HISTORY@analytical.org' } });
    expect(item.authorHistory).toEqual({ published: 1, approved: 0, pending: 0, spam: 2, rejected: 1 });
  });
});

describe('the list', () => {
  let site: TestSite;
  let ids: string[];

  beforeAll(async () => {
    site = await make({ blockedWords: ['zebrafish'] });
    ids = [];
    for (const [article, body] of [
      ['/a', 'The first about a zebrafish.'],
      ['/b', 'The second about a horse.'],
      ['/a', 'The third about a horse.'],
      ['/b', 'The fourth about a zebrafish.'],
    ] as const) {
      ids.push((await site.submitSettled(article, { body })).id);
    }
  });

  it('is by default of what waits, the oldest first; a page says whether more follows', async () => {
    expect(idsOf((await site.queue()).items)).toEqual(ids);
    const page = await site.queue('?limit=3');
    expect(idsOf(page.items)).toEqual(ids.slice(0, 3));
    expect(idsOf((await site.queue(`?limit=3&cursor=${String(page.nextCursor)}`)).items)).toEqual(ids.slice(3));
    expect((await site.queue('?limit=4')).nextCursor).toBeNull();
  });

  it('can be read the newest first', async () => {
    expect(idsOf(await site.all('?sort=newest&limit=1'))).toEqual([...ids].reverse());
  });

  it.each([
    ['?article=%2Fa', [0, 2]],
    ['?reason=blocked-word', [0, 3]],
    ['?reason=blocked-word&article=%2Fa', [0]],
    ['?reason=blocked-word&article=%2Fb&q=fourth', [3]],
    ['?reason=no-such-reason', []],
    ['?article=%2Fnone', []],
    ['?status=spam', []],
    ['?q=horse&sort=newest', [2, 1]],
    ['?q=', [0, 1, 2, 3]],
  ])('%s', async (query, expected) => {
    expect(idsOf((await site.queue(query)).items)).toEqual(expected.map((index) => ids[index]));
  });

  it('of one article is at the article as well', async () => {
    expect(idsOf((await site.queue('', '/a')).items)).toEqual([ids[0], ids[2]]);
    expect(idsOf((await site.queue('?reason=blocked-word', '/a')).items)).toEqual([ids[0]]);
    expect(await site.queue('', '/none')).toEqual({ items: [], nextCursor: null });
  });

  it('moves a comment from status to status', async () => {
    const mine = await make();
    const { id } = await mine.submitSettled();
    for (const [action, status] of [
      ['spam', 'spam'],
      ['reject', 'rejected'],
      ['publish', 'published'],
      ['unpublish', 'approved'],
      ['restore', 'pending'],
      ['delete', 'deleted'],
    ] as const) {
      await mine.decided(id, action);
      for (const one of ['received', 'pending', 'spam', 'approved', 'published', 'rejected', 'deleted']) {
        expect([one, idsOf((await mine.queue(`?status=${one}`)).items)]).toEqual([one, one === status ? [id] : []]);
      }
    }
  });
});

describe('the search', () => {
  let site: TestSite;
  const texts: Record<string, string> = {
    percent: 'It is 100% sure, or 50 % at least',
    underscore: 'the name a_b stands for itself',
    backslash: String.raw`C:\Users\ada is a path`,
    quote: `she said 'no' and "yes"; -- drop`,
    chinese: '我非常喜欢这篇文章',
    japanese: 'とても良い記事でした',
    korean: '정말 좋은 글입니다',
    accents: 'Ein Café in ZÜRICH',
    emoji: 'wonderful 🦄 indeed',
  };
  const ids = new Map<string, string>();

  beforeAll(async () => {
    site = await make();
    for (const [name, body] of Object.entries(texts)) {
      const author = { name: `Of ${name}`, email: `${name}@analytical.org` };
      ids.set(name, (await site.submitSettled('/a', { author, body })).id);
    }
    await copies(await site.submitSettled('/a', { body: 'needle' }), 1_200, 'hay');
  });

  async function find(text: string, query = ''): Promise<(string | undefined)[]> {
    const { items } = await site.queue(`?limit=100&q=${encodeURIComponent(text)}${query}`);
    const names = new Map([...ids].map(([name, id]) => [id, name]));
    return items.map(({ id }) => names.get(id)).sort();
  }

  it.each([
    ['100%', ['percent']],
    ['%', ['percent']],
    ['0%', ['percent']],
    ['a_b', ['underscore']],
    ['_', ['underscore']],
    ['\\', ['backslash']],
    ['\\Users', ['backslash']],
    ["'no'", ['quote']],
    ['--', ['quote']],
    ['喜', ['chinese']],
    ['喜欢', ['chinese']],
    ['喜欢这', ['chinese']],
    ['良い記事', ['japanese']],
    ['좋은', ['korean']],
    ['🦄', ['emoji']],
    ['CAFÉ', ['accents']],
    ['Cafe\u0301', ['accents']],
    ['zürich', ['accents']],
    ['of korean', ['korean']],
    ['KOREAN@analytical', ['korean']],
    ['  korean  ', ['korean']],
    ['zy', []],
    ['nowhere to be found', []],
    ['100_', []],
    ['a%b', []],
  ])('for %j', async (text, expected) => {
    expect(await find(text)).toEqual(expected);
  });

  it('for a rare word among many finds it, for a common one pages through all', async () => {
    expect((await site.queue('?q=hay%20777')).items.map(({ body }) => body)).toEqual(['hay 777']);
    const items = await site.all('?q=hay&limit=100&sort=newest');
    expect(new Set(idsOf(items)).size).toBe(1_200);
    expect(items).toHaveLength(1_200);
    expect((await site.all('?q=ha&limit=100')).length).toBe(1_200);
  });

  it('finds within the status and article asked for alone', async () => {
    expect(await find('korean', '&status=spam')).toEqual([]);
    expect(await find('korean', '&article=%2Fb')).toEqual([]);
  });

  it('sees nothing of another site', async () => {
    const other = await make();
    for (const text of ['hay', 'ha', '喜', 'korean@analytical.org']) {
      expect((await other.queue(`?q=${encodeURIComponent(text)}`)).items).toEqual([]);
    }
  });
});

describe('pages', () => {
  it('have neither gaps nor doubles where a hundred comments are of one microsecond', async () => {
    const site = await make();
    await copies(await site.submitSettled(), 99);
    for (const sort of ['oldest', 'newest']) {
      const items = await site.all(`?limit=7&sort=${sort}`);
      expect(items).toHaveLength(100);
      expect(new Set(idsOf(items)).size).toBe(100);
    }
  });

  it('show what stays exactly once, while comments come and go between them', async () => {
    const site = await make();
    const ids = await site.submitMany(30);
    for (const sort of ['oldest', 'newest']) {
      const seen: string[] = [];
      const gone = new Set<string>();
      let page: Queue = await site.queue(`?limit=4&sort=${sort}`);
      for (;;) {
        seen.push(...idsOf(page.items));
        await site.submitSettled();
        const leaving = ids.find((id) => !gone.has(id) && seen.indexOf(id) % 5 === 3);
        if (leaving !== undefined) await site.decided(leaving, 'reject').then(() => gone.add(leaving));
        if (page.nextCursor === null) break;
        page = await site.queue(`?limit=4&sort=${sort}&cursor=${page.nextCursor}`);
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(ids.filter((id) => !gone.has(id) && !seen.includes(id))).toEqual([]);
      for (const id of gone) await site.decided(id, 'restore');
    }
  });
});

describe('a cursor', () => {
  let site: TestSite;
  let cursor: string;

  beforeAll(async () => {
    site = await make();
    await site.submitMany(3);
    cursor = (await site.queue('?limit=1')).nextCursor ?? '';
  });

  it('works with another limit, and in another process', async () => {
    expect((await site.queue(`?limit=100&cursor=${cursor}`)).items).toHaveLength(2);
    const neighbour = await service.another({ ROLE: 'web' });
    const client = new TestClient(neighbour.url ?? '', operator.credentials);
    const answer = await client.get<Queue>(site.path(`/moderation/comments?cursor=${cursor}`));
    expect(answer.body.items).toHaveLength(2);
  });

  it('is of no other list: other filters, order, article, site, or kind of list', async () => {
    const other = await make();
    await other.submitMany(2);
    const paths = [
      site.path(`/moderation/comments?cursor=${cursor}&sort=newest`),
      site.path(`/moderation/comments?cursor=${cursor}&status=spam`),
      site.path(`/moderation/comments?cursor=${cursor}&q=thought`),
      site.path(`/moderation/comments?cursor=${cursor}&reason=x`),
      site.path(`/moderation/comments?cursor=${cursor}&article=%2Fa`),
      site.articlePath('/a', `/moderation/comments?cursor=${cursor}`),
      other.path(`/moderation/comments?cursor=${cursor}`),
      site.articlePath('/a', `/comments?cursor=${cursor}`),
      site.path(`/feed.json?cursor=${cursor}`),
      site.path(`/articles?cursor=${cursor}`),
      `/v1/sites?cursor=${cursor}`,
    ];
    for (const path of paths) expectProblem(await operator.get(path), 400, 'invalid-cursor');
  });

  it('that was touched anywhere opens nothing', async () => {
    for (let at = 0; at < cursor.length; at += 3) {
      const touched = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1);
      expectProblem(await operator.get(site.path(`/moderation/comments?cursor=${touched}`)), 400, 'invalid-cursor');
    }
  });
});

describe('the summary', () => {
  it('of an empty site is all noughts', async () => {
    const site = await make();
    expect((await operator.get(site.path('/moderation/summary'))).body).toEqual({
      counts: { received: 0, pending: 0, spam: 0, approved: 0, published: 0, rejected: 0, deleted: 0 },
      oldestWaitingAt: null,
      oldestWaitingSeconds: null,
      reported: 0,
      decisionsToday: 0,
    });
  });

  it('counts exactly, after decisions one by one, in bulk and undone', async () => {
    const site = await make();
    const ids = await site.submitMany(12);
    for (const [index, action] of ['publish', 'reject', 'spam', 'delete', 'approve'].entries()) {
      await site.decided(ids[index] ?? '', action);
    }
    await site.decided(ids[4] ?? '', 'unpublish');
    await site.decided(ids[1] ?? '', 'undo');
    await operator.post(site.path('/moderation/decisions'), { action: 'spam', ids: ids.slice(6, 9) });
    const { body } = await operator.get(site.path('/moderation/summary'));
    expect(body.counts).toEqual({
      received: 0,
      pending: 5,
      spam: 4,
      approved: 1,
      published: 1,
      rejected: 0,
      deleted: 1,
    });
    expect(body.decisionsToday).toBe(10);
    expect(body.oldestWaitingAt).toBe((await site.queue()).items[0]?.submittedAt);
    expect(body.oldestWaitingSeconds).toEqual(expect.any(Number));
  });
});
