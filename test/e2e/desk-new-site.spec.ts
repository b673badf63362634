import { signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { BROWSER_ACCEPT, expectPage, fromOwnPage, pathAfter, TestPage, textOf } from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const NEW_SITE = '/desk/new-site';
const FORGED = { accept: BROWSER_ACCEPT, 'sec-fetch-site': 'cross-site' };

let service: TestService;
let operator: TestClient;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  await TestSite.make(operator, service.anonymous, { key: 'blog', name: 'The blog' });
});

afterAll(() => service.close());

async function send(
  client: TestClient,
  path: string,
  action: string,
  fields: Record<string, string> = {},
): Promise<TestPage> {
  const answer = await (await TestPage.open(client, path)).send(client, action, fields);
  return answer.status === 303 ? TestPage.open(client, pathAfter(answer)) : new TestPage(answer);
}

async function siteKeys(): Promise<string[]> {
  return (await operator.get<{ items: { key: string }[] }>('/v1/sites?limit=100')).body.items.map(({ key }) => key);
}

describe('a new site', () => {
  it('is made by an operator, who comes to its settings', async () => {
    expect((await TestPage.open(operator, '/desk/sites')).all('a', { href: NEW_SITE })).toHaveLength(1);
    const fields = { key: ' garden ', name: 'Garden & co', origins: 'https://garden.example\r\n' };
    const page = await send(operator, NEW_SITE, NEW_SITE, fields);
    expectPage(page, 200);
    expect(page.text).toContain('The site is made.');
    expect(textOf(page.one('h1'))).toBe('Settings of Garden & co');
    expect(page.fieldsOf('/desk/sites/garden/settings').get('origins')).toBe('https://garden.example');
  });

  it('is called by its key when it is given no name, also when that is "new"', async () => {
    const page = await send(operator, NEW_SITE, NEW_SITE, { key: 'new' });
    expect(textOf(page.one('h1'))).toBe('Settings of new');
    expect((await TestPage.open(operator, '/desk/sites/new')).text).toContain('Comments of new');
  });

  it('says at each field what is wrong, and keeps what was typed', async () => {
    const typed = { key: 'My blog', name: '\u200b', origins: 'https://a.example\nblog' };
    const page = await send(operator, NEW_SITE, NEW_SITE, typed);
    expectPage(page, 422);
    expect(Object.fromEntries(page.fieldsOf(NEW_SITE))).toEqual(typed);
    expect(textOf(page.one('p', { id: 'fault-key' }))).toContain('1 to 63 small letters, digits and hyphens');
    expect(textOf(page.one('p', { id: 'fault-origins' }))).toMatch(/^Line 2: /);
    expect(page.all('p', { id: 'fault-name' })).toHaveLength(1);
  });

  it('has a key of its own', async () => {
    const page = await send(operator, NEW_SITE, NEW_SITE, { key: 'blog', name: 'Another' });
    expectPage(page, 409);
    expect(textOf(page.one('p', { id: 'fault-key' }))).toBe('Another site has this key.');
    expect(page.fieldsOf(NEW_SITE).get('name')).toBe('Another');
  });

  it('is made by nobody else, and by no form of another page', async () => {
    const owner = await signInMember(service, 'owner@new-site.test', { blog: 'owner' });
    const form = new URLSearchParams({ key: 'mine' });
    expect((await TestPage.open(owner, '/desk/sites')).all('a', { href: NEW_SITE })).toEqual([]);
    expectPage(await TestPage.open(owner, NEW_SITE), 403);
    expectPage(new TestPage(await owner.post(NEW_SITE, form, fromOwnPage(owner))), 403);
    expectPage(new TestPage(await operator.post(NEW_SITE, form, FORGED)), 403);
    expect(await siteKeys()).not.toContain('mine');
  });
});

describe('the removal of a site', () => {
  const SETTINGS = '/desk/sites/going/settings';
  const REMOVE = '/desk/sites/going/remove';

  beforeAll(async () => {
    const site = await TestSite.make(operator, service.anonymous, { key: 'going' });
    await site.submitSettled();
  });

  it('is not done by a viewer, a moderator, a stranger or a form of another page', async () => {
    const form = new URLSearchParams({ key: 'going' });
    for (const role of ['viewer', 'moderator', 'none'] as const) {
      const client = await signInMember(service, `${role}@going.test`, role === 'none' ? {} : { going: role });
      const answer = await client.post(REMOVE, form, fromOwnPage(client));
      expectPage(new TestPage(answer), role === 'none' ? 404 : 403);
    }
    expectPage(new TestPage(await operator.post(REMOVE, form, FORGED)), 403);
    expect(await siteKeys()).toContain('going');
  });

  it('asks for the key of the site', async () => {
    for (const key of ['', 'blog', 'GOING']) {
      const page = await send(operator, SETTINGS, REMOVE, { key });
      expectPage(page, 422);
      expect(page.fieldsOf(REMOVE).get('key')).toBe(key);
      expect(page.all('p', { id: /^fault-/ }).map(textOf)).toEqual(['This is not the key of the site.']);
    }
    expect(await siteKeys()).toContain('going');
  });

  it('takes everything along, and leads an owner to what is still theirs', async () => {
    const owner = await signInMember(service, 'owner@going.test', { going: 'owner', blog: 'owner' });
    const page = await send(owner, SETTINGS, REMOVE, { key: 'going' });
    expectPage(page, 200);
    expect(page.text).toContain('The site going is removed.');
    expect(page.all('a', { href: '/desk/sites/going' })).toEqual([]);
    expect(textOf(page.one('main'))).toContain('The blog');
    expect(await siteKeys()).not.toContain('going');
    expectPage(await TestPage.open(owner, SETTINGS), 404);
  });
});
