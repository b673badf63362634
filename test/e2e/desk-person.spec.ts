import { signInMember } from '../support/test-accounts.js';
import { expectPage, pathAfter, TestPage } from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

/* What is kept of a comment's author, at the desk and without a script. */

const EMAIL = 'lin@analytical.org';

let service: TestService;
let site: TestSite;

beforeAll(async () => {
  service = await startTestService();
  site = await TestSite.make(await service.signIn(), service.anonymous, { key: 'blog' });
});

afterAll(() => service.close());

it('an owner exports it as a file, and erases it when asked twice', async () => {
  const owner = await signInMember(service, 'owner@person.test', { blog: 'owner' });
  const { id } = await site.submitSettled('/a', { author: { email: EMAIL } });
  const other = await site.submitSettled('/b', { author: { email: EMAIL.toUpperCase() } });
  const path = `/desk/sites/blog/comments/${id}`;
  expect((await TestPage.open(owner, path)).all('a', { href: `${path}/person` })).toHaveLength(1);
  const page = await TestPage.open(owner, `${path}/person`);
  expectPage(page, 200);
  const file = await page.send(owner, `${path}/person/export`, {});
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  const { comments } = JSON.parse(file.text) as { comments: { id: string }[] };
  expect(comments.map((comment) => comment.id)).toEqual([id, other.id]);

  const question = new TestPage(await page.send(owner, `${path}/person/erase`, {}));
  expectPage(question, 200);
  expect(question.text).toContain('This cannot be undone.');
  expect((await site.read(id)).status).toBe('pending');
  const erased = await question.send(owner, `${path}/person/erase`, {});
  expect(erased.status).toBe(303);
  expect(pathAfter(erased)).not.toContain('analytical');
  const after = await TestPage.open(owner, pathAfter(erased));
  expect(after.text).toContain('Erased all that was kept of this person: 2 comments.');
  expect([(await site.read(id)).status, (await site.read(other.id)).status]).toEqual(['deleted', 'deleted']);
  expect((await TestPage.open(owner, `${path}/person`)).text).toContain(
    'Nothing tells any more whose this comment is.',
  );
  expect((await TestPage.open(owner, '/desk/sites/blog/audit')).text).toContain(
    'owner@person.test erased what is kept of an author, with 2 comments.',
  );
});

it('a moderator is neither led there nor let in', async () => {
  const mo = await signInMember(service, 'mo@person.test', { blog: 'moderator' });
  const { id } = await site.submitSettled('/a', { author: { email: EMAIL } });
  const path = `/desk/sites/blog/comments/${id}`;
  expect((await TestPage.open(mo, path)).all('a', { href: `${path}/person` })).toEqual([]);
  expectPage(await TestPage.open(mo, `${path}/person`), 403);
});
