import { scoreOf } from '../support/observatory.js';
import { rawRequest, sendBytes } from '../support/raw-request.js';
import { BROWSER_ACCEPT } from '../support/test-page.js';
import { TestClient, type Answer } from '../support/test-client.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';

/* As the world sees it: over https, with a proxy in between. */

const OVER_HTTPS = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' };
const YEAR_S = 31_536_000;
const CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
const PAGE = /^default-src 'none'; .*frame-ancestors '(none|self)'; base-uri 'none'$/;

let service: TestService;
let person: TestClient;
let cookies: string[];

beforeAll(async () => {
  service = await startTestService({ PUBLIC_URL: 'https://comments.example', TRUST_PROXY: '127.0.0.1' });
  const { email, password } = OPERATOR;
  const entered = await service.anonymous.post('/v1/session', { email, password }, OVER_HTTPS);
  cookies = entered.headers.getSetCookie();
  person = new TestClient(service.url, { ...OVER_HTTPS, cookie: cookies[0]?.split(';')[0] ?? '' });
  await person.comment('demo', '/demo');
});
afterAll(() => service.close());

/** The security headers of an answer, and those that would tell what is behind it. */
function headersOf({ headers }: Pick<Answer<unknown>, 'headers'>): Record<string, string | null> {
  const names = [
    ...['x-content-type-options', 'content-security-policy', 'referrer-policy', 'cross-origin-resource-policy'],
    ...['strict-transport-security', 'permissions-policy', 'cross-origin-opener-policy', 'server', 'x-powered-by'],
  ];
  return Object.fromEntries(names.map((name) => [name, headers.get(name)]));
}

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'strict-transport-security': `max-age=${YEAR_S}`,
  server: null,
  'x-powered-by': null,
};
const OF_NO_PAGE = {
  ...ALWAYS,
  'content-security-policy': CLOSED,
  'referrer-policy': 'no-referrer',
  'permissions-policy': null,
  'cross-origin-opener-policy': null,
};
const OF_THE_API = { ...OF_NO_PAGE, 'cross-origin-resource-policy': 'same-origin' };
const OF_THE_PUBLIC = { ...OF_NO_PAGE, 'cross-origin-resource-policy': 'cross-origin' };
const OF_A_PAGE = {
  ...ALWAYS,
  'content-security-policy': expect.stringMatching(PAGE) as string,
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': expect.stringMatching(/^camera=\(\), .*microphone=\(\)/) as string,
};

const QUEUE = '/desk/sites/demo/comments';
const PAGES = [
  ...['/desk', '/desk/sites', QUEUE, '/desk/sites/demo/settings', '/desk/sites/demo/members', '/desk/account'],
  ...['/desk/sites/demo/embed', '/desk/sites/demo/filter', '/desk/comments', '/demo', '/docs', '/no-such-page'],
];
const ARTICLE = '/v1/sites/demo/articles/%2Fdemo';
const PUBLIC = [
  ...[`${ARTICLE}/comments`, `${ARTICLE}/feed.html`, '/v1/sites/demo/counts?article=%2Fdemo'],
  ...['/v1/sites/demo/feed.json', '/v1/sites/demo/feed.atom', '/v1/sites/demo/feed.rss'],
  ...['/embed.js', '/embed/en.json', '/embed/proof.js'],
];

describe('over https', () => {
  it.each(PAGES)('the page %s is closed to everybody else', async (path) => {
    const answer = await person.get(path, { accept: BROWSER_ACCEPT });
    expect([200, 303, 404]).toContain(answer.status);
    expect(headersOf(answer)).toEqual(answer.status === 303 ? OF_THE_API : OF_A_PAGE);
  });

  it.each(PUBLIC)('%s may be loaded by any page and runs nothing by itself, the second time too', async (path) => {
    for (const turn of [1, 2, 3]) {
      const answer = await service.anonymous.get(path);
      expect({ turn, status: answer.status, ...headersOf(answer) }).toEqual({ turn, status: 200, ...OF_THE_PUBLIC });
      const etag = answer.headers.get('etag');
      if (etag === null) continue;
      const known = await service.anonymous.get(path, { 'if-none-match': etag });
      expect({ status: known.status, ...headersOf(known) }).toEqual({ status: 304, ...OF_THE_PUBLIC });
    }
  });

  it('every other answer is of this origin and runs nothing, whatever becomes of the request', async () => {
    const asset = /\/assets\/page-\w+\.css/.exec((await service.anonymous.get('/demo')).text)?.[0] ?? '';
    const answers: [number, Promise<Answer<unknown>>][] = [
      [200, person.get('/v1/session')],
      [200, person.get('/v1/sites/demo/moderation/comments')],
      [200, person.request('HEAD', '/v1/sites/demo/moderation/events')],
      [200, person.get(asset)],
      [200, service.anonymous.get('/openapi.json')],
      [200, service.anonymous.get('/health/ready')],
      [200, service.anonymous.get('/metrics')],
      [400, service.anonymous.get('/v1/receipts/%E0%A4%A')],
      [400, service.anonymous.post('/v1/session', '{')],
      [401, service.anonymous.get('/v1/session')],
      [403, person.request('DELETE', '/v1/session', undefined, { 'sec-fetch-site': 'cross-site' })],
      [404, service.anonymous.get('/v1/no-such-thing')],
      [405, service.anonymous.request('PUT', '/v1/session', {})],
      [413, service.anonymous.post('/v1/session', `"${'x'.repeat(300_000)}"`)],
      [415, service.anonymous.post('/v1/session', 'x', { 'content-type': 'text/plain' })],
      [202, person.comment('demo', '/demo', { body: 'Another one, about the last paragraph.' })],
    ];
    for (const [status, asked] of answers) {
      const answer = await asked;
      expect({ status: answer.status, ...headersOf(answer) }).toEqual({ status, ...OF_THE_API });
    }
  });

  it('the answer to bytes that are no HTTP has them too', async () => {
    const answer = await sendBytes(service.url, 'NONSENSE\r\n\r\n');
    for (const [name, value] of Object.entries(OF_THE_API)) {
      if (value === null) expect(answer).not.toContain(`\r\n${name}:`);
      else expect(answer).toContain(`\r\n${name}: ${value}\r\n`);
    }
  });

  it('the cookie is of this host alone, over https alone, and no script reads it', () => {
    expect(cookies).toEqual([
      expect.stringMatching(/^__Host-winnow=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
  });

  it('no text becomes markup by itself on a page that has a script', async () => {
    for (const path of PAGES) {
      const { headers, text } = await person.get(path, { accept: BROWSER_ACCEPT });
      const policy = headers.get('content-security-policy') ?? '';
      if (!text.includes('<script')) expect(policy).not.toContain('script-src');
      else expect(policy).toContain("require-trusted-types-for 'script'; trusted-types winnow;");
    }
  });

  it.each(PAGES.filter((path) => path.startsWith('/desk')))(
    'the HTTP Observatory would give %s an A+',
    async (path) => {
      const { headers, text } = await person.get(path, { accept: BROWSER_ACCEPT });
      expect(scoreOf({ headers, text, cookies })).toBeGreaterThanOrEqual(110);
    },
  );
});

describe('without https', () => {
  it('no browser is told to come over https alone', async () => {
    const plain = await service.another({ PUBLIC_URL: 'http://comments.example' });
    const answer = await rawRequest(plain.url ?? '', { path: '/demo' });
    expect(headersOf(answer)).toMatchObject({ 'strict-transport-security': null, 'x-content-type-options': 'nosniff' });
  });
});
