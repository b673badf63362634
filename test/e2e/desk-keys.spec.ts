import { signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import {
  attributeOf,
  BROWSER_ACCEPT,
  expectPage,
  fromOwnPage,
  pathAfter,
  TestPage,
  textOf,
} from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const KEYS = '/desk/sites/blog/keys';
const HOSTILE = `"><script>alert('x')</script>`;

let service: TestService;
let operator: TestClient;
let owner: TestClient;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  await TestSite.make(operator, service.anonymous, { key: 'blog', name: 'The blog' });
  await TestSite.make(operator, service.anonymous, { key: 'other' });
  owner = await signInMember(service, 'owner@keys.test', { blog: 'owner' });
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

function revocations(page: TestPage): string[] {
  return page.all('a', { href: /\/revoke$/ }).map((link) => attributeOf(link, 'href') ?? '');
}

/** By the route of the API, so that a story has a key of its own. */
async function makeKey(site: string, name: string): Promise<string> {
  const { body } = await operator.post<{ id: string }>(`/v1/sites/${site}/api-keys`, { name, scopes: ['site:admin'] });
  return body.id;
}

describe('the keys of a site', () => {
  it('are made with the ticked scopes, shown once, and listed with their use', async () => {
    const settings = await TestPage.open(owner, '/desk/sites/blog/settings');
    expect(settings.all('a', { href: KEYS })).toHaveLength(1);
    const boxes = { 'scope.moderation:read': 'yes', 'scope.comments:write': 'yes' };
    const made = await send(owner, KEYS, KEYS, { name: `generator ${HOSTILE}`, ...boxes });
    expectPage(made, 201);
    const input = made.one('input', { id: 'key' });
    expect(attributeOf(input, 'readonly')).not.toBeNull();
    const key = attributeOf(input, 'value') ?? '';
    expect(key).toMatch(/^wnw_[0-9a-f]{12}_[0-9a-f]{64}$/);
    expect(made.text).toContain('never used');
    expect(made.fieldsOf(KEYS).toString()).toBe('name=');

    const program = service.anonymous.withKey(key);
    expect((await program.get('/v1/sites/blog/moderation/comments')).status).toBe(200);
    expect((await program.get('/v1/sites/blog/api-keys')).status).toBe(403);
    const list = await TestPage.open(owner, KEYS);
    expect(list.answer.text).not.toContain(key.slice(-64));
    expect(list.all('code').map(textOf).slice(0, 2).sort()).toEqual(['comments:write', 'moderation:read']);
    expect(list.text).toContain(`generator ${HOSTILE}`);
    expect(list.text).toMatch(/last used \d+ \w+ \d{4}/);
    expect(list.text).not.toContain('never used');
  });

  it('open nothing any more once they are taken back, after a question', async () => {
    const made = await send(owner, KEYS, KEYS, { name: 'short-lived', 'scope.site:admin': 'yes' });
    const program = service.anonymous.withKey(attributeOf(made.one('input', { id: 'key' }), 'value') ?? '');
    expect((await program.get('/v1/sites/blog/api-keys')).status).toBe(200);
    const path = revocations(made).at(-1) ?? '';
    const asked = await TestPage.open(owner, path);
    expectPage(asked, 200);
    expect(asked.title).toContain('Take back the key short-lived?');
    const after = await send(owner, path, path);
    expectPage(after, 200);
    expect(after.text).toContain('The key is taken back.');
    expect(revocations(after)).not.toContain(path);
    expect((await program.get('/v1/sites/blog/api-keys')).status).toBe(401);
    expectPage(await TestPage.open(owner, path), 404);
    expectPage(new TestPage(await owner.post(path, new URLSearchParams(), fromOwnPage(owner))), 404);
  });

  it('have a name and a scope that is one', async () => {
    const before = revocations(await TestPage.open(owner, KEYS));
    const bare = await send(owner, KEYS, KEYS, { name: 'no scope' });
    expectPage(bare, 422);
    expect(bare.fieldsOf(KEYS).get('name')).toBe('no scope');
    expect(textOf(bare.one('p', { id: 'fault-scopes' }))).toBe('Tick at least one.');
    const nameless = await send(owner, KEYS, KEYS, { name: ' ', 'scope.site:admin': 'yes' });
    expectPage(nameless, 422);
    expect(nameless.all('p', { id: 'fault-name' })).toHaveLength(1);
    expect(nameless.all('p', { id: 'fault-scopes' })).toEqual([]);
    expect(nameless.fieldsOf(KEYS).get('scope.site:admin')).toBe('yes');
    expectPage(await send(owner, KEYS, KEYS, { name: 'king', 'scope.everything': 'yes' }), 422);
    expect(revocations(await TestPage.open(owner, KEYS))).toEqual(before);
  });

  it('of another site are not to be found here', async () => {
    const path = `${KEYS}/${await makeKey('other', 'theirs')}/revoke`;
    expectPage(await TestPage.open(owner, path), 404);
    expectPage(new TestPage(await owner.post(path, new URLSearchParams(), fromOwnPage(owner))), 404);
    expect((await TestPage.open(operator, '/desk/sites/other/keys')).text).toContain('theirs');
  });

  it('are nothing to see for viewers, moderators and strangers, nor for a form of another page', async () => {
    const revoke = `${KEYS}/${await makeKey('blog', 'standing')}/revoke`;
    const form = new URLSearchParams({ name: 'mine', 'scope.site:admin': 'yes' });
    const refused = async (client: TestClient, path: string, headers: Record<string, string>): Promise<Answer> =>
      client.post(path, form, headers);
    for (const role of ['viewer', 'moderator', 'none'] as const) {
      const client = await signInMember(service, `${role}@keys.test`, role === 'none' ? {} : { blog: role });
      const status = role === 'none' ? 404 : 403;
      for (const path of [KEYS, revoke]) {
        expectPage(await TestPage.open(client, path), status);
        expectPage(new TestPage(await refused(client, path, fromOwnPage(client))), status);
      }
    }
    const forged = { accept: BROWSER_ACCEPT, 'sec-fetch-site': 'cross-site' };
    for (const path of [KEYS, revoke]) expectPage(new TestPage(await refused(owner, path, forged)), 403);
    const list = await TestPage.open(owner, KEYS);
    expect(list.text).toContain('standing');
    expect(list.text).not.toContain('mine');
  });
});
