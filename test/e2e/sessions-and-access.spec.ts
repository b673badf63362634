import { expectProblem } from '../support/problems.js';
import { rawRequest } from '../support/raw-request.js';
import { SITE_ROUTES, type SiteRoute } from '../support/routes.js';
import { asSuperuser, makeAccount, signInMember } from '../support/test-accounts.js';
import { TestClient, type Answer } from '../support/test-client.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const SCOPES = ['comments:write', 'moderation:read', 'moderation:write', 'site:admin'] as const;

let service: TestService;
let operator: TestClient;
let site: TestSite;
let other: TestSite;
let id: string;
let foreignId: string;

beforeAll(async () => {
  service = await startTestService({ TRUST_PROXY: '127.0.0.1' });
  operator = await service.signIn();
  site = await TestSite.make(operator, service.anonymous, { key: 'blog' });
  other = await TestSite.make(operator, service.anonymous, { key: 'other' });
  ({ id } = await site.submitSettled());
  foreignId = (await other.submitSettled()).id;
});

afterAll(() => service.close());

/** For who is not let in: an event stream would never end. */
function call(client: TestClient, { method, path, body }: SiteRoute, on = site, comment = id): Promise<Answer> {
  return client.request(method, on.path(path.replace('{id}', comment)), body);
}

describe('signing in', () => {
  it('sets an opaque cookie that scripts and other sites do not get', async () => {
    const answer = await service.anonymous.post('/v1/session', OPERATOR);
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()).toHaveLength(1);
    const [value = '', ...flags] = answer.headers.getSetCookie()[0]?.split('; ') ?? [];
    expect(value).toMatch(/^winnow=[\w-]{43}$/);
    expect(flags.map((flag) => flag.toLowerCase()).sort()).toEqual(['httponly', 'path=/', 'samesite=lax']);
    expect(answer.text).not.toContain(value.split('=')[1]);
    const me = await new TestClient(service.url, { cookie: value }).get('/v1/session');
    expect(me.body).toMatchObject({ account: { email: OPERATOR.email, isOperator: true } });
  });

  it('over https sets a cookie with the __Host- prefix', async () => {
    const secure = await service.another({ ROLE: 'web', PUBLIC_URL: 'https://comments.example' });
    const answer = await new TestClient(secure.url ?? '').post('/v1/session', OPERATOR);
    const [value = '', ...flags] = answer.headers.getSetCookie()[0]?.split('; ') ?? [];
    expect(value).toMatch(/^__Host-winnow=[\w-]{43}$/);
    expect(flags.map((flag) => flag.toLowerCase()).sort()).toEqual(['httponly', 'path=/', 'samesite=lax', 'secure']);
    const client = new TestClient(secure.url ?? '', { cookie: value });
    expect((await client.get('/v1/session')).status).toBe(200);
  });

  it('tells which sites one belongs to', async () => {
    const client = await signInMember(service, 'two@sites.test', { blog: 'viewer', other: 'owner' });
    const { sites } = (await client.get<{ sites: { key: string; role: string }[] }>('/v1/session')).body;
    expect([...sites].sort((one, two) => (one.key < two.key ? -1 : 1))).toEqual([
      { key: 'blog', role: 'viewer' },
      { key: 'other', role: 'owner' },
    ]);
    const listed = (await client.get<{ items: { key: string }[] }>('/v1/sites')).body.items;
    expect(listed.map(({ key }) => key)).toEqual(['blog', 'other']);
  });

  it('takes the address in any case', async () => {
    expect((await service.anonymous.post('/v1/session', { ...OPERATOR, email: ' Operator@WINNOW.test' })).status).toBe(
      200,
    );
  });

  it('answers alike for a wrong password and an unknown address', async () => {
    const answers = [
      await service.anonymous.post('/v1/session', { ...OPERATOR, password: 'wrong' }),
      await service.anonymous.post('/v1/session', { email: 'nobody@winnow.test', password: 'wrong' }),
    ];
    for (const answer of answers) {
      expectProblem(answer, 401, 'wrong-credentials');
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect(answers[0]?.body.detail).toBe(answers[1]?.body.detail);
  });

  it.each([{}, { email: 7, password: [] }, { email: '', password: '' }, { ...OPERATOR, remember: true }])(
    'with %j is 422',
    async (body) => {
      expectProblem(await service.anonymous.post('/v1/session', body), 422, 'invalid-body');
    },
  );

  it('ends the session that the browser came with, and no other', async () => {
    const [one, two] = [await service.signIn(), await service.signIn()];
    const again = await one.signIn(OPERATOR.email, OPERATOR.password);
    expect(again.credentials.cookie).not.toBe(one.credentials.cookie);
    expectProblem(await one.get('/v1/session'), 401, 'not-signed-in');
    expect((await again.get('/v1/session')).status).toBe(200);
    expect((await two.get('/v1/session')).status).toBe(200);
  });

  it('ends with DELETE, for that session alone', async () => {
    const [one, two] = [await service.signIn(), await service.signIn()];
    const answer = await one.request('DELETE', '/v1/session');
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^winnow=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/i);
    expectProblem(await one.get('/v1/session'), 401, 'not-signed-in');
    expectProblem(await one.request('DELETE', '/v1/session'), 401, 'not-signed-in');
    expect((await two.get('/v1/session')).status).toBe(200);
  });

  it.each(['expires_at = now()', `last_seen_at = now() - interval '14 days'`])('ends where %s', async (change) => {
    const client = await signInMember(service, `${String(change.length)}@ends.test`, { blog: 'owner' });
    await asSuperuser(
      service,
      `update session set ${change} where account_id = (select id from account where email = $1)`,
      [`${String(change.length)}@ends.test`],
    );
    expectProblem(await client.get('/v1/session'), 401, 'not-signed-in');
  });

  it.each([
    'winnow=',
    'winnow=x',
    'winnow=%00',
    `winnow=${'A'.repeat(43)}`,
    'winnow="><',
    `winnow=${'x'.repeat(9_000)}`,
  ])('is not done by the cookie %s', async (cookie) => {
    expectProblem(await service.anonymous.get('/v1/session', { cookie: cookie.slice(0, 9_000) }), 401, 'not-signed-in');
  });
});

describe('guessing passwords', () => {
  const wrong = (email: string, address: string): Promise<Answer> =>
    service.anonymous.post('/v1/session', { email, password: 'a guess' }, { 'x-forwarded-for': address });

  it('is stopped for the guesser, and locks nobody else out', async () => {
    await makeAccount(service, 'owner@guessed.test', {}, 'the right password');
    const answers: Answer[] = [];
    for (let n = 0; n < 12; n++) answers.push(await wrong('owner@guessed.test', '203.0.113.66'));
    expect(answers[0]?.status).toBe(401);
    const limited = answers.at(-1)!;
    expectProblem(limited, 429, 'too-many-requests');
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    const right = { email: 'owner@guessed.test', password: 'the right password' };
    const signIn = (address: string): Promise<Answer> =>
      service.anonymous.post('/v1/session', right, { 'x-forwarded-for': address });
    expectProblem(await signIn('203.0.113.66'), 429);
    expect((await signIn('203.0.113.67')).status).toBe(200);
    expectProblem(await wrong('somebody@else.test', '203.0.113.66'), 401, 'wrong-credentials');
  });

  it('is limited by RateLimit and RateLimit-Policy like every 429', async () => {
    let answer = await wrong('limited@winnow.test', '203.0.113.70');
    for (let n = 0; n < 11; n++) answer = await wrong('limited@winnow.test', '203.0.113.70');
    expectProblem(answer, 429, 'too-many-requests');
    expect(answer.headers.get('ratelimit')).toMatch(/r=0/);
    expect(answer.headers.get('ratelimit-policy')).toMatch(/q=\d+;w=\d+/);
  });

  it('forty at a time is no way around it', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => wrong('parallel@winnow.test', '203.0.113.71')));
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10);
  });
});

describe('a changing request with a cookie', () => {
  const write = (headers: Record<string, string>): Promise<Answer> =>
    operator.request('PATCH', site.path(), { name: 'Blog' }, headers);

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'nonsense' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1' },
  ])('is refused with %j', async (headers) => {
    expectProblem(await write(headers), 403, 'cross-site-request');
    const signIn = await service.anonymous.post('/v1/session', OPERATOR, headers);
    expectProblem(signIn, 403, 'cross-site-request');
    expect(signIn.headers.getSetCookie()).toEqual([]);
  });

  it.each([{ 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, {}])(
    'is let in with %j',
    async (headers) => {
      expect((await write(headers)).status).toBe(200);
    },
  );

  it('is let in from the host it was sent to, whatever its name', async () => {
    const { port } = new URL(service.url);
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, 'comments.test']) {
      const headers = { ...operator.credentials, host, origin: `http://${host}`, 'content-type': 'application/json' };
      const request = { method: 'PATCH', path: site.path(), body: '{"name":"Blog"}' };
      expect((await rawRequest(service.url, { ...request, headers })).status).toBe(200);
      const foreign = { ...headers, origin: `http://${host === 'comments.test' ? 'other.test' : 'comments.test'}` };
      expectProblem(await rawRequest(service.url, { ...request, headers: foreign }), 403, 'cross-site-request');
    }
  });

  it('is refused on every route that changes something', async () => {
    for (const route of SITE_ROUTES.filter(({ method }) => method !== 'GET')) {
      const path = site.path(route.path.replace('{id}', id));
      const answer = await operator.request(route.method, path, route.body, { origin: 'https://evil.example' });
      expectProblem(answer, 403, 'cross-site-request');
    }
    expectProblem(await operator.post('/v1/sites', { key: 'x', name: 'x' }, { 'sec-fetch-site': 'cross-site' }), 403);
    expectProblem(await operator.request('DELETE', '/v1/session', undefined, { 'sec-fetch-site': 'cross-site' }), 403);
  });

  it('of an API key may come from anywhere', async () => {
    const key = await site.apiKey('site:admin');
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await key.request('PATCH', site.path(), { name: 'Blog' }, headers)).status).toBe(200);
  });
});

describe.each(SITE_ROUTES)('$method $path', (route) => {
  it('is 401 for a stranger, on every site alike', async () => {
    for (const on of [site, other]) {
      const answer = await call(service.anonymous, route, on);
      expectProblem(answer, 401, 'not-signed-in');
      expect(answer.headers.get('www-authenticate')).toMatch(/\S/);
      expectProblem(await call(service.anonymous.withKey('wnw_wrong'), route, on), 401, 'not-signed-in');
    }
  });
});

describe('the walls', () => {
  it('a foreign site is like one that does not exist, on every route, for people and keys', async () => {
    const owner = await signInMember(service, 'owner@walls.test', { blog: 'owner' });
    const key = await site.apiKey(...SCOPES);
    for (const client of [owner, key]) {
      for (const route of SITE_ROUTES) {
        const answer = await call(client, route, other, foreignId);
        expectProblem(answer, 404, 'site-not-found');
        const path = route.path.replace('{id}', foreignId);
        const unknown = await client.request(route.method, `/v1/sites/no-such-site${path}`, route.body);
        expectProblem(unknown, 404, 'site-not-found');
        expect(unknown.body.detail).toBe(answer.body.detail);
      }
    }
  });

  it('who is member no more is outside at once', async () => {
    const email = 'left@walls.test';
    const client = await signInMember(service, email, { blog: 'owner' });
    await asSuperuser(service, 'delete from membership where account_id = (select id from account where email = $1)', [
      email,
    ]);
    expectProblem(await client.get(site.path('/moderation/comments')), 404, 'site-not-found');
  });
});
