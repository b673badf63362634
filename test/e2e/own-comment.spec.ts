import pg from 'pg';
import { expectProblem } from '../support/problems.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, unlikeOthers, type Submitted } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

/* An author edits and deletes their own comment by its receipt. */

const ORIGIN = 'https://blog.example';
const MINUTE_MS = 60_000;

interface Receipt {
  readonly id: string;
  readonly status: string;
  readonly editableUntil: string | null;
  readonly reason?: string;
}

let service: TestService;
let operator: TestClient;
let site: TestSite;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

beforeEach(async () => {
  site = await make({});
});

function make(settings: Record<string, unknown>): Promise<TestSite> {
  const key = `own-${String(++serial)}`;
  return TestSite.make(operator, service.anonymous, { key, origins: [ORIGIN], settings });
}

function edit(
  { receipt }: Submitted,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<Receipt & { detail?: string }>> {
  return service.anonymous.request('PATCH', `/v1/receipts/${receipt}`, { body }, headers);
}

async function edited(own: Submitted, body: string): Promise<Receipt> {
  const answer = await edit(own, body);
  if (answer.status !== 200) throw new Error(`Editing failed: ${answer.text}`);
  return answer.body;
}

function erase({ receipt }: Submitted, headers: Record<string, string> = {}): Promise<Answer<Receipt>> {
  return service.anonymous.request('DELETE', `/v1/receipts/${receipt}`, undefined, headers);
}

async function read({ receipt }: Submitted): Promise<Receipt> {
  return (await service.anonymous.get<Receipt>(`/v1/receipts/${receipt}`)).body;
}

/** What no route does. @returns how many rows it was about */
async function query(sql: string, id: string): Promise<number> {
  const client = new pg.Client({ connectionString: service.database.urls.postgres });
  await client.connect();
  try {
    return (await client.query(sql, [id])).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

async function published(on = site): Promise<Submitted> {
  const own = await on.submit();
  await on.settled(own.id);
  await on.decided(own.id, 'publish');
  return own;
}

async function thread(): Promise<{ id: string; html: string }[]> {
  const answer = await service.anonymous.get<{ comments: { id: string; html: string }[] }>(
    site.articlePath('/a', '/comments'),
  );
  return answer.body.comments;
}

describe('an edit', () => {
  it('of a published comment takes it out at once, and it waits to be looked at again with both its texts', async () => {
    const own = await published();
    const before = await site.read(own.id);
    expect(await thread()).toHaveLength(1);
    const text = unlikeOthers(9_001);
    const { editableUntil, ...rest } = await edited(own, text);
    expect(rest).toEqual({ id: own.id, status: 'received' });
    expect(Date.parse(editableUntil!)).toBe(Date.parse(before.submittedAt) + 15 * MINUTE_MS);
    expect(await thread()).toEqual([]);
    const after = await site.settled(own.id);
    expect(after).toMatchObject({ status: 'pending', body: text });
    expect(after.editedAt).not.toBeNull();
    const [revision, ...more] = after.revisions;
    expect(more).toEqual([]);
    expect(revision).toEqual({ body: before.body, replacedAt: after.editedAt, replacedBy: 'author' });
    expect(after.events.slice(-2)).toMatchObject([
      { action: 'edit', from: 'published', to: 'received', by: 'author' },
      { action: 'screening', from: 'received', to: 'pending' },
    ]);
    await site.decided(own.id, 'publish');
    const [shown] = await thread();
    expect(shown?.html).toContain(text);
    expect((await site.read(own.id)).publishedAt).toBe(before.publishedAt);
  });

  it('goes out again by itself where the policy lets it', async () => {
    site = await make({ moderation: 'unsure' });
    const own = await site.submit();
    await site.settled(own.id);
    expect(await thread()).toHaveLength(1);
    await edited(own, unlikeOthers(9_002));
    expect(await site.settled(own.id)).toMatchObject({ status: 'published', body: unlikeOthers(9_002) });
    expect((await read(own)).status).toBe('published');
  });

  it('shows in the feed as changed, at the place it had', async () => {
    const own = await published();
    await edited(own, unlikeOthers(9_003));
    await site.settled(own.id);
    await site.decided(own.id, 'publish');
    const { publishedAt, editedAt } = await site.read(own.id);
    const feed = await service.anonymous.get<{ items: Record<string, string>[] }>(site.path('/feed.json'));
    expect(feed.body.items[0]).toMatchObject({ date_published: publishedAt, date_modified: editedAt });
  });

  it('by the same text changes nothing, also when the time is over', async () => {
    const own = await published();
    const { body, version } = await site.read(own.id);
    expect(await edited(own, body)).toMatchObject({ status: 'published' });
    await operator.request('PATCH', site.path(), { settings: { editMinutes: 0 } });
    await waitUntil(async () => (await read(own)).editableUntil === null, 'the setting is known');
    expect((await edit(own, body)).status).toBe(200);
    const after = await site.read(own.id);
    expect(after).toMatchObject({ version, revisions: [], editedAt: null });
  });

  it('is cleaned and checked like a submission', async () => {
    const own = await published();
    expectProblem(await edit(own, '\u200b \n'), 422, 'invalid-body');
    expectProblem(await edit(own, 'x'.repeat(10_001)), 422, 'invalid-body');
    expectProblem(await edit(own, 'nul\0'), 422, 'invalid-body');
    expectProblem(await edit(own, 7), 422, 'invalid-body');
    const more = { body: 'Hm.', author: {} };
    expectProblem(await service.anonymous.request('PATCH', `/v1/receipts/${own.receipt}`, more), 422, 'invalid-body');
    expect((await site.read(own.id)).revisions).toEqual([]);
    await edited(own, 'A cafe\u0301, \u0007 and tea.');
    expect((await site.settled(own.id)).body).toBe('A café,  and tea.');
  });

  it('of what waits, is put away or approved all reads the same to its author', async () => {
    const spam = await site.submit();
    const waiting = await site.submit();
    const accepted = await site.submit();
    for (const { id } of [spam, waiting, accepted]) await site.settled(id);
    await site.decided(spam.id, 'spam');
    await site.decided(accepted.id, 'publish');
    await site.decided(accepted.id, 'unpublish');
    const seen: Omit<Receipt, 'id' | 'editableUntil'>[][] = [];
    for (const own of [spam, waiting, accepted]) {
      const before = await read(own);
      const after = await edited(own, unlikeOthers(9_100 + ++serial));
      await site.settled(own.id);
      const last = await read(own);
      seen.push(
        [before, after, last].map(({ id: _, editableUntil, ...rest }) => {
          expect(editableUntil).not.toBeNull();
          return rest;
        }),
      );
    }
    expect(seen).toEqual(Array(3).fill([{ status: 'pending' }, { status: 'received' }, { status: 'pending' }]));
  });

  it('comes too late for what was declined, and for what is deleted', async () => {
    const own = await published();
    await site.decided(own.id, 'reject', { reason: 'Off topic.' });
    expect(await read(own)).toMatchObject({ status: 'declined', reason: 'Off topic.', editableUntil: null });
    expectProblem(await edit(own, 'Better?'), 409, 'move-refused');
    await erase(own);
    expectProblem(await edit(own, 'Better?'), 409, 'move-refused');
  });

  it('comes too often at last, and its author is told before', async () => {
    const own = await site.submit();
    for (let n = 1; n <= 20; n++) {
      const { editableUntil } = await edited(own, `${unlikeOthers(9_200)} ${String(n)}`);
      expect(editableUntil === null).toBe(n === 20);
    }
    const answer = await edit(own, 'Once more.');
    expectProblem(answer, 409, 'move-refused');
    expect(answer.body.detail).toBe('A comment can be edited 20 times. Delete it and write a new one.');
    expect((await site.settled(own.id)).revisions).toHaveLength(20);
  });

  it('after its time is refused with what to do instead', async () => {
    const closed = await make({ editMinutes: 0 });
    const own = await published(closed);
    expect((await read(own)).editableUntil).toBeNull();
    const answer = await edit(own, 'Another text.');
    expectProblem(answer, 409, 'edit-too-late');
    expect(answer.body.detail).toBe('Comments cannot be edited on this site. Delete it and write a new one.');
    expect(await closed.read(own.id)).toMatchObject({ status: 'published', revisions: [] });
  });

  it('counts its time from when the comment was sent', async () => {
    const own = await published();
    await query(`update comment set submitted_at = submitted_at - interval '16 minutes' where id = $1`, own.id);
    expect((await read(own)).editableUntil).toBeNull();
    const answer = await edit(own, 'Another text.');
    expectProblem(answer, 409, 'edit-too-late');
    expect(answer.body.detail).toBe('A comment can be edited in the first 15 minutes. Delete it and write a new one.');
  });

  it('is learned: what was taught of the old text is no more', async () => {
    const own = await published();
    const learned = (): Promise<number> => query('select from learned_comment where comment_id = $1', own.id);
    await waitUntil(async () => (await learned()) === 1, 'the approval is learned');
    await edited(own, unlikeOthers(9_004));
    await waitUntil(async () => (await learned()) === 0, 'it is taken back');
  });
});

describe('a deletion', () => {
  it('erases the comment and what it said before, and reads as declined', async () => {
    const own = await published();
    await edited(own, unlikeOthers(9_005));
    await site.settled(own.id);
    const answer = await erase(own);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ id: own.id, status: 'declined', editableUntil: null });
    expect(await site.read(own.id)).toMatchObject({
      ...{ status: 'deleted', body: '', revisions: [] },
      author: { name: '', email: '', url: null },
    });
    expect((await site.read(own.id)).events.at(-1)).toMatchObject({ action: 'delete', by: 'author' });
    expect((await erase(own)).body).toEqual(answer.body);
  });

  it('is possible long after the time to edit, whatever became of the comment', async () => {
    const late = await make({ editMinutes: 0 });
    for (const decision of ['publish', 'reject', 'spam', 'approve'] as const) {
      const own = await late.submit();
      await late.settled(own.id);
      await late.decided(own.id, decision);
      expect((await erase(own)).status).toBe(200);
      expect((await late.read(own.id)).status).toBe('deleted');
    }
  });

  it('takes a published comment out at once, and leaves the replies', async () => {
    const own = await published();
    const reply = await site.published('/a', { parentId: own.id });
    await erase(own);
    expect((await thread()).map(({ id }) => id)).toEqual([reply.id]);
  });

  it('is told on the page of the receipt as what it was: the author’s own', async () => {
    const [own, declined] = [await published(), await published()];
    await erase(own);
    await site.decided(declined.id, 'delete');
    const page = async ({ receipt }: Submitted): Promise<string> =>
      (await service.anonymous.get(`/v1/receipts/${receipt}`, { accept: 'text/html' })).text;
    expect(await page(own)).toContain('You have deleted it.');
    expect(await page(declined)).toContain('decided not to publish it');
  });
});

describe('a receipt', () => {
  it('that opens nothing edits and deletes nothing', async () => {
    const { receipt } = await site.submit();
    for (const wrong of ['nothing', `${receipt.slice(0, -1)}${receipt.endsWith('A') ? 'B' : 'A'}`]) {
      const own = { receipt: wrong } as Submitted;
      expectProblem(await edit(own, 'Hm.'), 404, 'receipt-not-found');
      expectProblem(await erase(own), 404, 'receipt-not-found');
    }
  });

  it('works from the pages of its site and from no others', async () => {
    const own = await published();
    const answer = await edit(own, unlikeOthers(9_006), { origin: ORIGIN });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    const refused = await edit(own, unlikeOthers(9_007), { origin: 'https://evil.example' });
    expectProblem(refused, 403, 'origin-not-registered');
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    expectProblem(await erase(own, { origin: 'https://evil.example' }), 403, 'origin-not-registered');
    expect((await erase(own, { origin: ORIGIN })).headers.get('access-control-allow-origin')).toBe(ORIGIN);
  });

  it('is asked for by browsers before they edit', async () => {
    const own = await published();
    const headers = { origin: ORIGIN, 'access-control-request-method': 'PATCH' };
    const answer = await service.anonymous.request('OPTIONS', `/v1/receipts/${own.receipt}`, undefined, headers);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET, PATCH, DELETE');
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  });
});
