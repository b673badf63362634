import { expectProblem, pointersOf } from '../support/problems.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

interface Bulk {
  readonly results: readonly {
    readonly id: string;
    readonly status?: string;
    readonly version?: number;
    readonly code?: string;
  }[];
}

const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

let service: TestService;
let operator: TestClient;
let site: TestSite;
/** On which nobody marks spam: elsewhere the filter learns, and puts away what is like it. */
let untaught: TestSite;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  site = await TestSite.make(operator, service.anonymous, { key: 'blog' });
  untaught = await TestSite.make(operator, service.anonymous, { key: 'untaught' });
});

afterAll(() => service.close());

function decide(body: unknown, on = site): Promise<Answer<Bulk>> {
  return operator.post<Bulk>(on.path('/moderation/decisions'), body);
}

function ids(count: number): string[] {
  return Array.from({ length: count }, (_, n) => UNKNOWN.replace(/.{4}$/, n.toString(16).padStart(4, '0')));
}

describe('a bulk decision', () => {
  it('answers in the order asked, one result each, whatever became of it', async () => {
    const [pending, spam, deleted, elsewhere] = [
      await site.submitSettled(),
      await site.submitSettled(),
      await site.submitSettled(),
      await site.submitSettled('/elsewhere'),
    ];
    await site.decided(spam.id, 'spam');
    await site.decided(deleted.id, 'delete');
    const asked = [deleted.id, UNKNOWN, elsewhere.id, spam.id, pending.id];
    const answer = await decide({ action: 'spam', ids: asked, reason: 'All alike' });
    expect(answer.status).toBe(200);
    expect(answer.body.results).toEqual([
      { id: deleted.id, code: 'move-refused' },
      { id: UNKNOWN, code: 'comment-not-found' },
      { id: elsewhere.id, status: 'spam', version: 3 },
      { id: spam.id, status: 'spam', version: 3 },
      { id: pending.id, status: 'spam', version: 3 },
    ]);
    expect((await site.read(pending.id)).events.at(-1)).toMatchObject({ action: 'spam', reason: 'All alike' });
  });

  it.each(['approve', 'reject', 'publish', 'spam', 'delete'])('may be %s', async (action) => {
    const own = await TestSite.make(operator, service.anonymous, { key: `bulk-${action}` });
    const [one, other] = [await own.submitSettled(), await own.submitSettled()];
    const { results } = (await decide({ action, ids: [one.id, other.id] }, own)).body;
    const { status } = await own.read(one.id);
    expect(results).toEqual([one, other].map(({ id }) => ({ id, status, version: 3 })));
  });

  it('may be undone in bulk; what was not decided says so', async () => {
    const [one, other] = [await untaught.submitSettled(), await untaught.submitSettled()];
    await decide({ action: 'reject', ids: [one.id] }, untaught);
    const { results } = (await decide({ action: 'undo', ids: [one.id, other.id] }, untaught)).body;
    expect(results).toEqual([
      { id: one.id, status: 'pending', version: 4 },
      { id: other.id, code: 'nothing-to-undo' },
    ]);
  });

  it('may be of five hundred at once, and the counts agree', async () => {
    const large = await TestSite.make(operator, service.anonymous, { key: 'large' });
    const submitted = await large.submitMany(500);
    const { results } = (await decide({ action: 'publish', ids: submitted }, large)).body;
    expect(results).toEqual(submitted.map((id) => ({ id, status: 'published', version: 3 })));
    expect(await large.counts()).toMatchObject({ published: 500, pending: 0, spam: 0 });
  }, 30_000);

  it('sees no comment of another site', async () => {
    const other = await TestSite.make(operator, service.anonymous, { key: 'other' });
    const { id } = await untaught.submitSettled();
    expect((await decide({ action: 'delete', ids: [id] }, other)).body.results).toEqual([
      { id, code: 'comment-not-found' },
    ]);
    expect((await untaught.read(id)).status).toBe('pending');
  });

  it('takes an id in capitals for the same id', async () => {
    const { id } = await site.submitSettled();
    const { results } = (await decide({ action: 'reject', ids: [id.toUpperCase()] })).body;
    expect(results).toEqual([{ id, status: 'rejected', version: 3 }]);
  });

  it('of overlapping sets by several people at once ends, and leaves each comment one status', async () => {
    const submitted = await site.submitMany(40);
    const actions = ['reject', 'spam', 'publish', 'restore'];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        decide({ action: actions[n % 4], ids: n % 2 ? submitted : [...submitted].reverse() }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    for (const id of submitted.slice(0, 5)) {
      const { events, status, version } = await site.read(id);
      expect([events.at(-1)?.to, events.length]).toEqual([status, version]);
    }
    const stood = ['pending', 'spam', 'approved', 'published', 'rejected', 'deleted'] as const;
    const counts = await site.counts();
    for (const status of stood)
      expect([status, (await site.all(`?status=${status}&limit=100`)).length]).toEqual([status, counts[status]]);
  });
});

describe('a bulk decision is 422', () => {
  it.each([
    ['without ids', { action: 'spam', ids: [] }, '/ids'],
    ['with 501', { action: 'spam', ids: ids(501) }, '/ids'],
    ['with doubles', { action: 'spam', ids: [UNKNOWN, UNKNOWN] }, '/ids'],
    ['with doubles that differ in case', { action: 'spam', ids: [UNKNOWN, UNKNOWN.toUpperCase()] }, '/ids'],
    ['with what is no id', { action: 'spam', ids: ['x'] }, '/ids'],
    ['with a number', { action: 'spam', ids: [7] }, '/ids'],
    ['with one id bare', { action: 'spam', ids: UNKNOWN }, '/ids'],
    ['of an unknown action', { action: 'purge', ids: [UNKNOWN] }, '/action'],
    ['of no action', { ids: [UNKNOWN] }, '/action'],
    ['with a member too many', { action: 'spam', ids: [UNKNOWN], versions: [1] }, '/versions'],
  ])('%s', async (_what, body, pointer) => {
    const answer = await decide(body);
    expectProblem(answer, 422, 'invalid-body');
    expect(pointersOf(answer).map((found) => found.replace(/^\/ids\/.*/, '/ids'))).toEqual([pointer]);
  });

  it('with a comment named twice in two cases, and changes nothing', async () => {
    const { id } = await untaught.submitSettled();
    expectProblem(await decide({ action: 'reject', ids: [id, id.toUpperCase()] }, untaught), 422, 'invalid-body');
    expect((await untaught.read(id)).status).toBe('pending');
  });

  it('but not with 500', async () => {
    const answer = await decide({ action: 'spam', ids: ids(500) });
    expect(answer.status).toBe(200);
    expect(answer.body.results).toEqual(ids(500).map((id) => ({ id, code: 'comment-not-found' })));
  });
});
