import { invite, tokenOf } from '../support/links.js';
import { makeAccount, signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import {
  BROWSER_ACCEPT,
  attributeOf,
  expectPage,
  fromOwnPage,
  pathAfter,
  TestPage,
  textOf,
} from '../support/test-page.js';
import { clientOf } from '../support/links.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const PASSWORD = 'a good password';
const QUEUE = '/desk/sites/blog';

let service: TestService;
let operator: TestClient;
let site: TestSite;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  site = await TestSite.make(operator, service.anonymous, { key: 'blog', name: 'The blog' });
});

afterAll(() => service.close());

async function invited(email: string, role = 'moderator'): Promise<string> {
  return `/desk/invitations/${tokenOf(await invite(operator, site, email, role))}`;
}

async function resetFor(email: string): Promise<{ path: string; client: TestClient }> {
  const client = await signInMember(service, email, { blog: 'viewer' });
  const { account } = (await client.get<{ account: { id: string } }>('/v1/session')).body;
  const made = await operator.post<{ url: string }>(`/v1/accounts/${account.id}/password-resets`);
  return { path: `/desk/password-resets/${tokenOf(made.body)}`, client };
}

/** Where an answer leads, opened by whom it signs in. */
function follow(answer: Answer): Promise<TestPage> {
  return TestPage.open(clientOf(service, answer), pathAfter(answer));
}

describe('the page of an invitation', () => {
  it('says which site and which role, and takes a new person into the desk', async () => {
    const path = await invited('new@links.test');
    const page = await TestPage.open(service.anonymous, path);
    expectPage(page, 200);
    for (const words of ['The blog', 'a moderator', 'Open'.toLowerCase()]) expect(page.text).toContain(words);
    expect(attributeOf(page.one('input', { name: 'password' }), 'autocomplete')).toBe('new-password');
    const answer = await page.send(service.anonymous, path, { name: 'Nora New', password: PASSWORD });
    expect(pathAfter(answer)).toMatch(/^\/desk\/sites\/blog\?said=/);
    expect(answer.headers.get('location')).not.toContain(tokenOf({ url: path }));
    const desk = await follow(answer);
    expectPage(desk, 200);
    expect(textOf(desk.one('div', { id: 'said' }))).toBe('Welcome, Nora New. You are in.');
    expect(desk.text).toContain('Comments of The blog');
    expectPage(await TestPage.open(service.anonymous, path), 404);
  });

  it('keeps what was typed and says what to mend', async () => {
    const path = await invited('mend@links.test');
    const page = await TestPage.open(service.anonymous, path);
    const short = new TestPage(await page.send(service.anonymous, path, { name: 'Mia', password: 'short' }));
    expectPage(short, 422);
    expect(short.fieldsOf(path).get('name')).toBe('Mia');
    expect(short.fieldsOf(path).get('password')).toBe('');
    expect(textOf(short.one('p', { id: 'fault-password' }))).toBe('Write 8 to 256 characters.');
    expect(attributeOf(short.one('input', { name: 'password' }), 'aria-describedby')).toContain('fault-password');
    const nameless = new TestPage(await page.send(service.anonymous, path, { name: ' ', password: PASSWORD }));
    expectPage(nameless, 422);
    expect(textOf(nameless.one('p', { id: 'fault-name' }))).toBe('Write your name.');
    expect((await page.send(service.anonymous, path, { name: 'Mia', password: PASSWORD })).status).toBe(303);
  });

  it('asks an account that exists for its password', async () => {
    await makeAccount(service, 'known@links.test', {}, PASSWORD);
    const path = await invited('known@links.test');
    const page = await TestPage.open(service.anonymous, path);
    expect(page.all('input', { name: 'name' })).toEqual([]);
    const wrong = new TestPage(await page.send(service.anonymous, path, { password: 'wrong' }));
    expectPage(wrong, 401);
    expect(textOf(wrong.one('p', { role: 'alert' }))).toBe('The password is wrong.');
    expectPage(new TestPage(await page.send(service.anonymous, path)), 409);
    expect((await follow(await page.send(service.anonymous, path, { password: PASSWORD }))).text).toContain('Welcome');
  });

  it('is one button for who is signed in as the invited, and says so to everybody else', async () => {
    await makeAccount(service, 'signed-in@links.test', {}, PASSWORD);
    const client = await service.anonymous.signIn('signed-in@links.test', PASSWORD);
    const path = await invited('signed-in@links.test');
    const other = await TestPage.open(operator, path);
    expect(other.text).toContain('This invitation is for somebody else');
    const page = await TestPage.open(client, path);
    expect(page.all('input', { type: 'password' })).toEqual([]);
    expect((await follow(await page.send(client, path))).text).toContain('Comments of The blog');
  });

  it('makes an operator', async () => {
    const made = await operator.post<{ url: string }>('/v1/operators/invitations', { email: 'second@links.test' });
    const path = `/desk/invitations/${tokenOf(made.body)}`;
    const page = await TestPage.open(service.anonymous, path);
    expect(page.text).toContain('run this service');
    const answer = await page.send(service.anonymous, path, { name: 'Olga', password: PASSWORD });
    expect((await follow(answer)).text).toContain('You are an operator now.');
  });

  it('that opens nothing says what to do', async () => {
    for (const token of ['x', 'A'.repeat(43)]) {
      const page = await TestPage.open(service.anonymous, `/desk/invitations/${token}`);
      expectPage(page, 404);
      expect(page.text).toContain('Ask whoever sent it for a new one');
      const form = new URLSearchParams({ name: 'M', password: PASSWORD });
      const sent = await service.anonymous.post(`/desk/invitations/${token}`, form, fromOwnPage(service.anonymous));
      expectPage(new TestPage(sent), 404);
      expect(sent.headers.getSetCookie()).toEqual([]);
    }
  });

  it('takes no form of another page', async () => {
    const path = await invited('forged@links.test');
    const form = new URLSearchParams({ name: 'Mallory', password: PASSWORD });
    const sent = await service.anonymous.post(path, form, { accept: BROWSER_ACCEPT, 'sec-fetch-site': 'cross-site' });
    expectPage(new TestPage(sent), 403);
    expectPage(await TestPage.open(service.anonymous, path), 200);
    expect((await service.anonymous.post(path, { name: 'M', password: PASSWORD })).status).toBe(415);
  });

  it('welcomes nobody by an address that was made up', async () => {
    const page = await TestPage.open(operator, `${QUEUE}?said=Welcome`);
    expectPage(page, 200);
    expect(page.all('div', { id: 'said' })).toEqual([]);
  });
});

describe('the page of a password reset', () => {
  it('sets the password, signs in, and ends the other sessions', async () => {
    const { path, client } = await resetFor('forgot@links.test');
    const page = await TestPage.open(service.anonymous, path);
    expectPage(page, 200);
    expect(page.fieldsOf(path).get('email')).toBe('forgot@links.test');
    const short = new TestPage(await page.send(service.anonymous, path, { password: 'short' }));
    expectPage(short, 422);
    expect(short.all('p', { id: 'fault-password' })).toHaveLength(1);
    const answer = await page.send(service.anonymous, path, { password: 'a newer password' });
    expect((await follow(answer)).text).toContain('Your new password is set, and you are signed in.');
    expect((await client.get('/v1/session')).status).toBe(401);
    await service.anonymous.signIn('forgot@links.test', 'a newer password');
    const dead = await TestPage.open(service.anonymous, path);
    expectPage(dead, 404);
    expect(dead.text).toContain('Ask an operator of the service for a new one.');
  });

  it('takes no form of another page', async () => {
    const { path, client } = await resetFor('forged-reset@links.test');
    const sent = await service.anonymous.post(path, new URLSearchParams({ password: PASSWORD }), {
      accept: BROWSER_ACCEPT,
      origin: 'https://evil.example',
    });
    expectPage(new TestPage(sent), 403);
    expect((await client.get('/v1/session')).status).toBe(200);
  });
});
