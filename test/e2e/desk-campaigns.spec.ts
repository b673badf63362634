import { signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { attributeOf, expectPage, pathAfter, TestPage, textOf } from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const QUEUE = '/desk/sites/blog';

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

it('copies are found from one of them, decided about at once, and the page says what was done', async () => {
  const alone = await site.submitSettled();
  for (let n = 0; n < 4; n++) {
    await site.submitSettled('/a', {
      author: { email: `w${String(n)}@analytical.org` },
      body: `Hello ${'abcd'.charAt(n)}, we all ask the council to keep the little library at the corner open, ${String(n)}`,
    });
  }
  const queue = await open(QUEUE);
  const links = queue.all('a', { href: /[?&]campaign=/ });
  expect(links.map(textOf)).toEqual(Array(4).fill('4 near-identical comments'));

  const listed = await open(attributeOf(links[0]!, 'href') ?? '');
  expectPage(listed, 200);
  expect(listed.all('article')).toHaveLength(4);
  expect(listed.text).toContain('Only near-identical comments:');
  expect(listed.all('a').map(textOf)).not.toContain('4 near-identical comments');

  const answer = await listed.send(moderator, /\/campaigns\//, { decision: 'spam' });
  expect(answer.status).toBe(303);
  const after = await open(pathAfter(answer));
  expect(after.text).toContain('4 comments: marked as spam.');
  expect(after.all('article').map((card) => attributeOf(card, 'id'))).toEqual([`c-${alone.id}`]);
  expect(await site.counts()).toMatchObject({ pending: 1, spam: 4 });
});

it('a viewer sees the copies and no buttons', async () => {
  const viewer = await signInMember(service, 'viewer@blog.test', { blog: 'viewer' });
  const spam = await open(`${QUEUE}?status=spam`, viewer);
  const [link] = spam.all('a', { href: /[?&]campaign=/ });
  const listed = await open(attributeOf(link!, 'href') ?? '', viewer);
  expect(listed.all('article')).toHaveLength(4);
  expect(listed.all('form', { action: /campaigns/ })).toEqual([]);
});
