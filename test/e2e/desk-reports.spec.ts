import { signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { attributeOf, expectPage, pathAfter, TestPage, textOf } from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const QUEUE = '/desk/sites/blog';
const HOSTILE = '<script>alert(1)</script> "quoted" \u202e';

let service: TestService;
let site: TestSite;
let moderator: TestClient;

beforeAll(async () => {
  service = await startTestService();
  site = await TestSite.make(await service.signIn(), service.anonymous, { key: 'blog', name: 'The blog' });
  moderator = await signInMember(service, 'moderator@blog.test', { blog: 'moderator' });
});

afterAll(() => service.close());

const open = (path: string, client = moderator): Promise<TestPage> => TestPage.open(client, path);

async function report(id: string, reason?: string): Promise<void> {
  const body = reason === undefined ? {} : { reason };
  expect((await service.anonymous.post(site.articlePath('/a', `/comments/${id}/report`), body)).status).toBe(202);
}

const scriptsOf = (page: TestPage): string[] => page.all('script').map((one) => attributeOf(one, 'src') ?? '');
const tabsOf = (page: TestPage): string[] => page.all('a', { href: /[?&]reported=1/ }).map(textOf);

it('what readers reported has a tab of its own while there is something in it', async () => {
  const { id } = await site.published();
  await site.published();
  for (const path of [QUEUE, '/desk/queue']) expect(tabsOf(await open(path))).toEqual([]);
  await report(id, HOSTILE);
  for (const path of [QUEUE, '/desk/queue']) {
    const queue = await open(path);
    const [tab] = queue.all('a', { href: /[?&]reported=1/ });
    expect(textOf(tab!)).toBe('Reported 1');
    const listed = await open(attributeOf(tab!, 'href') ?? '');
    expectPage(listed, 200, scriptsOf(listed));
    expect(listed.title).toContain('Reported (1)');
    expect(listed.all('article').map((card) => attributeOf(card, 'id'))).toEqual([expect.stringContaining(id)]);
    expect(listed.text).toContain('Reported by 1 reader.');
    expect(listed.text).toContain('<script>alert(1)</script> "quoted" U+202E');
  }
});

it('to keep a reported comment settles it, and the list is empty again', async () => {
  const listed = await open(`${QUEUE}?status=published&reported=1`);
  const [id = ''] = listed.all('article').map((card) => attributeOf(card, 'id')?.slice(2));
  const answer = await listed.send(moderator, new RegExp(`/comments/${id}$`), { decision: 'approve' });
  const after = await open(pathAfter(answer));
  expectPage(after, 200, scriptsOf(after));
  expect(textOf(after.one('div', { class: 'notice' }))).toBe('Kept. Its reports are settled');
  expect(after.all('article')).toEqual([]);
  expect(await site.read(id)).toMatchObject({ status: 'published', version: 3, reports: { count: 0, reasons: [] } });
  expect(tabsOf(await open(QUEUE))).toEqual([]);
});

it('many can be kept at once', async () => {
  const ids = [(await site.published()).id, (await site.published()).id];
  for (const id of ids) await report(id);
  const listed = await open(`${QUEUE}?status=published&reported=1&all=1`);
  const picks = Object.fromEntries(ids.map((id) => [`pick.${id}`, '3']));
  const answer = await listed.send(moderator, /\/decisions$/, { decision: 'approve', ...picks });
  const after = await open(pathAfter(answer));
  expect(textOf(after.one('div', { class: 'notice' }))).toBe('2 comments kept. Their reports are settled');
  expect(after.all('article')).toEqual([]);
  for (const id of ids) expect((await site.read(id)).reports.count).toBe(0);
});
