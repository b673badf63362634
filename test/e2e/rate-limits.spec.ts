import { describeOnRedis } from '../support/gates.js';
import { expectProblem } from '../support/problems.js';
import { TestClient, type Answer } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const ORIGIN = 'https://blog.example';
const LIMIT = 3;

let serial = 0;

function submit(client: TestClient, headers: Record<string, string> = {}, site = 'blog'): Promise<Answer> {
  return client.comment(site, '/a', { body: `The ${String(++serial)}th thought.` }, headers);
}

async function spend(client: TestClient, headers: Record<string, string> = {}): Promise<void> {
  for (let n = 0; n < LIMIT; n++) expect((await submit(client, headers)).status).toBe(202);
}

function expectLimited(answer: Answer): void {
  expectProblem(answer, 429, 'too-many-requests');
  const seconds = Number(answer.headers.get('retry-after'));
  expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60).toBe(true);
  expect(answer.headers.get('ratelimit')).toMatch(/^"\w+";r=0;t=\d+$/);
  expect(answer.headers.get('ratelimit-policy')).toMatch(/^"\w+";q=\d+;w=60$/);
}

async function start(overrides: Record<string, string>): Promise<{ service: TestService; site: TestSite }> {
  const service = await startTestService({ SUBMIT_LIMIT_PER_MINUTE: String(LIMIT), ...overrides });
  const operator = await service.signIn();
  const site = await TestSite.make(operator, service.anonymous, { key: 'blog', origins: [ORIGIN] });
  return { service, site };
}

describe('one address', () => {
  let service: TestService;
  let site: TestSite;
  let keyed: TestClient;

  beforeAll(async () => {
    ({ service, site } = await start({}));
    keyed = await site.apiKey('comments:write');
  });

  afterAll(() => service.close());

  it('is told what is left, and after three comments in a minute to wait', async () => {
    for (const left of [2, 1, 0]) {
      const answer = await submit(service.anonymous);
      expect(answer.status).toBe(202);
      expect(answer.headers.get('ratelimit')).toMatch(new RegExp(`^"\\w+";r=${String(left)};t=\\d+$`));
      expect(answer.headers.get('ratelimit-policy')).toMatch(/^"\w+";q=3;w=60$/);
    }
    expectLimited(await submit(service.anonymous));
    expect(Object.values(await site.counts()).reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it('is told so across origins too', async () => {
    const answer = await submit(service.anonymous, { origin: ORIGIN });
    expectLimited(answer);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(answer.headers.get('vary')?.toLowerCase()).toContain('origin');
  });

  it('cannot be changed by a header that no trusted proxy has set', async () => {
    for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip']) {
      expectLimited(await submit(service.anonymous, { [header]: '203.0.113.7' }));
    }
  });

  it('is limited as a form like as JSON', async () => {
    const form = new URLSearchParams({ name: 'Ada', email: 'ada@analytical.org', body: 'By form.' });
    expectLimited(await service.anonymous.post(site.articlePath('/a', '/comments'), form));
  });

  it('still reads', async () => {
    for (const path of ['/articles/%2Fa/comments', '/articles/%2Fa/form', '/feed.json', '/counts?article=%2Fa']) {
      expect((await service.anonymous.get(site.path(path))).status).toBe(200);
    }
  });

  it('with an API key that may write is exempt', async () => {
    for (let n = 0; n <= LIMIT; n++) expect((await submit(keyed)).status).toBe(202);
    expect((await submit(keyed)).headers.get('ratelimit')).toBeNull();
  });

  it('with a key that is wrong, of another site or without the scope is no stranger, and refused', async () => {
    const other = await TestSite.make(site.moderator, service.anonymous, { key: 'other' });
    expectProblem(await submit(service.anonymous.withKey('wnw_none')), 401);
    expectProblem(await submit(await other.apiKey('comments:write')), 404, 'site-not-found');
    expectProblem(await submit(await site.apiKey('moderation:write')), 403, 'forbidden');
  });
});

describe.each(['127.0.0.1', '1'])('behind a proxy, with TRUST_PROXY=%s', (trusted) => {
  let service: TestService;

  beforeAll(async () => {
    ({ service } = await start({ TRUST_PROXY: trusted }));
  });

  afterAll(() => service.close());

  it('each client has its own limit, and an IPv6 customer one for the whole /64', async () => {
    for (const address of ['203.0.113.7', '203.0.113.8', '2001:db8:1:2::1']) {
      await spend(service.anonymous, { 'x-forwarded-for': address });
      expectLimited(await submit(service.anonymous, { 'x-forwarded-for': address }));
    }
    expectLimited(await submit(service.anonymous, { 'x-forwarded-for': '2001:db8:1:2:ffff::9' }));
    expect((await submit(service.anonymous, { 'x-forwarded-for': '2001:db8:1:3::1' })).status).toBe(202);
  });

  it('an address that the client adds by itself counts for nothing', async () => {
    expectLimited(await submit(service.anonymous, { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' }));
  });
});

describe('one site over all addresses', () => {
  let service: TestService;

  beforeAll(async () => {
    ({ service } = await start({ TRUST_PROXY: '127.0.0.1', SUBMIT_SITE_LIMIT_PER_MINUTE: '4' }));
  });

  afterAll(() => service.close());

  it('has a limit of its own, which harms no other site', async () => {
    const client = (n: number): Record<string, string> => ({ 'x-forwarded-for': `203.0.113.${String(n)}` });
    for (let n = 1; n <= 4; n++) expect((await submit(service.anonymous, client(n))).status).toBe(202);
    expectLimited(await submit(service.anonymous, client(5)));
    expect((await submit(service.anonymous, client(5), 'demo')).status).toBe(202);
  });
});

describeOnRedis('processes that share a Redis', (redisUrl) => {
  let service: TestService;

  beforeAll(async () => {
    ({ service } = await start({ REDIS_URL: redisUrl }));
  });

  afterAll(() => service.close());

  it('count together', async () => {
    const neighbour = new TestClient((await service.another({ ROLE: 'web' })).url ?? '');
    expect((await submit(service.anonymous)).status).toBe(202);
    expect((await submit(neighbour)).status).toBe(202);
    expect((await submit(service.anonymous)).status).toBe(202);
    expectLimited(await submit(neighbour));
    expectLimited(await submit(service.anonymous));
  });
});

describe('an author', () => {
  let service: TestService;
  let site: TestSite;

  beforeAll(async () => {
    ({ service, site } = await start({}));
  });

  afterAll(() => service.close());

  it('has one limit for what they submit, edit and delete, and a program of the site has none', async () => {
    const { receipt } = await site.submit();
    const own = `/v1/receipts/${receipt}`;
    const first = await service.anonymous.request('PATCH', own, { body: 'One.' });
    expect([first.status, first.headers.get('ratelimit')]).toEqual([200, expect.stringContaining('r=1')]);
    expect((await service.anonymous.request('PATCH', own, { body: 'Two.' })).status).toBe(200);
    expectLimited(await service.anonymous.request('DELETE', own));
    expectLimited(await submit(service.anonymous));
    const program = await site.apiKey('comments:write');
    expect((await program.request('PATCH', own, { body: 'Three.' })).status).toBe(200);
  });
});

describe('reports', () => {
  let service: TestService;
  let site: TestSite;

  beforeAll(async () => {
    ({ service, site } = await start({ TRUST_PROXY: 'loopback' }));
  });

  afterAll(() => service.close());

  it('are limited for a network, and apart from what it submits', async () => {
    const { id } = await site.published();
    const path = site.articlePath('/a', `/comments/${id}/report`);
    const report = (address: string): Promise<Answer> =>
      service.anonymous.post(path, {}, { 'x-forwarded-for': address });
    for (const last of [1, 2, 3]) expect((await report(`203.0.113.${String(last)}`)).status).toBe(202);
    expectLimited(await report('203.0.113.4'));
    expect((await report('198.51.100.1')).status).toBe(202);
    expect((await submit(service.anonymous, { 'x-forwarded-for': '203.0.113.4' })).status).toBe(202);
  });
});
