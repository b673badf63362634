import { signInMember } from '../support/test-accounts.js';
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
import { waitUntil } from '../support/wait-until.js';

const START = '/desk/start';
const ORIGIN = 'https://blog.example';

let service: TestService;
let operator: TestClient;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

const home = async (client: TestClient): Promise<string> =>
  pathAfter(await client.get('/desk', { accept: BROWSER_ACCEPT }));

async function begin(fields: Record<string, string>): Promise<string> {
  return pathAfter(await (await TestPage.open(operator, START)).send(operator, START, fields));
}

function ask(site: string, origin: string): Promise<unknown> {
  return service.anonymous.get(`/v1/sites/${site}/articles/a/comments`, { origin });
}

const stateOf = async (path: string): Promise<{ words: string; isOver: boolean }> => {
  const state = (await TestPage.open(operator, path)).one('div', { id: 'state' });
  return { words: textOf(state), isOver: attributeOf(state, 'data-look-again') === null };
};

describe('the first run', () => {
  it('is where an operator without a site of their own comes to, and nobody else', async () => {
    expect(await home(operator)).toBe(START);
    const page = await TestPage.open(operator, START);
    expectPage(page, 200);
    expect(page.all('a', { href: '/desk/sites/demo' })).toHaveLength(1);
    const owner = await signInMember(service, 'owner@first.test', { demo: 'owner' });
    expect(await home(owner)).toBe('/desk/sites/demo');
    expectPage(await TestPage.open(owner, START), 403);
    const form = new URLSearchParams({ name: 'Mine', address: ORIGIN });
    expectPage(new TestPage(await owner.post(START, form, fromOwnPage(owner))), 403);
    const forged = { accept: BROWSER_ACCEPT, 'sec-fetch-site': 'cross-site' };
    expectPage(new TestPage(await operator.post(START, form, forged)), 403);
  });

  it('says what is wrong with an address, and keeps what was typed', async () => {
    const typed = { name: 'My blog', address: 'my blog' };
    const page = new TestPage(await (await TestPage.open(operator, START)).send(operator, START, typed));
    expectPage(page, 422);
    expect(Object.fromEntries(page.fieldsOf(START))).toEqual(typed);
    expect(textOf(page.one('p', { id: 'fault-address' }))).toContain('https://blog.example');
  });

  it('makes a site of a name and an address, and waits for its page, then for its first comment', async () => {
    const path = await begin({ name: 'Ada’s Café', address: 'blog.example/posts/1' });
    expect(path).toBe('/desk/sites/adas-cafe/start');
    const page = await TestPage.open(operator, path);
    expectPage(
      page,
      200,
      page.all('script').map((script) => attributeOf(script, 'src') ?? ''),
    );
    expect(textOf(page.one('code', { id: 'first-snippet' }))).toContain('<winnow-comments site="adas-cafe">');
    expect(page.all('a', { href: ORIGIN })).toHaveLength(1);
    const waiting = await stateOf(path);
    expect([waiting.words.includes('Waiting for your page.'), waiting.isOver]).toEqual([true, false]);
    // A program and the service's own pages have no foreign origin: they are not the owner's page.
    await service.anonymous.get('/v1/sites/adas-cafe/articles/a/comments');
    await ask('adas-cafe', 'https://elsewhere.example');
    await waitUntil(
      async () => (await stateOf(path)).words.includes('https://elsewhere.example'),
      'the stranger shows',
    );
    await ask('adas-cafe', ORIGIN);
    await waitUntil(async () => (await stateOf(path)).words.startsWith('It works.'), 'the visit shows');
    expect((await stateOf(path)).isOver).toBe(false);
    await service.anonymous.comment('adas-cafe', 'a', {}, { origin: ORIGIN });
    const over = await stateOf(path);
    expect([over.words.includes('first comment is here'), over.isOver]).toEqual([true, true]);
    expect((await TestPage.open(operator, '/desk')).title).toBe('Your sites');
  });

  it('finds another key where a site has the name already, and calls a site without a name by its address', async () => {
    expect(await begin({ name: 'Adas café', address: ORIGIN })).toBe('/desk/sites/adas-cafe-2/start');
    expect(await begin({ name: '', address: 'localhost:8080' })).toBe('/desk/sites/localhost-8080/start');
    const { body } = await operator.get('/v1/sites/localhost-8080');
    expect(body).toMatchObject({ name: 'localhost:8080', origins: ['http://localhost:8080'] });
  });

  it('of a site is shown to its owners only', async () => {
    const path = '/desk/sites/adas-cafe/start';
    const owner = await signInMember(service, 'owner@cafe.test', { 'adas-cafe': 'owner' });
    expect((await TestPage.open(owner, path)).answer.status).toBe(200);
    const moderator = await signInMember(service, 'moderator@cafe.test', { 'adas-cafe': 'moderator' });
    expectPage(await TestPage.open(moderator, path), 403);
    const stranger = await signInMember(service, 'stranger@cafe.test', {});
    expectPage(await TestPage.open(stranger, path), 404);
  });
});
