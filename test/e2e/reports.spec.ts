import { EventStream } from '../support/event-stream.js';
import { expectProblem } from '../support/problems.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Item } from '../support/test-site.js';

/* A reader reports a published comment, and a moderator looks at it. */

const ORIGIN = 'https://blog.example';

let service: TestService;
let operator: TestClient;
let site: TestSite;
let serial = 0;

beforeAll(async () => {
  service = await startTestService({ TRUST_PROXY: 'loopback' });
  operator = await service.signIn();
});

afterAll(() => service.close());

beforeEach(async () => {
  const key = `reports-${String(++serial)}`;
  site = await TestSite.make(operator, service.anonymous, { key, origins: [ORIGIN] });
});

function report(id: string, body?: unknown, headers: Record<string, string> = {}, article = '/a'): Promise<Answer> {
  return service.anonymous.request('POST', site.articlePath(article, `/comments/${id}/report`), body, headers);
}

const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });

async function reported(): Promise<readonly Item[]> {
  return (await site.queue('?status=published&reported=1')).items;
}

async function summaryOf(): Promise<Record<string, unknown>> {
  return (await operator.get(site.path('/moderation/summary'))).body;
}

describe('a report', () => {
  it('of a published comment is accepted, and the moderators see it with its reason', async () => {
    const [{ id }] = [await site.published(), await site.published()];
    expect(await reported()).toEqual([]);
    const answer = await report(id, { reason: 'It names a child.' });
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ id, status: 'reported' });
    const [item, ...more] = await reported();
    expect(more).toEqual([]);
    expect(item).toMatchObject({ id, status: 'published', reports: { count: 1, reasons: ['It names a child.'] } });
    expect(await summaryOf()).toMatchObject({ reported: 1 });
    expect((await operator.get(`/v1/moderation/summary?site=${site.key}`)).body).toMatchObject({ reported: 1 });
    const across = await operator.get<{ items: Item[] }>(
      `/v1/moderation/comments?site=${site.key}&status=published&reported=1`,
    );
    expect(across.body.items.map((one) => one.id)).toEqual([id]);
  });

  it('needs no reason, nor a body', async () => {
    const { id } = await site.published();
    expect((await report(id)).status).toBe(202);
    expect((await report(id, {}, from('198.51.100.1'))).status).toBe(202);
    expect((await report(id, { reason: ' ' }, from('192.0.2.1'))).status).toBe(202);
    expect((await reported())[0]?.reports).toEqual({ count: 3, reasons: [] });
  });

  it('counts once for a network, and is answered alike', async () => {
    const { id } = await site.published();
    const first = await report(id, { reason: 'One.' }, from('203.0.113.4'));
    const second = await report(id, { reason: 'Two.' }, from('203.0.113.250'));
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    await report(id, { reason: 'Three.' }, from('198.51.100.7'));
    expect((await reported())[0]?.reports).toEqual({ count: 2, reasons: ['One.', 'Three.'] });
  });

  it('shows the first five reasons', async () => {
    const { id } = await site.published();
    for (let n = 1; n <= 7; n++) await report(id, { reason: `Reason ${String(n)}.` }, from(`10.0.${String(n)}.1`));
    const { count, reasons } = (await reported())[0]!.reports;
    expect([count, reasons]).toEqual([7, [1, 2, 3, 4, 5].map((n) => `Reason ${String(n)}.`)]);
  });

  it('of what readers do not see is as of what is not there', async () => {
    const { id } = await site.submitSettled();
    const { id: gone } = await site.published();
    await site.decided(gone, 'delete');
    const { id: elsewhere } = await site.published('/b');
    const unknown = '01890a5d-ac96-774b-bcce-b302099a8057';
    const answers = [];
    for (const one of [id, gone, elsewhere, unknown]) answers.push(await report(one));
    for (const answer of answers) expectProblem(answer, 404, 'comment-not-found');
    expect(new Set(answers.map(({ body }) => body.detail)).size).toBe(1);
    const foreign = `/v1/sites/none/articles/a/comments/${id}/report`;
    expectProblem(await service.anonymous.post(foreign, {}), 404, 'site-not-found');
  });

  it('with a body that is none of ours is refused', async () => {
    const { id } = await site.published();
    expectProblem(await report(id, { reason: 'x'.repeat(501) }), 422, 'invalid-body');
    expectProblem(await report(id, { reasons: 'x' }), 422, 'invalid-body');
    expectProblem(await report('no-id', {}), 400, 'malformed-path');
    expect(await reported()).toEqual([]);
  });

  it('comes from the pages of the site and from no others', async () => {
    const { id } = await site.published();
    const taken = await report(id, {}, { origin: ORIGIN });
    expect(taken.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expectProblem(await report(id, {}, { origin: 'https://evil.example' }), 403, 'origin-not-registered');
    const path = site.articlePath('/a', `/comments/${id}/report`);
    const asked = { origin: ORIGIN, 'access-control-request-method': 'POST' };
    const preflight = await service.anonymous.request('OPTIONS', path, undefined, asked);
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type');
  });

  it('leaves the comment where it is, and shows readers nothing', async () => {
    const { id } = await site.published();
    const before = (await service.anonymous.get(site.articlePath('/a', '/comments'))).text;
    await report(id, { reason: 'A canarybird.' });
    const after = (await service.anonymous.get(site.articlePath('/a', '/comments'))).text;
    expect(after).toBe(before);
    expect(after).not.toContain('report');
  });

  it('is told to who follows the queue', async () => {
    const { id, version } = await site.published();
    const path = `${service.url}${site.path('/moderation/events')}`;
    const stream = await EventStream.open(path, operator.credentials);
    try {
      await report(id);
      const [event] = await stream.waitFor(1);
      expect(event).toEqual({
        id: '',
        event: 'changed',
        data: { id, from: 'published', status: 'published', version },
      });
    } finally {
      stream.close();
    }
  });
});

describe('reports', () => {
  it.each(['approve', 'publish', 'unpublish', 'spam', 'reject'])('are settled by %s', async (decision) => {
    const { id } = await site.published();
    await report(id);
    const item = await site.decided(id, decision);
    expect(item.reports).toEqual({ count: 0, reasons: [] });
    expect(await reported()).toEqual([]);
    expect(await summaryOf()).toMatchObject({ reported: 0 });
  });

  it('may come again of a network when the author has changed the text', async () => {
    const { id, receipt } = await site.submit();
    await site.settled(id);
    await site.decided(id, 'publish');
    await report(id, { reason: 'Rude.' });
    await service.anonymous.request('PATCH', `/v1/receipts/${receipt}`, { body: 'Not what it was, and ruder.' });
    await site.settled(id);
    await site.decided(id, 'publish');
    expect(await reported()).toEqual([]);
    await report(id, { reason: 'Ruder.' });
    expect((await reported())[0]?.reports).toEqual({ count: 1, reasons: ['Ruder.'] });
  });

  it('are a list of pages like the others', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.push((await site.published()).id);
    for (const id of ids) await report(id);
    const paged = await site.all('?status=published&reported=1&limit=1');
    expect(paged.map(({ id }) => id)).toEqual(ids);
    const { nextCursor } = await site.queue('?status=published&reported=1&limit=1');
    const other = await operator.get(site.path(`/moderation/comments?status=published&limit=1&cursor=${nextCursor!}`));
    expectProblem(other, 400, 'invalid-cursor');
    expectProblem(await operator.get(site.path('/moderation/comments?reported=yes')), 400, 'malformed-query');
  });
});
