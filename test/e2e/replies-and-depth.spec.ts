import { expectProblem, pointersOf } from '../support/problems.js';
import { signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

interface Thread {
  readonly article: { readonly commentCount: number };
  readonly comments: readonly { readonly id: string; readonly parentId: string | null }[];
}

let service: TestService;
let operator: TestClient;
let site: TestSite;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  site = await TestSite.make(operator, service.anonymous, { key: 'blog' });
});

afterAll(() => service.close());

function reply(parentId: string, article = '/a', to = site): Promise<Answer> {
  return service.anonymous.comment(to.key, article, { parentId, body: `In answer to ${parentId}, I do not agree.` });
}

function expectNoParent(answer: Answer): void {
  expectProblem(answer, 422, 'invalid-body');
  expect(pointersOf(answer)).toEqual(['/parentId']);
}

async function chain(on: TestSite, length: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < length; n++) {
    const parentId = ids.at(-1);
    ids.push((await on.published('/chain', parentId === undefined ? {} : { parentId })).id);
  }
  return ids;
}

async function parentsIn(on: TestSite, count: number): Promise<Map<string, string | null>> {
  let comments: Thread['comments'] = [];
  await waitUntil(
    async () => {
      comments = (await service.anonymous.get<Thread>(on.articlePath('/chain', '/comments'))).body.comments;
      return comments.length === count;
    },
    `${String(count)} comments stand in the thread`,
  );
  return new Map(comments.map(({ id, parentId }) => [id, parentId]));
}

describe('a reply', () => {
  it('stands under a published comment of the same article, however the id is written', async () => {
    const parent = await site.published();
    for (const typed of [parent.id, parent.id.toUpperCase()]) {
      const { id } = await site.submitSettled('/a', { parentId: typed });
      expect((await site.read(id)).parentId).toBe(parent.id);
    }
  });

  it.each(['spam', 'reject', 'unpublish', 'restore', 'delete'])('to a comment after %s is 422', async (action) => {
    const { id } = await site.published();
    await site.decided(id, action);
    expectNoParent(await reply(id));
  });

  it('to a comment that waits is 422', async () => {
    const { id } = await site.submitSettled();
    expectNoParent(await reply(id));
  });

  it('to a comment of another article, another site or none at all is the same 422', async () => {
    const other = await TestSite.make(operator, service.anonymous, { key: 'other' });
    const foreign = await other.published();
    const elsewhere = await site.published('/elsewhere');
    const answers = [
      await reply(elsewhere.id),
      await reply(foreign.id),
      await reply('01890a5d-ac96-774b-bcce-b302099a8057'),
      await reply('00000000-0000-0000-0000-000000000000'),
    ];
    answers.forEach(expectNoParent);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body.errors))).size).toBe(1);
  });

  it.each(['', 'x', '1', "' or 1=1--", '01890a5d-ac96-774b-bcce-b302099a805', {}, [], 7])(
    'to %j is 422',
    async (parentId) => {
      expectNoParent(await service.anonymous.comment('blog', '/a', { parentId }));
    },
  );

  it('to nothing, said by null or by leaving it out, stands on its own', async () => {
    expect((await site.submitSettled('/a', { parentId: null })).parentId).toBeNull();
  });

  it('refused makes no article', async () => {
    expectNoParent(await reply('01890a5d-ac96-774b-bcce-b302099a8057', '/never-made'));
    const answer = await operator.get<{ items: { key: string }[] }>(site.path('/articles'));
    expect(answer.body.items.map(({ key }) => key)).not.toContain('/never-made');
  });

  it('keeps its place when its parent is deleted, and the parent is gone from the thread', async () => {
    const parent = await site.published('/tombstone');
    const { id } = await site.published('/tombstone', { parentId: parent.id });
    await site.decided(parent.id, 'delete', undefined, '/tombstone');
    const path = site.articlePath('/tombstone', '/comments');
    await waitUntil(
      async () => (await service.anonymous.get<Thread>(path)).body.article.commentCount === 1,
      'only the reply is published',
    );
    const { comments } = (await service.anonymous.get<Thread>(path)).body;
    expect(comments).toEqual([expect.objectContaining({ id, parentId: parent.id })]);
  });
});

describe('nesting', () => {
  it('goes five deep by default; what is deeper stands beside its parent', async () => {
    const ids = await chain(site, 8);
    const parents = await parentsIn(site, 8);
    const [root, one, two, three, four, five, six, seven] = ids as [string, ...string[]];
    expect(parents.get(root)).toBeNull();
    expect([one, two, three, four, five].map((id) => parents.get(id ?? ''))).toEqual([root, one, two, three, four]);
    expect(parents.get(six ?? '')).toBe(four);
    expect(parents.get(seven ?? '')).toBe(four);
  });

  it.each([
    [0, [null, null, null, null]],
    [1, [null, 0, 0, 0]],
    [2, [null, 0, 1, 1]],
  ])('with maxDepth %i', async (maxDepth, expected) => {
    const key = `depth-${String(maxDepth)}`;
    const shallow = await TestSite.make(operator, service.anonymous, { key, settings: { maxDepth } });
    const ids = await chain(shallow, 4);
    const parents = await parentsIn(shallow, 4);
    expect(ids.map((id) => parents.get(id))).toEqual(expected.map((index) => (index === null ? null : ids[index])));
  });
});

describe('a closed article', () => {
  const patch = (article: string, open: boolean, by = operator): Promise<Answer> =>
    by.request('PATCH', site.articlePath(article), { open });
  const isOpen = async (article: string): Promise<boolean> =>
    (await service.anonymous.get<{ article: { open: boolean } }>(site.articlePath(article, '/comments'))).body.article
      .open;

  it('takes no comment, says so in its thread, and takes them again when it is reopened', async () => {
    const { id } = await site.published('/closing');
    expect((await patch('/closing', false)).body).toMatchObject({ key: '/closing', open: false });
    expectProblem(await service.anonymous.comment('blog', '/closing'), 409, 'article-closed');
    expectProblem(await reply(id, '/closing'), 409, 'article-closed');
    await waitUntil(async () => !(await isOpen('/closing')), 'the thread says it is closed');
    expect((await patch('/closing', true)).body).toMatchObject({ open: true });
    expect((await service.anonymous.comment('blog', '/closing')).status).toBe(202);
    await waitUntil(() => isOpen('/closing'), 'the thread says it is open');
  });

  it('replays what it took before it was closed', async () => {
    const headers = { 'idempotency-key': 'before' };
    const first = await service.anonymous.comment('blog', '/replayed', {}, headers);
    await patch('/replayed', false);
    expect((await service.anonymous.comment('blog', '/replayed', {}, headers)).text).toBe(first.text);
  });

  it('is closed by an owner, not by a moderator', async () => {
    await site.submit('/whose');
    const owner = await signInMember(service, 'owner@closed.test', { blog: 'owner' });
    const moderator = await signInMember(service, 'moderator@closed.test', { blog: 'moderator' });
    expectProblem(await patch('/whose', false, moderator), 403, 'forbidden');
    expect((await patch('/whose', false, owner)).status).toBe(200);
  });

  it('that nobody has commented on is unknown', async () => {
    expectProblem(await patch('/unknown', false), 404, 'article-not-found');
  });
});
