import { expectProblem } from '../support/problems.js';
import { rawRequest } from '../support/raw-request.js';
import type { Answer } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const ORIGIN = 'https://blog.example';
const VALID = JSON.stringify({ author: { name: 'Ada', email: 'ada@analytical.org' }, body: 'Hm.' });

let service: TestService;
let site: TestSite;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  const origins = [ORIGIN, 'https://*.preview.example', 'http://localhost:8080'];
  site = await TestSite.make(await service.signIn(), service.anonymous, { key: 'blog', origins });
});

afterAll(() => service.close());

function from(origin: string, input: Record<string, unknown> = {}): Promise<Answer> {
  return service.anonymous.comment('blog', '/a', { body: `The ${String(++serial)}th word.`, ...input }, { origin });
}

function expectEchoed({ headers }: Answer<unknown>, origin: string): void {
  expect(headers.get('access-control-allow-origin')).toBe(origin);
  expect(headers.get('vary')?.toLowerCase().split(/, */)).toContain('origin');
  expect(headers.get('access-control-allow-credentials')).toBeNull();
}

describe('a submission', () => {
  it.each([ORIGIN, 'https://pr-12.preview.example', 'http://localhost:8080'])(
    'from %s is taken, and only that origin is echoed',
    async (origin) => {
      const answer = await from(origin);
      expect(answer.status).toBe(202);
      expectEchoed(answer, origin);
      const exposed = answer.headers.get('access-control-expose-headers')?.toLowerCase().split(/, */);
      expect(exposed).toEqual(expect.arrayContaining(['location', 'retry-after', 'ratelimit']));
    },
  );

  it.each([
    'https://evil.example',
    'https://blog.example.evil.example',
    'https://evilblog.example',
    'https://blog.example.',
    'http://blog.example',
    'https://blog.example:8443',
    'https://blog.example:443@evil.example',
    'https://preview.example',
    'https://a.b.preview.example',
    'https://evil.example#.preview.example',
    'https://evil.example/.preview.example',
    'https://.preview.example',
    'https://*.preview.example',
    'http://pr-12.preview.example',
    'http://localhost',
    'http://localhost:8081',
    'null',
    'file://',
    '*',
    'blog.example',
  ])('from %s is 403 and not echoed', async (origin) => {
    const answer = await from(origin);
    expectProblem(answer, 403, 'origin-not-registered');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('vary')?.toLowerCase()).toContain('origin');
  });

  it('of a refused origin stores nothing', async () => {
    const before = Object.values(await site.counts()).reduce((sum, count) => sum + count, 0);
    await from('https://evil.example');
    expect(Object.values(await site.counts()).reduce((sum, count) => sum + count, 0)).toBe(before);
  });

  it('from a page of the service itself is taken, by whatever name it was reached', async () => {
    const { port } = new URL(service.url);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'comments.test']) {
      const headers = { host, origin: `http://${host}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ author: { name: 'Ada', email: 'ada@analytical.org' }, body: `By way of ${host}.` });
      const path = site.articlePath('/a', '/comments');
      const answer = await rawRequest(service.url, { method: 'POST', path, headers, body });
      expect(answer.status).toBe(202);
      expectEchoed(answer, `http://${host}`);
    }
  });

  it('from another port of the host the service has is 403', async () => {
    expectProblem(await from('http://127.0.0.1:1'), 403, 'origin-not-registered');
  });

  it('without an origin is taken and echoes none, but says that it would matter', async () => {
    const answer = await service.anonymous.comment('blog', '/a');
    expect(answer.status).toBe(202);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('vary')?.toLowerCase()).toContain('origin');
  });

  it('is judged by the origins of its own site', async () => {
    const other = await TestSite.make(await service.signIn(), service.anonymous, {
      key: 'other',
      origins: ['https://other.example'],
    });
    expectProblem(await from('https://other.example'), 403, 'origin-not-registered');
    const answer = await service.anonymous.comment(other.key, '/a', {}, { origin: 'https://other.example' });
    expect(answer.status).toBe(202);
  });
});

describe('an error of a submission can be read by the page that sent it', () => {
  const path = '/v1/sites/blog/articles/%2Fa/comments';
  const json = { 'content-type': 'application/json' };
  const cases: [number, string, string | Uint8Array, Record<string, string>][] = [
    [422, 'an invalid body', '{}', json],
    [400, 'broken JSON', '{', json],
    [400, 'bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), json],
    [400, 'no body', '', json],
    [400, 'a wrong Idempotency-Key', VALID, { ...json, 'idempotency-key': 'x'.repeat(256) }],
    [413, 'too large a body', `{"x":"${'y'.repeat(300_000)}"}`, json],
    [415, 'plain text', 'hello', { 'content-type': 'text/plain' }],
    [415, 'a compressed body', '{}', { ...json, 'content-encoding': 'gzip' }],
  ];

  it.each(cases)('%i for %s', async (status, _what, body, headers) => {
    const answer = await service.anonymous.post(path, body, { ...headers, origin: ORIGIN });
    expectProblem(answer, status);
    expectEchoed(answer, ORIGIN);
  });

  it('409 for a closed article', async () => {
    await site.submit('/closed');
    await site.moderator.request('PATCH', site.articlePath('/closed'), { open: false });
    const answer = await service.anonymous.comment('blog', '/closed', { body: 'Late.' }, { origin: ORIGIN });
    expectProblem(answer, 409, 'article-closed');
    expectEchoed(answer, ORIGIN);
  });

  it('404 of an unknown site echoes nothing', async () => {
    const answer = await service.anonymous.comment('no-such-site', '/a', {}, { origin: ORIGIN });
    expectProblem(answer, 404, 'site-not-found');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a preflight', () => {
  const preflight = (origin: string): Promise<Answer> =>
    service.anonymous.request('OPTIONS', '/v1/sites/blog/articles/%2Fa/comments', undefined, {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,idempotency-key',
    });

  it.each([ORIGIN, 'https://pr-1.preview.example'])('of %s is allowed what a submission needs', async (origin) => {
    const answer = await preflight(origin);
    expect([200, 204]).toContain(answer.status);
    expectEchoed(answer, origin);
    const { headers } = answer;
    expect(headers.get('access-control-allow-methods')).toMatch(/\bPOST\b/);
    expect(headers.get('access-control-allow-headers')?.toLowerCase().split(/, */).sort()).toEqual([
      'content-type',
      'idempotency-key',
    ]);
    const exposed = headers.get('access-control-expose-headers')?.toLowerCase().split(/, */);
    expect(exposed).toEqual(expect.arrayContaining(['location', 'retry-after', 'ratelimit']));
  });

  it.each(['https://evil.example', 'null'])('of %s is refused', async (origin) => {
    const answer = await preflight(origin);
    expectProblem(answer, 403, 'origin-not-registered');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('reading', () => {
  const paths = [
    '/articles/%2Fa/comments',
    '/articles/%2Fa/feed.json',
    '/articles/%2Fa/feed.atom',
    '/articles/%2Fa/feed.rss',
    '/articles/%2Fa/feed.html',
    '/articles/%2Fa/form',
    '/feed.json',
    '/feed.atom',
    '/feed.rss',
    '/counts?article=%2Fa',
  ];

  it.each(paths)('%s is open to every origin', async (path) => {
    const answer = await service.anonymous.get(site.path(path), { origin: 'https://evil.example' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  it.each(paths)('%s says so also when it fails', async (path) => {
    const answer = await service.anonymous.get(`/v1/sites/no-such-site${path}`, { origin: 'https://evil.example' });
    expectProblem(answer, 404, 'site-not-found');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('a receipt is open to every origin, also one that does not exist', async () => {
    const { receipt } = await site.submit();
    for (const token of [receipt, 'none']) {
      const answer = await service.anonymous.get(`/v1/receipts/${token}`, { origin: 'https://evil.example' });
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  it.each(['/moderation/comments', '/moderation/summary', '/articles', '', '/api-keys'])(
    'what is not public (%s) is open to no other origin',
    async (path) => {
      const answer = await site.moderator.get(site.path(path), { origin: ORIGIN });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    },
  );
});
