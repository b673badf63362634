import { tokenOf } from '../support/links.js';
import { signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import {
  attributeOf,
  BROWSER_ACCEPT,
  expectPage,
  fromOwnPage,
  pathAfter,
  TestPage,
  textOf,
} from '../support/test-page.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const MEMBERS = '/desk/sites/blog/members';
const OPERATORS = '/desk/operators';

let service: TestService;
let operator: TestClient;
let owner: TestClient;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  await TestSite.make(operator, service.anonymous, { key: 'blog', name: 'The blog' });
  owner = await signInMember(service, 'owner@people.test', { blog: 'owner' });
});

afterAll(() => service.close());

async function idOf(client: TestClient): Promise<string> {
  return (await client.get<{ account: { id: string } }>('/v1/session')).body.account.id;
}

/** Sends a form of the page at `path`, and follows to where it leads. */
async function send(
  client: TestClient,
  path: string,
  action: string,
  fields: Record<string, string> = {},
): Promise<TestPage> {
  const answer = await (await TestPage.open(client, path)).send(client, action, fields);
  return answer.status === 303 ? TestPage.open(client, pathAfter(answer)) : new TestPage(answer);
}

function linkOn(page: TestPage): string {
  const input = page.one('input', { id: 'link' });
  expect(attributeOf(input, 'readonly')).not.toBeNull();
  return attributeOf(input, 'value') ?? '';
}

describe('the members of a site', () => {
  it('are invited by a link that is shown once', async () => {
    const page = await send(owner, MEMBERS, MEMBERS, { email: 'Invited@People.test', role: 'moderator' });
    expectPage(page, 201);
    const link = linkOn(page);
    expect(page.text).toMatch(/Shown this once\. It opens one time, until \d+ \w+ \d{4}/);
    expectPage(await TestPage.open(service.anonymous, new URL(link).pathname), 200);
    const again = await TestPage.open(owner, MEMBERS);
    expect(again.answer.text).not.toContain(tokenOf({ url: link }));
    expect(again.text).toContain('invited@people.test as a moderator');
    const withdrawn = await send(owner, MEMBERS, again.actionOf(/\/withdraw$/));
    expect(withdrawn.text).toContain('The invitation is withdrawn.');
    expect(withdrawn.text).not.toContain('invited@people.test');
    expectPage(await TestPage.open(service.anonymous, new URL(link).pathname), 404);
  });

  it('are not invited by what is no address, twice, or with a role that is none', async () => {
    const typo = await send(owner, MEMBERS, MEMBERS, { email: 'no address', role: 'viewer' });
    expectPage(typo, 422);
    expect(typo.all('p', { id: 'fault-email' })).toHaveLength(1);
    expect(typo.fieldsOf(MEMBERS).get('email')).toBe('no address');
    expect(textOf(typo.all('option', { selected: '' }).at(-1)!)).toBe('Viewer');
    expectPage(await send(owner, MEMBERS, MEMBERS, { email: 'owner@people.test', role: 'viewer' }), 409);
    expectPage(await send(owner, MEMBERS, MEMBERS, { email: 'x@people.test', role: 'king' }), 422);
  });

  it('get another role, and are removed after a question', async () => {
    const member = await signInMember(service, 'member@people.test', { blog: 'viewer' });
    const id = await idOf(member);
    const changed = await send(owner, MEMBERS, `${MEMBERS}/${id}/role`, { role: 'moderator' });
    expect(changed.text).toContain('The role was changed.');
    const { sites } = (await member.get<{ sites: unknown[] }>('/v1/session')).body;
    expect(sites).toEqual([{ key: 'blog', role: 'moderator' }]);
    const asked = await TestPage.open(owner, `${MEMBERS}/${id}/remove`);
    expectPage(asked, 200);
    expect(asked.title).toContain('Remove member@people.test?');
    expect((await send(owner, `${MEMBERS}/${id}/remove`, `${MEMBERS}/${id}/remove`)).text).toContain('was removed');
    expectPage(await TestPage.open(member, '/desk/sites/blog'), 404);
    expectPage(await TestPage.open(owner, `${MEMBERS}/${id}/remove`), 404);
  });

  it('keep an owner', async () => {
    const id = await idOf(owner);
    const refused = await send(owner, MEMBERS, `${MEMBERS}/${id}/role`, { role: 'viewer' });
    expectPage(refused, 409);
    expect(textOf(refused.one('p', { role: 'alert' }))).toContain('A site keeps an owner.');
    expectPage(await send(owner, `${MEMBERS}/${id}/remove`, `${MEMBERS}/${id}/remove`), 409);
  });

  it('lead an owner who steps down or leaves to what is still theirs', async () => {
    const second = await signInMember(service, 'second@people.test', { blog: 'owner' });
    const id = await idOf(second);
    const stepped = await send(second, MEMBERS, `${MEMBERS}/${id}/role`, { role: 'moderator' });
    expectPage(stepped, 200);
    expect(stepped.text).toContain('Comments of The blog');
    const third = await signInMember(service, 'third@people.test', { blog: 'owner' });
    const path = `${MEMBERS}/${await idOf(third)}/remove`;
    expect((await send(third, path, path)).text).toContain('You have left The blog.');
  });

  it('are nothing to see for viewers, moderators and strangers', async () => {
    const id = await idOf(owner);
    const posts = ['', '/invitations/01890a5d-ac96-774b-bcce-b302099a8057/withdraw', `/${id}/role`, `/${id}/remove`];
    for (const role of ['viewer', 'moderator', 'none'] as const) {
      const roles = role === 'none' ? {} : { blog: role };
      const client = await signInMember(service, `${role}@refused.test`, roles);
      const status = role === 'none' ? 404 : 403;
      for (const path of ['', `/${id}/remove`]) expectPage(await TestPage.open(client, MEMBERS + path), status);
      for (const path of posts) {
        const form = new URLSearchParams({ email: 'x@people.test', role: 'owner' });
        expectPage(new TestPage(await client.post(MEMBERS + path, form, fromOwnPage(client))), status);
      }
      if (role !== 'none')
        expect((await TestPage.open(client, '/desk/sites/blog')).all('a', { href: MEMBERS })).toEqual([]);
      for (const path of [OPERATORS, `${OPERATORS}/${id}/dismiss`]) expectPage(await TestPage.open(client, path), 403);
    }
  });

  it('are changed by no form of another page', async () => {
    const id = await idOf(owner);
    const forged = { accept: BROWSER_ACCEPT, 'sec-fetch-site': 'cross-site' };
    const form = new URLSearchParams({ email: 'x@people.test', role: 'owner' });
    for (const path of [MEMBERS, `${MEMBERS}/${id}/role`, `${MEMBERS}/${id}/remove`])
      expectPage(new TestPage(await owner.post(path, form, forged)), 403);
    for (const path of [OPERATORS, `${OPERATORS}/${id}/dismiss`, `/desk/accounts/${id}/password-resets`])
      expectPage(new TestPage(await operator.post(path, form, forged)), 403);
  });
});

describe('the operators', () => {
  it('are invited and dismissed, but never the last', async () => {
    const id = await idOf(operator);
    const last = await send(operator, `${OPERATORS}/${id}/dismiss`, `${OPERATORS}/${id}/dismiss`);
    expectPage(last, 409);
    expect(textOf(last.one('p', { role: 'alert' }))).toContain('The service keeps an operator.');
    const page = await send(operator, OPERATORS, OPERATORS, { email: 'olga@people.test' });
    expectPage(page, 201);
    expectPage(await TestPage.open(service.anonymous, new URL(linkOn(page)).pathname), 200);
    expectPage(await send(operator, OPERATORS, OPERATORS, { email: OPERATOR.email }), 409);
    expectPage(await send(operator, OPERATORS, OPERATORS, { email: 'none' }), 422);
    const list = await TestPage.open(operator, OPERATORS);
    expect(list.text).toContain('olga@people.test');
    expect((await send(operator, OPERATORS, list.actionOf(/\/withdraw$/))).text).not.toContain('olga@people.test');
  });

  it('alone make a link for a new password, shown once', async () => {
    const id = await idOf(owner);
    const path = `/desk/accounts/${id}/password-resets`;
    expect((await TestPage.open(owner, MEMBERS)).all('form', { action: path })).toEqual([]);
    expectPage(new TestPage(await owner.post(path, new URLSearchParams(), fromOwnPage(owner))), 403);
    const page = await send(operator, MEMBERS, path);
    expectPage(page, 201);
    const reset = await TestPage.open(service.anonymous, new URL(linkOn(page)).pathname);
    expectPage(reset, 200);
    expect(reset.text).toContain('A new password');
    const none = '/desk/accounts/01890a5d-ac96-774b-bcce-b302099a8057/password-resets';
    expectPage(new TestPage(await operator.post(none, new URLSearchParams(), fromOwnPage(operator))), 404);
  });
});
