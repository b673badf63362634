import { clientOf, tokenOf, type PersonBody } from '../support/links.js';
import { expectProblem, pointersOf } from '../support/problems.js';
import { asSuperuser, makeAccount, signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const OLD = 'the old password';
const NEW = 'the new password';
const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

interface Reset {
  readonly url: string;
  readonly expiresAt: string;
}

let service: TestService;
let operator: TestClient;
let email = '';
let id = '';
let serial = 0;

beforeAll(async () => {
  service = await startTestService({ ROLE: 'web', PUBLIC_URL: 'http://comments.test' });
  operator = await service.signIn();
  await TestSite.make(operator, service.anonymous, { key: 'blog' });
});

afterAll(() => service.close());

beforeEach(async () => {
  email = `forgot${String(++serial)}@reset.test`;
  await makeAccount(service, email, { blog: 'owner' }, OLD);
  const [row] = await asSuperuser<{ id: string }>(service, 'select id from account where email = $1', [email]);
  id = row?.id ?? '';
});

async function make(): Promise<Reset> {
  const answer = await operator.post<Reset>(`/v1/accounts/${id}/password-resets`);
  if (answer.status !== 201) throw new Error(`Making a reset failed: ${answer.text}`);
  return answer.body;
}

function accept(token: string, body: unknown = { password: NEW }): Promise<Answer<PersonBody>> {
  return service.anonymous.post<PersonBody>(`/v1/password-resets/${token}`, body);
}

describe('a reset of a password', () => {
  it('sets the new one, ends every session and begins another', async () => {
    const [one, two] = [await service.anonymous.signIn(email, OLD), await service.anonymous.signIn(email, OLD)];
    const made = await operator.post<Reset>(`/v1/accounts/${id}/password-resets`);
    expect(made.status).toBe(201);
    expect(made.headers.get('cache-control')).toBe('no-store');
    expect(made.body.url).toMatch(/^http:\/\/comments\.test\/desk\/password-resets\/[\w-]{43}$/);
    expect((Date.parse(made.body.expiresAt) - Date.now()) / 3_600_000).toBeCloseTo(24, 1);
    const token = tokenOf(made.body);
    const seen = await service.anonymous.get(`/v1/password-resets/${token}`);
    expect(seen.headers.get('cache-control')).toBe('no-store');
    expect(seen.body).toEqual({ email, expiresAt: made.body.expiresAt });
    const answer = await accept(token);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ account: { email }, sites: [{ key: 'blog', role: 'owner' }] });
    for (const old of [one, two]) expectProblem(await old.get('/v1/session'), 401, 'not-signed-in');
    expect((await clientOf(service, answer).get('/v1/session')).status).toBe(200);
    expectProblem(await service.anonymous.post('/v1/session', { email, password: OLD }), 401, 'wrong-credentials');
    expect((await service.anonymous.post('/v1/session', { email, password: NEW })).status).toBe(200);
    expectProblem(await accept(token), 404, 'password-reset-not-found');
    expectProblem(await service.anonymous.get(`/v1/password-resets/${token}`), 404, 'password-reset-not-found');
  });

  it('leaves the sessions of everybody else', async () => {
    const other = await signInMember(service, `other${String(serial)}@reset.test`, { blog: 'owner' });
    expect((await accept(tokenOf(await make()))).status).toBe(201);
    for (const client of [other, operator]) expect((await client.get('/v1/session')).status).toBe(200);
  });

  it('used twice at once is used once', async () => {
    for (let round = 0; round < 5; round++) {
      const token = tokenOf(await make());
      const passwords = Array.from({ length: 4 }, (_, n) => `password ${String(round)} ${String(n)}`);
      const answers = await Promise.all(passwords.map((password) => accept(token, { password })));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 404, 404, 404]);
      const won = passwords[answers.findIndex(({ status }) => status === 201)] ?? '';
      expect((await service.anonymous.post('/v1/session', { email, password: won })).status).toBe(200);
    }
  });

  it('replaced by a newer one or expired opens nothing', async () => {
    const [older, newer] = [tokenOf(await make()), tokenOf(await make())];
    expectProblem(await accept(older), 404, 'password-reset-not-found');
    expect((await service.anonymous.get(`/v1/password-resets/${newer}`)).status).toBe(200);
    await asSuperuser(service, 'update password_reset set expires_at = now() where account_id = $1', [id]);
    expectProblem(await accept(newer), 404, 'password-reset-not-found');
    await service.anonymous.signIn(email, OLD);
  });

  it('opens nothing after the person changed the password themselves', async () => {
    const token = tokenOf(await make());
    const client = await service.anonymous.signIn(email, OLD);
    const change = { currentPassword: OLD, newPassword: NEW };
    expect((await client.request('PUT', '/v1/account/password', change)).status).toBe(204);
    expectProblem(await accept(token), 404, 'password-reset-not-found');
  });

  it('stands in the table as a hash that opens nothing', async () => {
    const token = tokenOf(await make());
    const rows = await asSuperuser<{ token_hash: Buffer }>(service, 'select * from password_reset');
    expect(JSON.stringify(rows)).not.toContain(token);
    for (const { token_hash: hash } of rows) {
      for (const form of ['base64url', 'hex'] as const) {
        expectProblem(await accept(hash.toString(form)), 404, 'password-reset-not-found');
      }
    }
  });

  it('is no invitation, nor the other way', async () => {
    const token = tokenOf(await make());
    expectProblem(await service.anonymous.get(`/v1/invitations/${token}`), 404, 'invitation-not-found');
    const invited = await operator.post<Reset>('/v1/sites/blog/invitations', { email: 'a@reset.test', role: 'owner' });
    expectProblem(await accept(tokenOf(invited.body)), 404, 'password-reset-not-found');
  });

  it.each([
    [{ password: 'seven 7' }, '/password'],
    [{ password: 'x'.repeat(257) }, '/password'],
    [{ password: 7 }, '/password'],
    [{}, '/password'],
    [{ password: NEW, email: 'other@reset.test' }, '/email'],
    [{ password: NEW, isOperator: true }, '/isOperator'],
  ])('is not used with %j, and stays open', async (body, pointer) => {
    const token = tokenOf(await make());
    const answer = await accept(token, body);
    expectProblem(answer, 422, 'invalid-body');
    expect(pointersOf(answer)).toEqual([pointer]);
    expect((await service.anonymous.get(`/v1/password-resets/${token}`)).status).toBe(200);
  });

  it('is not used by a foreign page, which would sign its reader in', async () => {
    const token = tokenOf(await make());
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      const path = `/v1/password-resets/${token}`;
      const answer = await service.anonymous.request('POST', path, { password: NEW }, headers);
      expectProblem(answer, 403, 'cross-site-request');
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });

  it('of nobody is 404, and is made by operators alone: not by the owner of a site the person is on', async () => {
    expectProblem(await operator.post(`/v1/accounts/${UNKNOWN}/password-resets`), 404, 'account-not-found');
    const owner = await signInMember(service, `boss${String(serial)}@reset.test`, { blog: 'owner' });
    expectProblem(await owner.post(`/v1/accounts/${id}/password-resets`), 403, 'forbidden');
  });
});
