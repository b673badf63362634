import { asSuperuser, signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import {
  BROWSER_ACCEPT,
  attributeOf,
  elementsIn,
  expectPage,
  fromOwnPage,
  pathAfter,
  TestPage,
  textOf,
} from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

const ARTICLES = '/desk/sites/blog/articles';
const HOSTILE = `"><script>alert('&')</script>`;

let service: TestService;
let owner: TestClient;
let site: TestSite;

beforeAll(async () => {
  service = await startTestService();
  site = await TestSite.make(await service.signIn(), service.anonymous, {
    key: 'blog',
    name: 'The blog',
    origins: ['https://blog.example'],
  });
  owner = await signInMember(service, 'owner@articles.test', { blog: 'owner' });
});

afterAll(() => service.close());

const open = (path = ARTICLES, client = owner): Promise<TestPage> => TestPage.open(client, path);
const namesOn = (page: TestPage): string[] => page.all('h2').map(textOf);

async function change(page: TestPage, key: string, fields: Record<string, string>): Promise<TestPage> {
  const context = Object.fromEntries(page.fieldsOf(ARTICLES));
  const form = new URLSearchParams({ ...context, key, ...fields });
  form.delete(fields.open === undefined ? 'open' : 'title');
  const answer = await owner.post(ARTICLES, form, fromOwnPage(owner));
  return answer.status === 303 ? open(pathAfter(answer)) : new TestPage(answer);
}

describe('the articles of a site', () => {
  it('are none at first, and the page says what makes one', async () => {
    const page = await open();
    expectPage(page, 200);
    expect(page.text).toContain('known from its first comment on');
  });

  it('stand there with title, address, count and the way to their queue', async () => {
    await site.published('/rye', { articleTitle: 'Rye & wheat', articleUrl: 'https://blog.example/rye' });
    await site.submitSettled(`/x${HOSTILE}`);
    const page = await open();
    expectPage(page, 200);
    expect(namesOn(page)).toEqual(['Rye & wheat', `/x${HOSTILE}`]);
    expect(page.all('a', { href: 'https://blog.example/rye' })).toHaveLength(1);
    expect(page.text).toContain('1 published comment');
    const queue = page.all('a', { href: /article=/ }).map((link) => attributeOf(link, 'href') ?? '');
    expect((await open(queue[1])).all('article')).toHaveLength(1);
    expect((await open()).all('a', { href: ARTICLES }).map(textOf)).toContain('Articles');
  });

  it('are found by a part of key or title, whatever its case', async () => {
    expect(namesOn(await open(`${ARTICLES}?q=WHEAT`))).toEqual(['Rye & wheat']);
    expect(namesOn(await open(`${ARTICLES}?q=%2Fx`))).toEqual([`/x${HOSTILE}`]);
    expect((await open(`${ARTICLES}?q=%25`)).text).toContain('No article has that');
    const { body } = await owner.get<{ items: { key: string }[] }>('/v1/sites/blog/articles?q=wheat');
    expect(body.items.map(({ key }) => key)).toEqual(['/rye']);
  });

  it('are closed, reopened and renamed, in the list one has searched', async () => {
    const closed = await change(await open(`${ARTICLES}?q=wheat`), '/rye', { open: 'no' });
    expectPage(closed, 200);
    expect(closed.text).toContain('The article is closed.');
    expect(namesOn(closed)).toEqual(['Rye & wheat']);
    expect((await service.anonymous.comment('blog', '/rye')).status).toBe(409);
    expect((await change(closed, '/rye', { open: 'yes' })).text).toContain('takes comments again');
    expect((await service.anonymous.comment('blog', '/rye')).status).toBe(202);
    expect(namesOn(await change(await open(), '/rye', { title: ' Only rye ' }))[0]).toBe('Only rye');
    expect(namesOn(await change(await open(), '/rye', { title: '' }))[0]).toBe('/rye');
    const gone = await change(await open(), '/gone', { open: 'no' });
    expectPage(gone, 404);
    expect(gone.text).toContain('There is no such article any more.');
  });

  it('that are closed by their age say so, and no other does', async () => {
    const closed = async (): Promise<string[]> => {
      const rows = (await open()).all('li').filter((row) => textOf(row).includes('Closed by its age.'));
      return rows.flatMap(elementsIn).flatMap((part) => (part.tagName === 'h2' ? textOf(part) : []));
    };
    await owner.request('PATCH', '/v1/sites/blog', { settings: { closeAfterDays: 2 } });
    await asSuperuser(service, `update article set created_at = now() - interval '47 hours' where key = '/rye'`);
    expect(await closed()).toEqual([]);
    await asSuperuser(service, `update article set created_at = now() - interval '49 hours' where key = '/rye'`);
    expect(await closed()).toEqual(['/rye']);
    expect((await service.anonymous.comment('blog', '/rye', { body: 'Two days late.' })).status).toBe(409);
    await owner.request('PATCH', '/v1/sites/blog', { settings: { closeAfterDays: null } });
    await waitUntil(async () => (await closed()).length === 0, 'no page is too old');
  });

  it('go on on another page when there are many', async () => {
    await Promise.all(Array.from({ length: 51 }, (_, n) => site.submit(`/many-${String(n)}`)));
    const next = attributeOf((await open(`${ARTICLES}?q=many`)).one('a', { rel: 'next' }), 'href') ?? '';
    const second = await open(next);
    expect(namesOn(second)).toHaveLength(1);
    expect(second.all('a', { href: `${ARTICLES}?q=many` })).toHaveLength(1);
  });

  it('are changed by owners only, and by no form of another page', async () => {
    const form = new URLSearchParams({ key: '/rye', open: 'no' });
    for (const role of ['viewer', 'moderator'] as const) {
      const client = await signInMember(service, `${role}@articles.test`, { blog: role });
      expectPage(await open(ARTICLES, client), 403);
      expectPage(new TestPage(await client.post(ARTICLES, form, fromOwnPage(client))), 403);
    }
    const forged = { accept: BROWSER_ACCEPT, 'sec-fetch-site': 'cross-site' };
    expectPage(new TestPage(await owner.post(ARTICLES, form, forged)), 403);
  });
});
