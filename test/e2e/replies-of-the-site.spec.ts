import { expectProblem } from '../support/problems.js';
import { asSuperuser, signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, unlikeOthers, type Item } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

/* The people of a site answer their readers from the desk, under their own names. */

interface Thread {
  readonly article: { readonly commentCount: number };
  readonly comments: readonly {
    readonly id: string;
    readonly parentId: string | null;
    readonly author: { readonly name: string; readonly url: string | null; readonly verified?: true };
    readonly html: string;
  }[];
}

let service: TestService;
let operator: TestClient;
let grace: TestClient;
let site: TestSite;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

beforeEach(async () => {
  site = await make();
  grace = await member('Grace Hopper');
});

function make(settings: Record<string, unknown> = {}): Promise<TestSite> {
  return TestSite.make(operator, service.anonymous, { key: `voice-${String(++serial)}`, settings });
}

/** A moderator of the site with a name. */
async function member(name: string, role: 'viewer' | 'moderator' = 'moderator'): Promise<TestClient> {
  const email = `person-${String(++serial)}@blog.example`;
  const client = await signInMember(service, email, { [site.key]: role });
  await client.request('PATCH', '/v1/account', { name });
  return client;
}

function reply(
  id: string,
  body = `Thank you, we have mended the ${String(++serial)}th one.`,
  client = grace,
  headers: Record<string, string> = {},
): Promise<Answer<Item & { code?: string }>> {
  return client.post(site.path(`/moderation/comments/${id}/replies`), { body }, headers);
}

async function replied(id: string, body?: string, client = grace): Promise<Item> {
  const answer = await reply(id, body, client);
  if (answer.status !== 201) throw new Error(`Replying failed: ${answer.text}`);
  return answer.body;
}

async function thread(article = '/a'): Promise<Thread> {
  return (await service.anonymous.get<Thread>(site.articlePath(article, '/comments'))).body;
}

describe('a reply of a person of the site', () => {
  it('stands under the comment at once, under the name of their account, verified, with no address', async () => {
    const asked = await site.published();
    const item = await replied(asked.id, 'It is *mended*.');
    expect(item).toMatchObject({
      ...{ status: 'published', version: 1, parentId: asked.id, body: 'It is *mended*.', verdict: null },
      author: { name: 'Grace Hopper', email: '', url: null, verified: true },
      article: { key: '/a' },
      authorHistory: { published: 0, approved: 0, pending: 0, spam: 0, rejected: 0 },
    });
    const { article, comments } = await thread();
    expect(article.commentCount).toBe(2);
    expect(comments[0]?.author).toEqual({ name: 'Ada Lovelace', url: null });
    expect(comments[1]).toMatchObject({
      id: item.id,
      parentId: asked.id,
      html: expect.stringContaining('<em>mended</em>') as string,
    });
    expect(comments[1]?.author).toEqual({ name: 'Grace Hopper', url: null, verified: true });
  });

  it('has its arrival as its one event, and counts as no decision', async () => {
    const asked = await site.published();
    const before = await summary();
    const { id } = await replied(asked.id);
    const { events, verdict } = await site.read(id);
    expect(events).toEqual([
      { from: null, to: 'published', action: 'reply', at: expect.any(String) as string, by: 'Grace Hopper' },
    ]);
    expect(verdict).toBeNull();
    const after = await summary();
    expect(after.counts.published).toBe((before.counts.published ?? 0) + 1);
    expect(after.decisionsToday).toBe(before.decisionsToday);
  });

  it('is found by search, can be edited, taken back and published again, and not undone', async () => {
    const asked = await site.published();
    const { id } = await replied(asked.id, 'The quetzal is mended.');
    expect((await site.queue('?status=published&q=quetzal')).items.map((item) => item.id)).toEqual([id]);
    expectProblem(await site.decide(id, 'undo'), 409, 'nothing-to-undo');
    await site.decided(id, 'unpublish');
    expect((await thread()).comments).toHaveLength(1);
    await site.decided(id, 'publish');
    expect((await thread()).comments).toHaveLength(2);
    const edited = await grace.request<Item>('PATCH', site.path(`/moderation/comments/${id}`), {
      ...{ version: 3, body: 'The quetzal is well.' },
    });
    expect(edited.body).toMatchObject({
      status: 'published',
      body: 'The quetzal is well.',
      author: { verified: true },
    });
    expect(await site.decided(id, 'delete')).toMatchObject({
      status: 'deleted',
      author: { name: '', verified: false },
    });
  });

  it('may come on a closed article', async () => {
    const asked = await site.published();
    await operator.request('PATCH', site.articlePath('/a'), { open: false });
    await replied(asked.id);
  });

  it('nests as deep as a reader’s, and beside its parent beyond that', async () => {
    site = await make({ maxDepth: 1 });
    grace = await member('Grace Hopper');
    const asked = await site.published();
    const first = await replied(asked.id);
    expect(first.parentId).toBe(asked.id);
    expect((await replied(first.id)).parentId).toBe(asked.id);
    site = await make({ maxDepth: 0 });
    grace = await member('Grace Hopper');
    expect((await replied((await site.published()).id)).parentId).toBeNull();
  });

  it('is shown in the thread around a comment', async () => {
    const asked = await site.published();
    const { id } = await replied(asked.id);
    const answer = await grace.get<{ replies: { id: string; author: unknown }[] }>(
      site.path(`/moderation/comments/${asked.id}/thread`),
    );
    expect(answer.body.replies).toMatchObject([{ id, author: { name: 'Grace Hopper', verified: true } }]);
  });

  it('teaches the filter nothing, whatever is decided about it later', async () => {
    const asked = await site.submitSettled();
    await site.decided(asked.id, 'publish');
    const { id } = await replied(asked.id, `See https://manual.example/ for ${unlikeOthers(8_001)}`);
    await site.decided(id, 'spam');
    await site.decided(id, 'publish');
    await site.decided(id, 'unpublish');
    await site.decided(id, 'publish');
    const learned = async (): Promise<string[]> => {
      const rows = await asSuperuser<{ id: string }>(
        service,
        `select l.comment_id as id from learned_comment l join site s on s.id = l.site_id where s.key = $1`,
        [site.key],
      );
      return rows.map((row) => row.id);
    };
    const isUpToDate = async (): Promise<boolean> => {
      const [row] = await asSuperuser<{ done: boolean }>(
        service,
        `select learned_seq = decided_seq as done from site_counter k join site s on s.id = k.site_id where s.key = $1`,
        [site.key],
      );
      return row?.done === true;
    };
    await waitUntil(isUpToDate, 'all decisions are learned', 20_000);
    expect(await learned()).toEqual([asked.id]);
    const links = await asSuperuser(service, 'select 1 from comment_link where comment_id = $1', [id]);
    expect(links).toEqual([]);
  });
});

describe('who may reply, and where', () => {
  it.each(['pending', 'approved', 'rejected', 'spam', 'deleted'])('not under a comment that is %s', async (status) => {
    const actions: Record<string, string[]> = {
      ...{ pending: [], approved: ['publish', 'unpublish'], rejected: ['reject'], spam: ['spam'], deleted: ['delete'] },
    };
    const { id } = await site.submitSettled();
    for (const action of actions[status] ?? []) await site.decided(id, action);
    const answer = await reply(id);
    expectProblem(answer, 409, 'comment-not-published');
    if (status !== 'deleted') expect(answer.text).toContain('Publish it first');
  });

  it('under nothing that is not on the site', async () => {
    const { id } = await site.published();
    const other = await make();
    const answer = await operator.post(other.path(`/moderation/comments/${id}/replies`), { body: 'Hm.' });
    expectProblem(answer, 404, 'comment-not-found');
  });

  it('moderators and operators, but no viewer, and no stranger', async () => {
    const asked = await site.published();
    expect(await replied(asked.id, undefined, operator)).toMatchObject({ author: { verified: true } });
    expectProblem(await reply(asked.id, 'Hm.', await member('Vera', 'viewer')), 403, 'forbidden');
    expectProblem(await reply(asked.id, 'Hm.', service.anonymous), 401, 'not-signed-in');
  });

  it('no API key: it has the name of a program', async () => {
    const asked = await site.published();
    const answer = await reply(asked.id, 'Hm.', await site.apiKey('moderation:read', 'moderation:write'));
    expectProblem(answer, 403, 'forbidden');
    expect(answer.text).toContain('person');
  });

  it('nobody whose name is an address, which would be published', async () => {
    const asked = await site.published();
    const answer = await reply(asked.id, 'Hm.', await member('grace@blog.example'));
    expectProblem(answer, 409, 'name-not-public');
    expect((await thread()).comments).toHaveLength(1);
  });

  it.each([
    ['none', {}],
    ['an empty one', { body: '' }],
    ['a blank one', { body: ' ' }],
    ['one of 10,001 characters', { body: 'x'.repeat(10_001) }],
    ['a name beside it', { body: 'Hm.', name: 'Somebody' }],
  ])('with a text: not with %s', async (_, body) => {
    const { id } = await site.published();
    expectProblem(await grace.post(site.path(`/moderation/comments/${id}/replies`), body), 422, 'invalid-body');
  });
});

describe('a reply sent twice', () => {
  it('with the same key is one, with another text it is refused', async () => {
    const asked = await site.published();
    const key = { 'idempotency-key': 'once-more' };
    const [first, second] = await Promise.all([
      reply(asked.id, 'Done.', grace, key),
      reply(asked.id, 'Done.', grace, key),
    ]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).toBe(first.body.id);
    expectProblem(await reply(asked.id, 'Not done.', grace, key), 422, 'idempotency-key-reused');
    expect((await thread()).comments).toHaveLength(2);
    const heda = await member('Heda');
    expect((await reply(asked.id, 'Done.', heda, key)).body.id).not.toBe(first.body.id);
  });

  it('within a minute is one without a key, too, and another one under another comment', async () => {
    const asked = await site.published();
    const other = await site.published();
    const first = await replied(asked.id, 'Done.');
    expect((await replied(asked.id, 'Done.')).id).toBe(first.id);
    expect((await replied(other.id, 'Done.')).id).not.toBe(first.id);
  });
});

describe('a person of the site', () => {
  it('is told from readers in every form in which comments are published', async () => {
    await replied((await site.published()).id);
    const feed = (file: string): Promise<Answer<{ items: { _winnow: { verified?: true } }[] }>> =>
      service.anonymous.get(site.articlePath('/a', `/${file}`));
    expect((await feed('feed.json')).body.items.map((item) => item._winnow.verified)).toEqual([true, undefined]);
    expect((await feed('feed.html')).text.match(/<strong class="winnow-verified">/g)).toHaveLength(1);
  });
});

describe('the name of who has replied', () => {
  it('is no more a reader’s to take on this site, nor one that looks like it', async () => {
    expect((await service.anonymous.comment(site.key, '/a', { author: { name: 'Grace Hopper' } })).status).toBe(202);
    await replied((await site.published()).id);
    for (const name of ['Grace Hopper', 'grace  h0pper']) {
      const answer = await service.anonymous.comment(site.key, '/a', { author: { name }, body: `I, ${name}.` });
      expectProblem(answer, 422, 'invalid-body');
      expect(answer.text).toContain('reserved-name');
    }
    const other = await make();
    expect((await service.anonymous.comment(other.key, '/a', { author: { name: 'Grace Hopper' } })).status).toBe(202);
  });
});

async function summary(): Promise<{ counts: Record<string, number>; decisionsToday: number }> {
  const answer = await operator.get<{ counts: Record<string, number>; decisionsToday: number }>(
    site.path('/moderation/summary'),
  );
  return answer.body;
}
