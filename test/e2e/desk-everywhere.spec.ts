import { signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { attributeOf, BROWSER_ACCEPT, expectPage, pathAfter, TestPage, textOf } from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const EVERYWHERE = '/desk/queue';

let service: TestService;
let operator: TestClient;
let moderator: TestClient;
let one: TestSite;
let two: TestSite;
let foreign: TestSite;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  one = await TestSite.make(operator, service.anonymous, { key: 'one', name: 'Site one' });
  two = await TestSite.make(operator, service.anonymous, { key: 'two', name: 'Site two' });
  foreign = await TestSite.make(operator, service.anonymous, { key: 'foreign' });
  moderator = await signInMember(service, 'many@everywhere.test', { one: 'moderator', two: 'viewer' });
});

afterAll(() => service.close());

function ids(page: TestPage): string[] {
  return page.all('article', { id: /^c-/ }).map((card) => (attributeOf(card, 'id') ?? '').slice(2));
}

describe('the queue of all sites', () => {
  it('shows the comments of one’s own sites, each with its site, and decides on its own site', async () => {
    const first = await one.submitSettled('/first');
    const second = await two.submitSettled('/second');
    const hidden = await foreign.submitSettled('/hidden');
    const page = await TestPage.open(moderator, EVERYWHERE);
    expectPage(page, 200);
    expect(page.title).toBe('Pending (2), all your sites');
    expect(ids(page)).toEqual([first.id, second.id]);
    expect(page.answer.text).not.toContain(hidden.id);
    expect(textOf(page.one('article', { id: `c-${first.id}` }))).toContain('Site one');
    expect(page.all('form', { action: `/desk/sites/two/comments/${second.id}` })).toEqual([]);
    const action = `/desk/sites/one/comments/${first.id}`;
    const answer = await page.send(moderator, action, { decision: 'reject' });
    expect(pathAfter(answer)).toMatch(/^\/desk\/queue\?of=one&notice=/);
    const after = await TestPage.open(moderator, pathAfter(answer));
    expect(textOf(after.one('div', { class: 'notice' }))).toBe('Rejected Undo');
    expect(ids(after)).toEqual([second.id]);
    expect((await one.read(first.id)).status).toBe('rejected');
    const undone = await after.send(moderator, '/desk/sites/one/decisions', { decision: 'undo' });
    expect(ids(await TestPage.open(moderator, pathAfter(undone)))).toEqual([first.id, second.id]);
    expect(ids(await TestPage.open(operator, EVERYWHERE))).toContain(hidden.id);
  });

  it('tells nothing of a site of others, whatever the address says', async () => {
    const { id } = await foreign.submitSettled('/notice');
    const page = await TestPage.open(operator, EVERYWHERE);
    const path = pathAfter(await page.send(operator, `/desk/sites/foreign/comments/${id}`, { decision: 'spam' }));
    expect((await TestPage.open(operator, path)).text).toContain('Marked as spam');
    for (const made of [path, path.replace('of=foreign', 'of=one'), `${EVERYWHERE}?of=none&notice=x`]) {
      const seen = await TestPage.open(moderator, made);
      expectPage(seen, 200);
      expect(seen.all('div', { class: 'notice' })).toEqual([]);
    }
  });

  it('has tabs, a search, an order and further pages', async () => {
    const ids27 = await one.submitMany(27, '/many');
    const page = await TestPage.open(moderator, EVERYWHERE);
    expect(ids(page)).toHaveLength(25);
    const next = await TestPage.open(moderator, attributeOf(page.one('a', { rel: 'next' }), 'href') ?? '');
    expect(ids(next).length).toBeGreaterThan(0);
    expect(ids(next).some((id) => ids(page).includes(id))).toBe(false);
    const last = ids27.at(-1) ?? '';
    await one.decided(last, 'spam', undefined, '/many');
    expect(ids(await TestPage.open(moderator, `${EVERYWHERE}?status=spam`))).toContain(last);
    const needle = await two.submitSettled('/needle', { body: 'The needle of site two, among the hay.' });
    const found = await TestPage.open(moderator, `${EVERYWHERE}?q=needle&sort=newest`);
    expect(ids(found)).toEqual([needle.id]);
    expect(found.text).toContain('Only with “needle”: show all again');
    expect((await TestPage.open(moderator, `${EVERYWHERE}?q=nowhere`)).text).toContain('Nothing here matches that.');
    expectPage(await TestPage.open(moderator, `${EVERYWHERE}?status=eaten`), 400);
    expectPage(await TestPage.open(moderator, `${EVERYWHERE}?cursor=x`), 400);
  });

  it('is linked from the list of several sites, and asks to be signed in', async () => {
    expect(
      (await TestPage.open(moderator, '/desk/sites')).all('a', { href: EVERYWHERE, class: 'button' }),
    ).toHaveLength(1);
    const single = await signInMember(service, 'single@everywhere.test', { one: 'moderator' });
    expect((await TestPage.open(single, '/desk/sites')).all('a', { href: EVERYWHERE })).toEqual([]);
    const answer = await service.anonymous.get(EVERYWHERE, { accept: BROWSER_ACCEPT });
    expect(pathAfter(answer)).toBe(`/desk?to=${encodeURIComponent(EVERYWHERE)}`);
  });
});
