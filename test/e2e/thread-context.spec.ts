import { expectProblem } from '../support/problems.js';
import { signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, unlikeOthers } from '../support/test-site.js';

/* What stands around a comment, for who decides on it. */

interface Around {
  readonly id: string;
  readonly parentId: string | null;
  readonly author: { readonly name: string; readonly verified: boolean };
  readonly html: string;
  readonly status: string;
  readonly submittedAt: string;
}

interface Context {
  readonly ancestors: readonly Around[];
  readonly replies: readonly Around[];
  readonly moreReplies: boolean;
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

async function contextOf(id: string, client = operator): Promise<Context> {
  const answer = await client.get<Context>(site.path(`/moderation/comments/${id}/thread`));
  if (answer.status !== 200) throw new Error(`Reading the thread failed: ${answer.text}`);
  return answer.body;
}

describe('the thread around a comment', () => {
  it('is empty for one that stands alone', async () => {
    const { id } = await site.submitSettled('/alone');
    expect(await contextOf(id)).toEqual({ ancestors: [], replies: [], moreReplies: false });
  });

  it('has what it answers, from the root on, and what answers it, the oldest first, whatever became of them', async () => {
    const root = await site.published('/b', { author: { name: 'Root' } });
    const middle = await site.published('/b', { author: { name: 'Middle' }, parentId: root.id });
    const last = await site.published('/b', { author: { name: 'Last' }, parentId: middle.id });
    const first = await site.submitSettled('/b', { author: { name: 'First' }, parentId: last.id });
    const second = await site.published('/b', { author: { name: 'Second' }, parentId: last.id });
    await site.decided(root.id, 'unpublish', undefined, '/b');
    await site.decided(middle.id, 'delete', undefined, '/b');
    const { ancestors, replies, moreReplies } = await contextOf(last.id);
    const { submittedAt } = await site.read(root.id);
    expect(ancestors).toEqual([
      {
        ...{ id: root.id, parentId: null, status: 'approved', submittedAt, html: root.html },
        author: { name: 'Root', verified: false },
      },
      expect.objectContaining({ id: middle.id, parentId: root.id, status: 'deleted', html: '' }),
    ]);
    expect(ancestors[1]?.author).toEqual({ name: '', verified: false });
    expect(replies.map(({ id, status }) => [id, status])).toEqual([
      [first.id, 'pending'],
      [second.id, 'published'],
    ]);
    expect(moreReplies).toBe(false);
    expect((await contextOf(first.id)).ancestors.map(({ id }) => id)).toEqual([root.id, middle.id, last.id]);
  });

  it('has fifty replies at most, and says when there are more', async () => {
    const { id } = await site.published('/many');
    const ids: string[] = [];
    for (let n = 0; n < 51; n++) {
      ids.push((await site.submit('/many', { parentId: id, body: unlikeOthers(7_000 + n) })).id);
    }
    const { replies, moreReplies } = await contextOf(id);
    expect(replies.map((reply) => reply.id)).toEqual(ids.slice(0, 50));
    expect(moreReplies).toBe(true);
  });

  it('is for members: nobody else learns of it, and no site learns of another’s', async () => {
    const { id } = await site.submitSettled('/alone');
    const path = `/moderation/comments/${id}/thread`;
    const viewer = await signInMember(service, 'viewer@blog.example', { blog: 'viewer' });
    expect((await contextOf(id, viewer)).ancestors).toEqual([]);
    expectProblem(await service.anonymous.get(site.path(path)), 401, 'not-signed-in');
    const other = await TestSite.make(operator, service.anonymous, { key: 'other' });
    expectProblem(await operator.get(other.path(path)), 404, 'comment-not-found');
    const stranger = await signInMember(service, 'mod@other.example', { other: 'moderator' });
    expectProblem(await stranger.get(site.path(path)), 404, 'site-not-found');
  });
});
