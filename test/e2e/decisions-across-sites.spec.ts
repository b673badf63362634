import { EventStream } from '../support/event-stream.js';
import { expectProblem, pointersOf } from '../support/problems.js';
import { asSuperuser } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import type { TestSite } from '../support/test-site.js';
import { castTwoModerators, decideAcross, fill, queueOf } from '../support/two-moderators.js';

const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

let service: TestService;
let operator: TestClient;
let ada: TestClient;
let bob: TestClient;
let blog: TestSite;
let shop: TestSite;
let news: TestSite;
let attic: TestSite;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

beforeEach(async () => {
  ({ ada, bob, blog, shop, news, attic } = await castTwoModerators(service, operator, ++serial));
});

afterAll(() => service.close());

describe('a bulk decision across sites', () => {
  it('answers in the order asked, each by the role on its site', async () => {
    const [a, read, b, foreign, done] = await fill(blog, news, shop, attic, blog);
    await blog.decided(done!, 'delete');
    const ids = [foreign, b, UNKNOWN, read, done, a];
    const { status, body } = await decideAcross(ada, { action: 'reject', ids, reason: 'All alike' });
    expect(status).toBe(200);
    expect(body.results).toEqual([
      { id: foreign, code: 'comment-not-found' },
      { id: b, status: 'rejected', version: 3 },
      { id: UNKNOWN, code: 'comment-not-found' },
      { id: read, code: 'forbidden' },
      { id: done, code: 'move-refused' },
      { id: a, status: 'rejected', version: 3 },
    ]);
    expect((await shop.read(b!)).events.at(-1)).toMatchObject({ action: 'reject', reason: 'All alike' });
    expect([(await attic.read(foreign!)).status, (await news.read(read!)).status]).toEqual(['pending', 'pending']);
    expect(await shop.counts()).toMatchObject({ pending: 0, rejected: 1 });
    expect((await decideAcross(ada, { action: 'undo', ids: [a, b, read] })).body.results).toMatchObject([
      { id: a, status: 'pending' },
      { id: b, status: 'pending' },
      { id: read, code: 'forbidden' },
    ]);
    expect((await decideAcross(operator, { action: 'spam', ids: [foreign, read] })).body.results).toMatchObject([
      { status: 'spam' },
      { status: 'spam' },
    ]);
  });

  it('approves on each site as that site has it', async () => {
    await operator.request('PATCH', shop.path(), { settings: { publishOnApproval: false } });
    const [a, b] = await fill(blog, shop);
    expect((await decideAcross(ada, { action: 'approve', ids: [b!.toUpperCase(), a] })).body.results).toMatchObject([
      { id: b, status: 'approved' },
      { id: a, status: 'published' },
    ]);
  });

  it('of overlapping sets by several people at once ends, and leaves each comment one status', async () => {
    const ids = (await Promise.all([blog.submitMany(8), shop.submitMany(8), news.submitMany(8)])).flat();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        decideAcross([ada, bob, operator][n % 3]!, {
          action: ['reject', 'spam', 'publish', 'restore'][n % 4],
          ids: n % 2 ? ids : [...ids].reverse(),
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    for (const answer of answers) expect(answer.body.results).toHaveLength(ids.length);
    for (const site of [blog, shop, news]) {
      const counts = await site.counts();
      for (const status of ['pending', 'spam', 'published', 'rejected']) {
        expect([status, (await site.all(`?status=${status}&limit=100`)).length]).toEqual([status, counts[status]]);
      }
    }
    for (const id of ids.slice(0, 3)) {
      const { events, status, version } = await blog.read(id);
      expect([events.at(-1)?.to, events.length]).toEqual([status, version]);
    }
  });

  it('is read as strictly as that of one site', async () => {
    for (const [body, pointer] of [
      [{ action: 'spam', ids: [] }, '/ids'],
      [{ action: 'spam', ids: [UNKNOWN, UNKNOWN.toUpperCase()] }, '/ids'],
      [{ action: 'purge', ids: [UNKNOWN] }, '/action'],
      [{ action: 'spam', ids: [UNKNOWN], site: 'x' }, '/site'],
    ] as const) {
      const answer = await decideAcross(ada, body);
      expectProblem(answer, 422, 'invalid-body');
      expect(pointersOf(answer)).toEqual([pointer]);
    }
    const answer = await ada.post(
      '/v1/moderation/decisions',
      { action: 'spam', ids: [UNKNOWN] },
      { origin: 'https://evil.example' },
    );
    expectProblem(answer, 403, 'cross-site-request');
  });
});

describe('membership', () => {
  it('counts from the next request on, when it comes and when it goes', async () => {
    const [a, b] = await fill(blog, attic);
    const member = (sql: string): Promise<unknown> =>
      asSuperuser(service, sql, [`ada-${String(serial)}@across.test`, attic.key]);
    await member(
      `insert into membership select s.id, a.id, 'moderator', now() from site s, account a where a.email = $1 and s.key = $2`,
    );
    expect((await queueOf(ada)).items.map(({ id }) => id)).toEqual([a, b]);
    await member(
      `delete from membership m using site s, account a where m.site_id = s.id and m.account_id = a.id and a.email = $1 and s.key = $2`,
    );
    expect((await queueOf(ada)).items.map(({ id }) => id)).toEqual([a]);
    expect((await decideAcross(ada, { action: 'spam', ids: [b] })).body.results).toEqual([
      { id: b, code: 'comment-not-found' },
    ]);
    expectProblem(await ada.get(`/v1/moderation/comments/${b!}`), 404, 'comment-not-found');
  });
});

describe('the event stream across sites', () => {
  const streams: EventStream[] = [];

  afterEach(() => {
    for (const stream of streams.splice(0)) stream.close();
  });

  async function listen(client: TestClient, query = '', headers: Record<string, string> = {}): Promise<EventStream> {
    const url = `${service.url}/v1/moderation/events${query}`;
    const stream = await EventStream.open(url, { ...client.credentials, ...headers });
    streams.push(stream);
    return stream;
  }

  it('tells what happens on one’s sites, of which it was, and nothing of others', async () => {
    const [mine, hers, all, some] = [
      await listen(ada),
      await listen(bob),
      await listen(operator),
      await listen(ada, `?site=${shop.key}`),
    ];
    const [a, foreign, b, c] = await fill(blog, attic, shop, news);
    await decideAcross(ada, { action: 'spam', ids: [a, b] });
    const told = ({ events }: EventStream): unknown[] =>
      events.map(({ event, data }) => [event, (data as unknown as { site: string }).site, data.id, data.status]);
    await Promise.all([mine.waitFor(5), hers.waitFor(1), all.waitFor(6), some.waitFor(2)]);
    expect(told(mine).slice(0, 3)).toEqual([
      ['entered', blog.key, a, 'pending'],
      ['entered', shop.key, b, 'pending'],
      ['entered', news.key, c, 'pending'],
    ]);
    expect(told(mine).slice(3).sort()).toEqual(
      [
        ['left', blog.key, a, 'spam'],
        ['left', shop.key, b, 'spam'],
      ].sort(),
    );
    expect(told(hers)).toEqual([['entered', news.key, c, 'pending']]);
    expect(told(all)).toContainEqual(['entered', attic.key, foreign, 'pending']);
    expect(told(some)).toEqual([
      ['entered', shop.key, b, 'pending'],
      ['left', shop.key, b, 'spam'],
    ]);
    expect(Object.keys(mine.events[0]!.data).sort()).toEqual(['from', 'id', 'site', 'status', 'version']);
  });

  it('tells who comes back to load the list anew', async () => {
    const first = await listen(ada);
    await fill(blog);
    const [event] = await first.waitFor(1);
    const again = await listen(ada, '', { 'last-event-id': event!.id });
    expect((await again.waitFor(1))[0]?.event).toBe('reset');
    expect(event!.id).not.toBe('');
  });

  it('is open to who may read, and does not know foreign sites', async () => {
    expect((await listen(await blog.apiKey('moderation:read'))).response.statusCode).toBe(200);
    expectProblem(await ada.get(`/v1/moderation/events?site=${attic.key}`), 404, 'site-not-found');
  });
});
