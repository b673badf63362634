import { createHash } from 'node:crypto';
import { makeLogger } from '../../src/platform/logging/logger.js';
import { SITE_ROUTES } from '../support/routes.js';
import { rawRequest, sendBytes } from '../support/raw-request.js';
import { makeAccount } from '../support/test-accounts.js';
import { startServiceHere } from '../support/service-here.js';
import { OPERATOR, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly requestId?: string;
  readonly [member: string]: unknown;
}

class Lines {
  text = '';

  write(line: string): void {
    this.text += line;
  }

  get all(): Line[] {
    return this.text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line);
  }

  async of(requestId: string | null, msg = 'request'): Promise<Line[]> {
    const found = (): Line[] => this.all.filter((line) => line.requestId === requestId && line.msg === msg);
    await waitUntil(() => found().length > 0, `a line of the request ${requestId ?? '?'}`);
    return found();
  }
}

async function start(
  level: string,
  more: Record<string, string> = {},
): Promise<{ service: TestService; lines: Lines }> {
  const lines = new Lines();
  const service = await startServiceHere({ LOG_LEVEL: level, ...more }, makeLogger(level, lines));
  return { service, lines };
}

describe('the log at info', () => {
  let service: TestService;
  let lines: Lines;

  beforeAll(async () => {
    ({ service, lines } = await start('info', { TRUST_PROXY: 'loopback' }));
  });

  afterAll(() => service.close());

  it('has one line for a submission, under the id the answer carries, with site, comment and status', async () => {
    const answer = await service.anonymous.comment('demo', '/a');
    expect(await lines.of(answer.headers.get('x-request-id'))).toEqual([
      expect.objectContaining({
        level: 'info',
        msg: 'request',
        method: 'POST',
        route: '/v1/sites/:site/articles/:article/comments',
        site: 'demo',
        commentId: answer.body.id,
        status: 202,
        ms: expect.any(Number) as number,
      }),
    ]);
  });

  it('has the line of the worker that judged it under the same id, with the verdict and where it went', async () => {
    const answer = await service.anonymous.comment('demo', '/followed');
    expect(await lines.of(answer.headers.get('x-request-id'), 'screened')).toEqual([
      expect.objectContaining({
        commentId: answer.body.id,
        verdict: expect.stringMatching(/^(ham|unsure|spam)$/) as string,
        to: 'pending',
        ms: expect.any(Number) as number,
      }),
    ]);
  });

  it('names the problem of a refused change, and the comment of a decision', async () => {
    const operator = await service.signIn();
    const site = await TestSite.make(operator, service.anonymous, { key: 'blog' });
    const { id } = await site.submitSettled();
    const approved = await site.decide(id, 'approve');
    expect(await lines.of(approved.headers.get('x-request-id'))).toMatchObject([{ site: 'blog', commentId: id }]);
    const refused = await service.anonymous.post(site.articlePath('/a', '/comments'), {});
    expect(await lines.of(refused.headers.get('x-request-id'))).toMatchObject([
      { status: 422, problem: 'invalid-body', site: 'blog' },
    ]);
  });

  it('is silent about what only reads', async () => {
    const read = await service.anonymous.get('/v1/sites/demo/articles/a/comments');
    const submitted = await service.anonymous.comment('demo', '/later');
    await lines.of(submitted.headers.get('x-request-id'));
    expect(lines.text).not.toContain(String(read.headers.get('x-request-id')));
  });

  it('takes over the id of a trusted proxy where it looks harmless, and makes its own where it does not', async () => {
    const ask = (id: string): Promise<string | null> =>
      rawRequest(service.url, { path: '/health/live', headers: { 'x-request-id': id } }).then(({ headers }) =>
        headers.get('x-request-id'),
      );
    for (const good of ['0af76519-16cd.43dd_8448', 'a'.repeat(64), '12345678']) expect(await ask(good)).toBe(good);
    for (const bad of [
      'short',
      'a'.repeat(65),
      'with space in it',
      'quote"inside"it',
      'ümlautümlaut',
      '"}{"level":1',
    ]) {
      expect(await ask(encodeURI(bad) === bad ? bad : Buffer.from(bad).toString('latin1'))).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('the id of a request', () => {
  it('is our own when no proxy is trusted, whatever the client claims', async () => {
    const { service } = await start('silent');
    const claimed = await service.anonymous.get('/health/live', { 'x-request-id': 'claimed-by-a-client' });
    expect(claimed.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    await service.close();
  });
});

const CANARY = {
  email: 'canary.person@private-canary.example',
  name: 'Canary Q. Personname',
  text: 'the canary text of a private thought',
  password: 'canary password 77',
  key: 'wk_canary0123456789abcdefghijklmnopqrstuv',
  receipt: 'canaryReceiptAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  token: 'canaryInvitationTokenBBBBBBBBBBBBBBBBBBBBBBB',
} as const;

/** The shapes in which it might come out: as it is, as bytes in hex or base64, or digested. */
function shapesOf(canary: string): string[] {
  const bytes = Buffer.from(canary);
  const inner = (encoded: string): string => encoded.replace(/=+$/, '').slice(0, -2);
  return [
    ...[canary, canary.toLowerCase(), encodeURIComponent(canary), JSON.stringify(canary).slice(1, -1)],
    ...[bytes.toString('hex'), inner(bytes.toString('base64')), inner(bytes.toString('base64url'))],
    ...['md5', 'sha1', 'sha256'].flatMap((name) => {
      const digest = createHash(name).update(canary).digest();
      return [digest.toString('hex'), inner(digest.toString('base64')), inner(digest.toString('base64url'))];
    }),
  ];
}

describe('the log at trace', () => {
  it('holds nothing personal and no secret, over every route and its failures', async () => {
    const { service, lines } = await start('trace', { METRICS_TOKEN: 'canary-metrics-token-1' });
    try {
      await walkEverything(service);
      await waitUntil(() => lines.all.length > 100, 'the log is written');
      const secrets = [...Object.values(CANARY), OPERATOR.email, OPERATOR.password, 'canary-metrics-token-1'];
      const found = secrets.flatMap((secret) => shapesOf(secret).filter((shape) => lines.text.includes(shape)));
      expect(found).toEqual([]);
      expect(lines.text).not.toMatch(/canary/i);
    } finally {
      await service.close();
    }
    expect(lines.text).not.toMatch(/canary/i);
  }, 60_000);
});

/** Every route, right and wrong, with a canary wherever something can be written. */
async function walkEverything(service: TestService): Promise<void> {
  const { anonymous } = service;
  const operator = await service.signIn();
  const site = await TestSite.make(operator, anonymous, { key: 'blog', origins: ['https://blog.example'] });
  await makeAccount(service, CANARY.email, { blog: 'owner' }, CANARY.password);
  const author = { name: CANARY.name, email: CANARY.email, url: `https://private-canary.example/${CANARY.token}` };
  const article = `/${CANARY.token}`;
  const submitted = await site.submit(article, { author, body: CANARY.text, articleTitle: CANARY.text });
  await site.settled(submitted.id);
  await anonymous.comment('blog', article, { author: { ...author, email: `${CANARY.email} @` }, body: CANARY.text });
  await anonymous.comment('blog', article, { author, body: CANARY.text.repeat(1000), [CANARY.token]: CANARY.text });
  await anonymous.comment(CANARY.token.toLowerCase(), article, { author });
  await anonymous.comment('blog', article, { author, body: CANARY.text, parentId: CANARY.token });
  await anonymous.comment('blog', article, { author, body: CANARY.text }, { 'idempotency-key': CANARY.token });
  await anonymous.comment('blog', article, { author, body: 'another' }, { 'idempotency-key': CANARY.token });
  await anonymous.comment('blog', article, { author }, { origin: `https://${CANARY.token}.example` });
  await anonymous.post(site.articlePath(article, '/comments'), new URLSearchParams({ ...author, body: CANARY.text }));
  await anonymous.post('/v1/session', `{"email": "${CANARY.email}", "password": "${CANARY.password}"`);
  await anonymous.post('/v1/session', { email: CANARY.email, password: `${CANARY.password}!` });
  const person = await anonymous.signIn(CANARY.email, CANARY.password);
  await person.get('/v1/session');
  for (const path of [`/v1/receipts/${CANARY.receipt}`, `/v1/receipts/${submitted.receipt}`, `/${CANARY.token}`]) {
    await anonymous.get(`${path}?email=${encodeURIComponent(CANARY.email)}`);
  }
  const wrongKey = anonymous.withKey(CANARY.key);
  for (const client of [operator, person, anonymous, wrongKey]) {
    for (const { method, path, body } of SITE_ROUTES) {
      if (path.includes('/events')) continue;
      const address = site.path(path.replace('{id}', submitted.id));
      await client.request(method, address, body === undefined ? undefined : { ...body, note: CANARY.text });
      if (method === 'GET') await client.get(`${address}?q=${encodeURIComponent(CANARY.text)}&cursor=${CANARY.token}`);
    }
    await client.get('/metrics');
  }
  await site.decide(submitted.id, 'reject', { reason: CANARY.text, note: CANARY.email }, article);
  await site.decide(submitted.id, 'publish', undefined, article);
  for (const file of ['comments', 'feed.json', 'feed.atom', 'feed.rss', 'feed.html']) {
    await anonymous.get(`${site.articlePath(article)}/${file}`);
  }
  await anonymous.get(site.path(`/counts?article=${CANARY.token}`));
  await site.decide(submitted.id, 'delete', undefined, article);
  await sendBytes(service.url, `GET /${CANARY.token} NONSENSE ${CANARY.email}\r\n\r\n`);
}
