import { Agent } from 'node:http';
import { expectProblem } from '../support/problems.js';
import { rawRequest, sendBytes } from '../support/raw-request.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const COMMENTS = '/v1/sites/blog/articles/%2Fa/comments';
const VALID = JSON.stringify({ author: { name: 'Ada', email: 'ada@analytical.org' }, body: 'Hm.' });

let service: TestService;
let operator: TestClient;
let site: TestSite;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  site = await TestSite.make(operator, service.anonymous, { key: 'blog' });
});

afterAll(() => service.close());

describe('404', () => {
  it.each(['/v1', '/v1/', '/v2/sites', '/v1/sites/blog/unknown', '/v1/Sites', '/v1/sites/blog//articles', '/%20'])(
    'for %s',
    async (path) => {
      const answer = await rawRequest(service.url, { path });
      expectProblem(answer, 404, 'not-found');
      expect(answer.body.instance).toBe(path);
    },
  );

  it.each(['BLOG', 'blog.', '-blog', 'b'.repeat(64), 'bl%00og', '%F0%9F%98%80', '..%2Fblog', '__proto__'])(
    'for a site called %s, which no site is',
    async (key) => {
      for (const path of ['/feed.json', '/counts?article=a', '/articles/a/comments', '/articles/a/form']) {
        expectProblem(await rawRequest(service.url, { path: `/v1/sites/${key}${path}` }), 404, 'site-not-found');
      }
    },
  );

  it('never shows the query, in which cursors and searches stand', async () => {
    const answer = await service.anonymous.get('/v1/nothing?q=secret&cursor=abc');
    expectProblem(answer, 404);
    expect(answer.body.instance).toBe('/v1/nothing');
    expect(answer.text).not.toContain('secret');
  });
});

describe('405', () => {
  it.each([
    ['PUT', COMMENTS, ['GET', 'HEAD', 'OPTIONS', 'POST']],
    ['DELETE', COMMENTS, ['GET', 'HEAD', 'OPTIONS', 'POST']],
    ['POST', '/v1/sites/blog/feed.json', ['GET', 'HEAD']],
    ['POST', '/v1/sites/blog/articles/a/feed.html', ['GET', 'HEAD']],
    ['PUT', '/v1/session', ['DELETE', 'GET', 'HEAD', 'POST']],
    ['GET', `${COMMENTS}/${ID}/approve`, ['POST']],
    ['POST', `${COMMENTS}/${ID}`, ['DELETE']],
    ['DELETE', '/v1/sites/blog/moderation/comments', ['GET', 'HEAD']],
    ['GET', '/v1/sites/blog/moderation/decisions', ['POST']],
    ['PUT', '/v1/sites/blog', ['DELETE', 'GET', 'HEAD', 'PATCH']],
  ])('%s %s names what is allowed', async (method, path, allowed) => {
    const answer = await service.anonymous.request(method, path);
    expectProblem(answer, 405, 'method-not-allowed');
    expect(answer.headers.get('allow')?.split(/, */).sort()).toEqual(allowed);
  });
});

describe('400', () => {
  it.each([
    '/v1/sites/blog/articles/%/comments',
    '/v1/sites/blog/articles/%E0%A4%A/comments',
    '/v1/sites/blog/articles/%FF/comments',
    '/v1/sites/blog/articles/%ED%A0%80/comments',
    '/v1/sites/blog/articles/a%00b/comments',
    '/v1/sites/blog/articles/a%0Ab/comments',
    '/v1/sites/blog/articles/%C2%85/comments',
    `/v1/sites/blog/articles/${'x'.repeat(513)}/comments`,
    `/v1/sites/blog/articles/${'%F0%9F%98%80'.repeat(513)}/comments`,
  ])('for the malformed path %s', async (path) => {
    expectProblem(await rawRequest(service.url, { path }), 400, 'malformed-path');
  });

  it('for an empty article key', async () => {
    const answer = await rawRequest(service.url, { path: '/v1/sites/blog/articles//comments' });
    expect([400, 404]).toContain(answer.status);
    expectProblem(answer, answer.status);
  });

  it.each(['x', '1', `${ID}0`, `%00`, `{${ID}}`, ID.replaceAll('-', '')])('for the id %s', async (id) => {
    const paths = [`${COMMENTS}/${id}/approve`, `/v1/sites/blog/moderation/comments/${id}`];
    expectProblem(await operator.post(paths[0] ?? ''), 400, 'malformed-path');
    expectProblem(await operator.get(paths[1] ?? ''), 400, 'malformed-path');
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=1e1',
    'limit=',
    'limit=٣',
    'limit=5&limit=5',
    'sort=random',
    'sort=oldest&sort=newest',
  ])('for the query %s, on every list', async (query) => {
    expectProblem(await service.anonymous.get(`${COMMENTS}?${query}`), 400, 'malformed-query');
    expectProblem(await operator.get(`/v1/sites/blog/moderation/comments?${query}`), 400, 'malformed-query');
    if (query.startsWith('sort')) return;
    for (const path of ['/v1/sites', '/v1/sites/blog/articles', '/v1/sites/blog/feed.atom']) {
      expectProblem(await operator.get(`${path}?${query}`), 400, 'malformed-query');
    }
  });

  it.each(['status=gone', 'status=', 'status=pending&status=spam', 'q=%00', `q=${'x'.repeat(201)}`, 'article=%00'])(
    'for the query %s of the queue',
    async (query) => {
      expectProblem(await operator.get(`/v1/sites/blog/moderation/comments?${query}`), 400, 'malformed-query');
    },
  );

  it.each(['x', '', 'AAAA', '%00', 'e30', 'null', '1', 'é'])('for the cursor %j, on every list', async (cursor) => {
    const lists = [COMMENTS, '/v1/sites', '/v1/sites/blog/articles', '/v1/sites/blog/moderation/comments'];
    for (const path of [...lists, '/v1/sites/blog/feed.json', '/v1/sites/blog/articles/a/feed.rss']) {
      expectProblem(await operator.get(`${path}?cursor=${cursor}`), 400);
    }
  });

  it('for bytes that are no HTTP, as a problem too', async () => {
    for (const bytes of ['GET / HTTP/9\r\n\r\n', 'nonsense\r\n\r\n', 'FOO / HTTP/1.1\r\nHost: x\r\n\r\n']) {
      const answer = await sendBytes(service.url, bytes);
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer.toLowerCase()).toContain('content-type: application/problem+json');
      expect(answer.toLowerCase()).toContain('x-request-id: ');
    }
  });
});

describe('bodies', () => {
  const asJson = { 'content-type': 'application/json' };

  it.each([
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/problem+json',
    'json',
    '*/*',
  ])('of the type %s are 415', async (type) => {
    const headers = { 'content-type': type };
    expectProblem(await service.anonymous.post(COMMENTS, VALID, headers), 415, 'unsupported-media-type');
    expectProblem(await operator.post('/v1/sites', '{"key":"x"}', headers), 415, 'unsupported-media-type');
  });

  it('without a type are 415', async () => {
    const answer = await rawRequest(service.url, { method: 'POST', path: COMMENTS, body: VALID });
    expectProblem(answer, 415, 'unsupported-media-type');
  });

  it.each(['gzip', 'br', 'deflate', 'GZIP', 'gzip, identity'])('compressed by %s are 415', async (coding) => {
    const headers = { ...asJson, 'content-encoding': coding };
    expectProblem(await service.anonymous.post(COMMENTS, VALID, headers), 415, 'unsupported-media-type');
  });

  it.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
  ])('of the type %s are read', async (type) => {
    expect((await service.anonymous.post(COMMENTS, VALID, { 'content-type': type })).status).toBe(202);
  });

  it('as forms are for submissions alone', async () => {
    await site.submit('/a');
    const form = (fields: Record<string, string>): URLSearchParams => new URLSearchParams(fields);
    const calls: [string, string, URLSearchParams][] = [
      ['POST', '/v1/session', form({ email: 'operator@winnow.test', password: 'correct horse battery' })],
      ['POST', '/v1/sites', form({ key: 'by-form', name: 'By form' })],
      ['PATCH', '/v1/sites/blog', form({ name: 'By form' })],
      ['PATCH', '/v1/sites/blog/articles/%2Fa', form({ title: 'By form' })],
      ['POST', `${COMMENTS}/${ID}/approve`, form({ reason: 'By form' })],
    ];
    for (const [method, path, body] of calls) {
      expectProblem(await operator.request(method, path, body), 415, 'unsupported-media-type');
    }
  });

  it('that are too large are 413, said in advance or found while they come', async () => {
    const headers = { ...asJson, 'transfer-encoding': 'chunked' };
    const body = `{"x":"${'y'.repeat(400_000)}"}`;
    const path = '/v1/session';
    expectProblem(await rawRequest(service.url, { method: 'POST', path, headers, body }), 413, 'body-too-large');
    const announced = { ...asJson, 'content-length': '999999999' };
    const answer = await rawRequest(service.url, { method: 'POST', path: COMMENTS, headers: announced, body: 'x' });
    expectProblem(answer, 413, 'body-too-large');
  });

  it('that are needed and empty are 400', async () => {
    for (const path of [COMMENTS, '/v1/session', '/v1/sites', '/v1/sites/blog/moderation/decisions']) {
      expectProblem(await operator.post(path), 400, 'malformed-body');
      expectProblem(await operator.post(path, '', asJson), 400, 'malformed-body');
    }
  });

  it.each(['null', '[]', '7', '"x"', 'true'])('that are %s and no object are 422', async (body) => {
    for (const path of [COMMENTS, '/v1/session', '/v1/sites', `${COMMENTS}/${ID}/approve`]) {
      expectProblem(await operator.post(path, body, asJson), 422, 'invalid-body');
    }
  });
});

describe('HEAD', () => {
  it.each(['/comments', '/feed.json', '/feed.atom', '/feed.rss', '/feed.html', '/form'])(
    'on an article’s %s answers like GET, without a body',
    async (path) => {
      const get = await service.anonymous.get(`/v1/sites/blog/articles/a${path}`);
      const head = await service.anonymous.request('HEAD', `/v1/sites/blog/articles/a${path}`);
      expect(head).toMatchObject({ status: 200, text: '' });
      for (const name of ['content-type', 'etag', 'cache-control', 'content-length', 'access-control-allow-origin']) {
        expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
      }
    },
  );

  it('on the event stream ends, so that the connection can be used again', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const cookie = await cookieOf();
    const ask = (path: string): Promise<Answer> =>
      rawRequest(service.url, { method: 'HEAD', path, headers: { cookie }, agent });
    expect((await ask('/v1/sites/blog/moderation/events')).status).toBeLessThan(500);
    expect((await ask('/v1/sites/blog/feed.json')).status).toBe(200);
    agent.destroy();
  }, 5_000);

  it('of what is unknown is 404 without a body', async () => {
    expect(await service.anonymous.request('HEAD', '/v1/receipts/none')).toMatchObject({ status: 404, text: '' });
  });
});

describe('X-Request-Id', () => {
  it('is new for each answer, and never what the client would like it to be', async () => {
    const { receipt } = await site.submit();
    const feed = '/v1/sites/blog/feed.json';
    const { headers } = await service.anonymous.get(feed);
    const form = new URLSearchParams({ name: 'Ada', email: 'a@b.org', body: 'Form.' });
    const answers = [
      await service.anonymous.get(`/v1/receipts/${receipt}`, { 'x-request-id': 'mine' }),
      await service.anonymous.get(feed, { 'if-none-match': headers.get('etag') ?? '' }),
      await service.anonymous.post(COMMENTS, form),
      await service.anonymous.request('OPTIONS', COMMENTS, undefined, { origin: service.url }),
      await service.anonymous.get('/nothing'),
      await operator.request('DELETE', '/v1/sites/demo'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 304, 303, 204, 404, 204]);
    const ids = answers.map((answer) => answer.headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(answers.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });
});

async function cookieOf(): Promise<string> {
  const credentials = { email: 'operator@winnow.test', password: 'correct horse battery' };
  const answer = await service.anonymous.post('/v1/session', credentials);
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
