import { expectProblem, pointersOf } from '../support/problems.js';
import { asSuperuser } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import type { TestSite } from '../support/test-site.js';
import { castTwoModerators, type ItemOfSite } from '../support/two-moderators.js';

interface Group {
  readonly id: string;
  readonly size: number;
  readonly pending: number;
  readonly sites: readonly {
    readonly key: string;
    readonly name: string;
    readonly campaign: string;
    readonly size: number;
    readonly pending: number;
  }[];
  readonly sample: ItemOfSite;
}

interface Page {
  readonly items: readonly Group[];
  readonly nextCursor: string | null;
}

type Results = Readonly<{ results: readonly Record<string, unknown>[] }>;

const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';
const LIBRARY = 'we all ask the council to keep the little library at the corner of the market open';
const BRIDGE = 'the old bridge over the river was painted green again last week, and I am glad that it was';

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

afterEach(() => asSuperuser(service, 'delete from comment'));

afterAll(() => service.close());

/** So many copies of a text on a site, each by another author. @returns their ids, in order */
async function submitCopies(site: TestSite, count: number, text = LIBRARY): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const author = { name: 'Ada', email: `a${String(n)}-${site.key}@analytical.org` };
    ids.push(
      (await site.submitSettled('/a', { author, body: `${String(n)}: ${text}, on ${site.key.slice(0, 4)}` })).id,
    );
  }
  return ids;
}

async function list(client: TestClient, query = ''): Promise<Page> {
  const answer = await client.get<Page>(`/v1/moderation/campaigns${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
}

const decide = (client: TestClient, body: unknown): Promise<Answer<Results>> =>
  client.post<Results>('/v1/moderation/campaigns/decisions', body);

const placesOf = ({ sites }: Group): unknown[] => sites.map(({ key, size, pending }) => [key, size, pending]);

describe('campaigns over sites', () => {
  it('are one group where the texts are near, also where each site has a single copy', async () => {
    const [first] = await submitCopies(news, 1);
    await submitCopies(blog, 2);
    await submitCopies(shop, 1);
    await submitCopies(attic, 3);
    await submitCopies(blog, 2, BRIDGE);
    const { items, nextCursor } = await list(ada);
    expect(nextCursor).toBeNull();
    expect(items.map(({ size, pending }) => [size, pending])).toEqual([
      [4, 4],
      [2, 2],
    ]);
    const [library] = items;
    expect(placesOf(library!)).toEqual([[blog.key, 2, 2], ...[news.key, shop.key].map((key) => [key, 1, 1])]);
    expect(library!.sites[0]!.name).toBe('The blog');
    expect(library!.sample).toMatchObject({ id: first, status: 'pending', site: { key: news.key } });
    expect(JSON.stringify(items)).not.toContain(attic.key);
    expect((await list(operator)).items[0]).toMatchObject({ size: 7, pending: 7 });
    expect((await list(bob)).items).toEqual([]);
  });

  it('come page by page, and of named sites only where they are named', async () => {
    await submitCopies(blog, 3);
    await submitCopies(shop, 2, BRIDGE);
    const first = await list(ada, '?limit=1');
    expect(first.items.map(({ pending }) => pending)).toEqual([3]);
    const second = await list(ada, `?limit=1&cursor=${first.nextCursor ?? ''}`);
    expect([second.items.map(({ pending }) => pending), second.nextCursor]).toEqual([[2], null]);
    expect((await list(ada, `?site=${shop.key}`)).items.map(({ pending }) => pending)).toEqual([2]);
    expectProblem(await ada.get(`/v1/moderation/campaigns?site=${attic.key}`), 404, 'site-not-found');
    const foreign = `/v1/moderation/campaigns?limit=1&cursor=${first.nextCursor ?? ''}`;
    expectProblem(await bob.get(foreign), 400, 'invalid-cursor');
  });

  it('are decided at once, each by the role on its site', async () => {
    await submitCopies(blog, 2);
    await submitCopies(shop, 1);
    await submitCopies(news, 1);
    await submitCopies(attic, 1);
    const [all] = (await list(operator)).items;
    const named = all!.sites.map(({ key: site, campaign }) => ({ site, campaign }));
    const of = ({ key }: TestSite): { site: string; campaign: string } => named.find(({ site }) => site === key)!;
    const campaigns = [of(attic), of(blog), of(news), { site: shop.key, campaign: UNKNOWN }, of(shop)];
    const answer = await decide(ada, { action: 'reject', campaigns, reason: 'All alike' });
    expect(answer.status).toBe(200);
    const done = { inForce: 0, refused: 0, remaining: 0 };
    expect(answer.body.results).toEqual([
      { ...of(attic), code: 'site-not-found' },
      { ...of(blog), moved: 2, ...done },
      { ...of(news), code: 'forbidden' },
      { site: shop.key, campaign: UNKNOWN, code: 'campaign-not-found' },
      { ...of(shop), moved: 1, ...done },
    ]);
    expect(await blog.counts()).toMatchObject({ pending: 0, rejected: 2 });
    expect([(await attic.counts()).pending, (await news.counts()).pending]).toEqual([1, 1]);
    const again = await decide(ada, { action: 'reject', campaigns: [of(blog)] });
    expect(again.body.results).toEqual([{ ...of(blog), moved: 0, ...done, inForce: 2 }]);
    const key = await blog.apiKey('moderation:write');
    const byKey = await decide(key, { action: 'spam', campaigns: [of(blog), of(shop)] });
    expect(byKey.body.results).toEqual([
      { ...of(blog), moved: 2, ...done },
      { ...of(shop), code: 'site-not-found' },
    ]);
  });

  it('are read strictly', async () => {
    const one = { site: blog.key, campaign: UNKNOWN };
    for (const [body, pointer] of [
      [{ action: 'spam', campaigns: [] }, '/campaigns'],
      [{ action: 'spam', campaigns: [one, { ...one, campaign: UNKNOWN.toUpperCase() }] }, '/campaigns'],
      [{ action: 'undo', campaigns: [one] }, '/action'],
      [{ action: 'spam', campaigns: [{ ...one, tea: 1 }] }, '/campaigns/0/tea'],
      [{ action: 'spam', campaigns: [{ ...one, campaign: 'x' }] }, '/campaigns/0/campaign'],
      [{ action: 'spam', campaigns: ['x'] }, '/campaigns/0'],
      [{ action: 'spam', campaigns: Array.from({ length: 101 }, (_, n) => ({ ...one, site: `s${n}` })) }, '/campaigns'],
    ] as const) {
      const answer = await decide(ada, body);
      expectProblem(answer, 422, 'invalid-body');
      expect(pointersOf(answer)).toEqual([pointer]);
    }
    expectProblem(await decide(service.anonymous, { action: 'spam', campaigns: [one] }), 401, 'not-signed-in');
  });
});
