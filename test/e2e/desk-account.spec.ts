import { makeAccount } from '../support/test-accounts.js';
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
import { startTestService, type TestService } from '../support/test-service.js';

const ACCOUNT = '/desk/account';
const PASSWORD = 'a password of ours';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

afterAll(() => service.close());

async function enter(email: string): Promise<TestClient> {
  await makeAccount(service, email, {}, PASSWORD);
  return service.anonymous.signIn(email, PASSWORD);
}

async function send(client: TestClient, action: string, fields: Record<string, string> = {}): Promise<TestPage> {
  const page = await TestPage.open(client, ACCOUNT);
  const answer = await page.send(client, action, fields);
  return answer.status === 303 ? TestPage.open(client, pathAfter(answer)) : new TestPage(answer);
}

describe('the page of one’s own account', () => {
  it('changes the name', async () => {
    const client = await enter('name@account.test');
    const page = await send(client, ACCOUNT, { name: 'Another Name' });
    expectPage(page, 200);
    expect(textOf(page.one('div', { id: 'said' }))).toBe('Your name was changed.');
    expect(page.fieldsOf(ACCOUNT).get('name')).toBe('Another Name');
    const refused = await send(client, ACCOUNT, { name: ' ' });
    expectPage(refused, 422);
    expect(refused.all('p', { id: 'fault-name' })).toHaveLength(1);
  });

  it('changes the password for who knows the current one, and ends the other sessions', async () => {
    const client = await enter('password@account.test');
    const other = await service.anonymous.signIn('password@account.test', PASSWORD);
    const action = `${ACCOUNT}/password`;
    const wrong = await send(client, action, { currentPassword: 'wrong', newPassword: 'a newer password' });
    expectPage(wrong, 403);
    expect(textOf(wrong.one('p', { id: 'fault-currentPassword' }))).toBe('This is not your password.');
    expect(wrong.fieldsOf(action).get('newPassword')).toBe('');
    const short = await send(client, action, { currentPassword: PASSWORD, newPassword: 'short' });
    expectPage(short, 422);
    expect(short.all('p', { id: 'fault-newPassword' })).toHaveLength(1);
    const done = await send(client, action, { currentPassword: PASSWORD, newPassword: 'a newer password' });
    expect(textOf(done.one('div', { id: 'said' }))).toContain('Your password was changed.');
    expect((await other.get('/v1/session')).status).toBe(401);
    await service.anonymous.signIn('password@account.test', 'a newer password');
  });

  it('hides what is typed as a password, and lets a password manager fill it in, as every page that asks for one', async () => {
    const client = await enter('masked@account.test');
    const asking: [TestClient, string, string[]][] = [
      [client, ACCOUNT, ['current-password', 'new-password']],
      [service.anonymous, '/desk', ['current-password']],
    ];
    for (const [who, path, expected] of asking) {
      const fields = (await TestPage.open(who, path)).all('input', { name: /password/i });
      expect(fields.map((field) => attributeOf(field, 'type'))).toEqual(expected.map(() => 'password'));
      expect(fields.map((field) => attributeOf(field, 'autocomplete'))).toEqual(expected);
    }
  });

  it('lists the sessions, says which is this one, and ends one or all others', async () => {
    const client = await enter('sessions@account.test');
    const others = [];
    for (let i = 0; i < 3; i++) others.push(await service.anonymous.signIn('sessions@account.test', PASSWORD));
    const page = await TestPage.open(client, ACCOUNT);
    expect(page.all('form', { action: /\/sessions\/[0-9a-f-]{36}\/end$/ })).toHaveLength(3);
    expect(page.text.match(/this one/g)).toHaveLength(1);
    const one = await send(client, page.actionOf(/\/sessions\/[0-9a-f-]{36}\/end$/));
    expect(one.all('form', { action: /\/sessions\/[0-9a-f-]{36}\/end$/ })).toHaveLength(2);
    const gone = await page.send(client, /\/sessions\/[0-9a-f-]{36}\/end$/);
    expectPage(new TestPage(gone), 404);
    const none = await send(client, `${ACCOUNT}/sessions/others/end`);
    expect(none.all('form', { action: /\/end$/ })).toEqual([]);
    for (const other of others) expect((await other.get('/v1/session')).status).toBe(401);
  });

  it('is for who is signed in, and takes no form of another page', async () => {
    const answer = await service.anonymous.get(ACCOUNT, { accept: BROWSER_ACCEPT });
    expect(pathAfter(answer)).toBe(`/desk?to=${encodeURIComponent(ACCOUNT)}`);
    const client = await enter('csrf@account.test');
    for (const path of [ACCOUNT, `${ACCOUNT}/password`, `${ACCOUNT}/sessions/others/end`]) {
      const forged = { accept: BROWSER_ACCEPT, 'sec-fetch-site': 'cross-site' };
      expectPage(new TestPage(await client.post(path, new URLSearchParams({ name: 'X' }), forged)), 403);
      const signedOut = await service.anonymous.post(path, new URLSearchParams(), fromOwnPage(client));
      expectPage(new TestPage(signedOut), 401);
    }
  });
});
