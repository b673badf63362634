import type { TestClient } from '../support/test-client.js';
import {
  BROWSER_ACCEPT,
  attributeOf,
  expectPage,
  fromOwnPage,
  pathAfter,
  TestPage,
  textOf,
} from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Submitted } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

/* What the widget does for a reader with a script, by plain forms: changing and deleting one's own, and reporting. */

const HOSTILE = `"><script>alert('&')</script>`;

let service: TestService;
let reader: TestClient;
let site: TestSite;

beforeAll(async () => {
  service = await startTestService();
  reader = service.anonymous;
  const origins = ['https://blog.example'];
  site = await TestSite.make(await service.signIn(), reader, { key: 'blog', name: 'The blog', origins });
});

afterAll(() => service.close());

const pathOf = ({ receipt }: Submitted): string => `/v1/receipts/${receipt}`;
const open = (path: string): Promise<TestPage> => TestPage.open(reader, path);

async function waiting(body?: string): Promise<Submitted> {
  const own = await site.submit('/a', body === undefined ? {} : { body });
  await site.settled(own.id);
  return own;
}

function send(path: string, fields: Record<string, string>, headers = fromOwnPage(reader)) {
  return reader.post(path, new URLSearchParams(fields), headers);
}

describe('the page of a receipt', () => {
  it('lets the author change the text, and shows that it is looked at again', async () => {
    const own = await waiting(`\nFirst line, ${HOSTILE}`);
    const page = await open(pathOf(own));
    expectPage(page, 200);
    const fields = page.fieldsOf(pathOf(own));
    expect(fields.get('body')).toContain(HOSTILE);
    const answer = await page.send(reader, pathOf(own), { body: 'Without a slip.' });
    expect(pathAfter(answer)).toBe(pathOf(own));
    expectPage(await open(pathOf(own)), 200);
    expect((await site.settled(own.id)).body).toBe('Without a slip.');
  });

  it('keeps what was typed when it cannot be taken, and says why', async () => {
    const own = await waiting();
    const empty = new TestPage(await send(pathOf(own), { action: 'edit', body: ' ' }));
    expectPage(empty, 422);
    expect(textOf(empty.one('p', { role: 'alert' }))).toContain('Write a comment');
    await site.moderator.request('PATCH', site.path(), { settings: { editMinutes: 0 } });
    await waitUntil(async () => (await open(pathOf(own))).all('textarea').length === 0, 'the setting is known');
    const late = new TestPage(await send(pathOf(own), { action: 'edit', body: 'Too late.' }));
    expectPage(late, 409);
    expect(textOf(late.one('p', { role: 'alert' }))).toContain('cannot be edited on this site');
    await site.moderator.request('PATCH', site.path(), { settings: { editMinutes: 15 } });
  });

  it('lets the author delete it for good, also after it was published, and then offers nothing more', async () => {
    const own = await waiting();
    await site.decided(own.id, 'publish');
    const answer = await send(pathOf(own), { action: 'delete' });
    const page = await open(pathAfter(answer));
    expect(textOf(page.one('h1'))).toBe('Your comment is deleted');
    expect(page.all('form')).toEqual([]);
    expect((await site.read(own.id)).status).toBe('deleted');
  });

  it('takes no form from a page of somebody else, and no JSON', async () => {
    const own = await waiting();
    const foreign = { accept: BROWSER_ACCEPT, origin: 'https://evil.example' };
    expectPage(new TestPage(await send(pathOf(own), { action: 'delete' }, foreign)), 403);
    expect((await reader.post(pathOf(own), { action: 'delete' })).status).toBe(415);
    expectPage(new TestPage(await send('/v1/receipts/none', { action: 'delete' })), 404);
    expect((await site.read(own.id)).status).toBe('pending');
  });
});

describe('a report', () => {
  const reportOf = async (id: string, article = '/a'): Promise<string> => {
    const feed = new TestPage(await reader.get(site.articlePath(article, '/feed.html')));
    const link = feed.all('a').find((one) => attributeOf(one, 'href')?.includes(id) && textOf(one) === 'Report');
    return new URL(attributeOf(link!, 'href') ?? '').pathname;
  };

  it('is made on a page that the ready HTML links to, and gets thanks and the way back', async () => {
    // An article of its own: the first comment says where it is.
    const input = { articleUrl: 'https://blog.example/b', author: { name: HOSTILE.slice(0, 90) } };
    const { id } = await site.published('/b', input);
    const path = await reportOf(id, '/b');
    const page = await open(path);
    expectPage(page, 200);
    expect(page.text).toContain('nobody is told who reported it');
    const thanks = new TestPage(await page.send(reader, path, { reason: 'An advertisement.' }));
    expectPage(thanks, 200);
    expect(textOf(thanks.one('h1'))).toBe('Thank you');
    expect(thanks.all('a', { href: `https://blog.example/b#comment-${id}` })).toHaveLength(1);
    expect((await site.read(id)).reports).toMatchObject({ count: 1 });
  });

  it('of what readers do not see is 404, and one that is too long comes back as it was typed', async () => {
    const own = await waiting();
    expectPage(await open(`/report/blog/%2Fa/${own.id}`), 404);
    expectPage(new TestPage(await send(`/report/blog/%2Fa/${own.id}`, {})), 404);
    const { id } = await site.published('/a');
    const long = 'x'.repeat(501);
    const page = new TestPage(await send(await reportOf(id), { reason: long }));
    expectPage(page, 422);
    expect(page.fieldsOf(/^\/report/).get('reason')).toBe(long);
  });

  it('is taken from no page of somebody else, nor from one without an origin', async () => {
    const { id } = await site.published('/a');
    for (const origin of ['https://evil.example', 'null']) {
      const headers = { accept: BROWSER_ACCEPT, origin };
      expectPage(new TestPage(await send(`/report/blog/%2Fa/${id}`, {}, headers)), 403);
    }
    expect((await site.read(id)).reports).toMatchObject({ count: 0 });
  });
});
