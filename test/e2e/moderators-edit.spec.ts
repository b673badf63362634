import { expectProblem } from '../support/problems.js';
import { signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { attributeOf, expectPage, fromOwnPage, pathAfter, TestPage, textOf } from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, unlikeOthers, type Item } from '../support/test-site.js';

/* A moderator changes the text of a comment, by program and at the desk. */

const MO = 'moderator@blog.test';
const HOSTILE = '<img src=x onerror=alert(1)> & "quoted"';

let service: TestService;
let operator: TestClient;
let moderator: TestClient;
let site: TestSite;
let serial = 9_500;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  site = await TestSite.make(operator, service.anonymous, { key: 'blog', name: 'The blog' });
  moderator = await signInMember(service, MO, { blog: 'moderator' });
});

afterAll(() => service.close());

const pathOf = (id: string): string => site.path(`/moderation/comments/${id}`);
const deskOf = (id: string): string => `/desk/sites/blog/comments/${id}`;

function edit(id: string, body: unknown, client = moderator): Promise<Answer<Item & { code?: string }>> {
  return client.request('PATCH', pathOf(id), body);
}

describe('a moderator’s edit', () => {
  it('of a published comment shows at once, keeps its place and its status, and leaves the old text in the history', async () => {
    const { id, version } = await site.published();
    const before = await site.read(id);
    const body = `${unlikeOthers(++serial)} *Mended.*`;
    const answer = await edit(id, { version, body, reason: 'A telephone number taken out.' });
    expect(answer.status).toBe(200);
    const { html, editedAt } = answer.body;
    expect(answer.body).toMatchObject({ status: 'published', version: version + 1, body });
    expect(html).toContain('<em>Mended.</em>');
    const thread = await service.anonymous.get(site.articlePath('/a', '/comments'));
    expect(thread.text).toContain('<em>Mended.</em>');
    expect(thread.text).not.toContain(before.body);
    const after = await site.read(id);
    expect(after.publishedAt).toBe(before.publishedAt);
    expect(after.verdict).toEqual(before.verdict);
    expect(after.revisions).toEqual([{ body: before.body, replacedAt: editedAt, replacedBy: MO }]);
    expect(after.events.at(-1)).toMatchObject({
      ...{ action: 'edit', from: 'published', to: 'published', by: MO },
      reason: 'A telephone number taken out.',
    });
    const feed = await service.anonymous.get<{ items: Record<string, string>[] }>(site.path('/feed.json'));
    expect(feed.body.items.find((one) => one.id?.includes(id))).toMatchObject({ date_modified: editedAt });
  });

  it('with a stale version is 412, and the same text again is no error', async () => {
    const { id, version } = await site.published();
    const { body } = await site.read(id);
    expectProblem(await edit(id, { version: version - 1, body: 'Late.' }), 412, 'version-conflict');
    const same = await edit(id, { version: version - 1, body });
    expect([same.status, same.body.version]).toEqual([200, version]);
    expect((await site.read(id)).revisions).toEqual([]);
  });

  it('is possible while it is pending, approved or published, and else is refused', async () => {
    const steps = { restore: 200, approve: 200, unpublish: 200, reject: 409, spam: 409, delete: 409 };
    const { id } = await site.published();
    for (const [decision, status] of Object.entries(steps)) {
      const { version } = await site.decided(id, decision);
      const answer = await edit(id, { version, body: unlikeOthers(++serial) });
      expect([decision, answer.status]).toEqual([decision, status]);
      if (status === 409) expectProblem(answer, 409, 'move-refused');
    }
  });

  it('is no decision: nothing of it can be undone, and what was decided before cannot either', async () => {
    const { id, version } = await site.published();
    await edit(id, { version, body: unlikeOthers(++serial) });
    expectProblem(await site.decide(id, 'undo'), 409, 'nothing-to-undo');
    expect((await site.decided(id, 'unpublish')).status).toBe('approved');
    expect((await site.decided(id, 'undo')).status).toBe('published');
  });

  it('is found by its new text and not by the old one', async () => {
    const { id, version } = await site.published();
    const { body } = await site.read(id);
    const text = unlikeOthers(++serial);
    await edit(id, { version, body: text });
    const found = async (q: string): Promise<string[]> => {
      return (await site.queue(`?status=published&q=${encodeURIComponent(q)}`)).items.map((item) => item.id);
    };
    expect(await found(text)).toEqual([id]);
    expect(await found(body)).toEqual([]);
  });

  it('is checked like a submission, and names its version', async () => {
    const { id, version } = await site.published();
    for (const body of [{ version, body: ' ' }, { body: 'Without.' }, { version: 0, body: 'Hm.' }, { version }]) {
      expectProblem(await edit(id, body), 422, 'invalid-body');
    }
  });

  it('is for moderators of the site', async () => {
    const { id, version } = await site.published();
    const viewer = await signInMember(service, 'viewer@blog.test', { blog: 'viewer' });
    expectProblem(await edit(id, { version, body: 'Hm.' }, viewer), 403, 'forbidden');
    expectProblem(await edit(id, { version, body: 'Hm.' }, service.anonymous), 401, 'not-signed-in');
    expectProblem(
      await edit('01890a5d-ac96-774b-bcce-b302099a8057', { version, body: 'Hm.' }),
      404,
      'comment-not-found',
    );
  });
});

describe('at the desk', () => {
  const open = (path: string, client = moderator): Promise<TestPage> => TestPage.open(client, path);
  const editOf = (id: string): string => `${deskOf(id)}/edit`;

  it('a comment is edited from its page, which shows afterwards what it said before', async () => {
    const { id } = await site.published();
    const { body } = await site.read(id);
    const before = await open(deskOf(id));
    expect(before.all('ol', { class: /texts/ })).toEqual([]);
    const page = await open(attributeOf(before.one('a', { href: /\/edit$/ }), 'href') ?? '');
    expectPage(page, 200);
    expect(textOf(page.one('textarea', { name: 'body' })).trim()).toBe(body);
    const text = `${unlikeOthers(++serial)}\r\n${HOSTILE}`;
    const answer = await page.send(moderator, /\/edit$/, { body: text, reason: 'Mended.' });
    const after = await open(pathAfter(answer));
    expectPage(after, 200);
    expect(after.text).toContain('The text is changed.');
    expect(after.text).toContain('It was edited on');
    expect(textOf(after.one('ol', { class: /texts/ }))).toContain(body);
    expect(textOf(after.one('ol', { class: /texts/ }))).toContain(`until ${MO} edited it`);
    expect((await site.read(id)).body).toBe(text.replace('\r', ''));
    const again = await (await open(editOf(id))).send(moderator, /\/edit$/, {});
    expect((await open(pathAfter(again))).text).toContain('The text is as it was.');
    expect((await site.read(id)).revisions).toHaveLength(1);
  });

  it('what was typed is kept when somebody was faster, or it is no text', async () => {
    const { id } = await site.published();
    const page = await open(editOf(id));
    await site.decided(id, 'unpublish');
    const fields = page.fieldsOf(/\/edit$/, { body: HOSTILE, reason: 'Why not.' });
    const refused = new TestPage(await moderator.post(editOf(id), fields, fromOwnPage(moderator)));
    expectPage(refused, 412);
    expect(refused.title).toContain('Somebody was faster');
    expect(textOf(refused.one('textarea', { name: 'body' })).trim()).toBe(HOSTILE);
    expect(attributeOf(refused.one('input', { name: 'reason' }), 'value')).toBe('Why not.');
    expect((await refused.send(moderator, /\/edit$/, {})).status).toBe(303);
    expect(await site.read(id)).toMatchObject({ status: 'approved', body: HOSTILE });
    const blank = page.fieldsOf(/\/edit$/, { body: ' ' });
    expectPage(new TestPage(await moderator.post(editOf(id), blank, fromOwnPage(moderator))), 422);
  });

  it('what is hidden in a text is marked beside the field that holds it', async () => {
    const { id } = await site.published('/a', { body: 'Buy \u202eeroom in this shop of ours, please.' });
    expect((await open(editOf(id))).text).toContain('Buy U+202Eeroom');
  });

  it('there is no such form for a viewer, nor for what cannot be edited', async () => {
    const viewer = await signInMember(service, 'reader@blog.test', { blog: 'viewer' });
    const { id } = await site.published();
    expect((await open(deskOf(id), viewer)).all('a', { href: /\/edit$/ })).toEqual([]);
    expect((await open(editOf(id), viewer)).answer.status).toBe(403);
    await site.decided(id, 'spam');
    expect((await open(deskOf(id))).all('a', { href: /\/edit$/ })).toEqual([]);
    const page = await open(editOf(id));
    expectPage(page, 200);
    expect(page.all('form', { action: /\/edit$/ })).toEqual([]);
  });
});
