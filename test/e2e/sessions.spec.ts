import { expectProblem, pointersOf } from '../support/problems.js';
import { asSuperuser, makeAccount } from '../support/test-accounts.js';
import { TestClient, type Answer } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';

const PASSWORD = 'a good password';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

interface SessionBody {
  readonly id: string;
  readonly isCurrent: boolean;
}

let service: TestService;
let email = '';
let serial = 0;

beforeAll(async () => {
  service = await startTestService({ ROLE: 'web' });
});

afterAll(() => service.close());

beforeEach(async () => {
  email = `person${String(++serial)}@sessions.test`;
  await makeAccount(service, email, {}, PASSWORD);
});

function signIn(password = PASSWORD): Promise<TestClient> {
  return service.anonymous.signIn(email, password);
}

async function list(client: TestClient): Promise<readonly SessionBody[]> {
  return (await client.get<{ items: SessionBody[] }>('/v1/account/sessions')).body.items;
}

async function isOpen(client: TestClient): Promise<boolean> {
  return (await client.get('/v1/session')).status === 200;
}

describe('sessions', () => {
  it('are listed with when, until when and where, and which one asks', async () => {
    const first = await service.anonymous.post('/v1/session', { email, password: PASSWORD }, { 'user-agent': FIREFOX });
    expect(first.status).toBe(200);
    const client = await signIn();
    const answer = await client.get<{ items: unknown[] }>('/v1/account/sessions');
    const time = expect.stringMatching(/^\d{4}-.*Z$/) as string;
    const session = { id: expect.any(String) as string, createdAt: time, lastSeenAt: time, expiresAt: time };
    expect(answer.body).toEqual({
      items: [
        { ...session, device: 'Firefox on Linux', isCurrent: false },
        { ...session, device: null, isCurrent: true },
      ],
      nextCursor: null,
    });
    for (const cookie of [first.headers.getSetCookie()[0], client.credentials.cookie]) {
      expect(answer.text).not.toContain(cookie?.split(/[=;]/)[1]);
    }
  });

  it('are listed page by page, without those that are over', async () => {
    const clients = [await signIn(), await signIn(), await signIn(), await signIn(), await signIn()];
    const client = clients[4]!;
    const all = await list(client);
    await asSuperuser(service, 'update session set expires_at = now() where id = $1', [all[0]?.id]);
    await asSuperuser(service, `update session set last_seen_at = now() - interval '14 days' where id = $1`, [
      all[1]?.id,
    ]);
    const found: string[] = [];
    let cursor = '';
    while (cursor !== 'null') {
      const page = await client.get<{ items: SessionBody[]; nextCursor: string | null }>(
        `/v1/account/sessions?limit=2${cursor && `&cursor=${cursor}`}`,
      );
      found.push(...page.body.items.map(({ id }) => id));
      cursor = String(page.body.nextCursor);
    }
    expect(found).toEqual(all.slice(2).map(({ id }) => id));
  });

  it('are ended one by one, from any other', async () => {
    const [mine, lost] = [await signIn(), await signIn()];
    const id = (await list(lost)).find(({ isCurrent }) => isCurrent)?.id ?? '';
    expect((await mine.request('DELETE', `/v1/account/sessions/${id}`)).status).toBe(204);
    expectProblem(await lost.get('/v1/session'), 401, 'not-signed-in');
    expect(await isOpen(mine)).toBe(true);
    expectProblem(await mine.request('DELETE', `/v1/account/sessions/${id}`), 404, 'session-not-found');
  });

  it('are all ended but the one that asks', async () => {
    const clients = [await signIn(), await signIn(), await signIn()];
    const mine = clients[1]!;
    expect((await mine.request('DELETE', '/v1/account/sessions')).status).toBe(204);
    expect(await Promise.all(clients.map(isOpen))).toEqual([false, true, false]);
    expect(await list(mine)).toHaveLength(1);
  });

  it('of somebody else are neither seen nor ended', async () => {
    const mine = await signIn();
    const operator = await service.signIn();
    const foreign = (await list(operator)).at(-1)?.id ?? '';
    expect((await list(mine)).map(({ id }) => id)).not.toContain(foreign);
    for (const id of [foreign, UNKNOWN]) {
      expectProblem(await mine.request('DELETE', `/v1/account/sessions/${id}`), 404, 'session-not-found');
    }
    await mine.request('DELETE', '/v1/account/sessions');
    expect(await isOpen(operator)).toBe(true);
  });
});

describe('the own account', () => {
  const change = (client: TestClient, body: unknown): Promise<Answer> => {
    return client.request('PUT', '/v1/account/password', body);
  };

  it('is read, and takes another name', async () => {
    const client = await signIn();
    const { account } = (await client.get<{ account: { id: string } }>('/v1/session')).body;
    expect((await client.get('/v1/account')).body).toEqual(account);
    const answer = await client.request('PATCH', '/v1/account', { name: 'Zo\u0065\u0308' });
    expect(answer.body).toEqual({ ...account, name: 'Zo\u00eb' });
    expect((await client.request('PATCH', '/v1/account', {})).body).toEqual(answer.body);
    expect((await client.get('/v1/session')).body).toMatchObject({ account: answer.body });
  });

  it.each([
    [{ name: '' }, '/name'],
    [{ name: ' \u200b' }, '/name'],
    [{ name: null }, '/name'],
    [{ email: 'other@sessions.test' }, '/email'],
    [{ isOperator: true }, '/isOperator'],
    [{ id: UNKNOWN }, '/id'],
    [{ passwordHash: 'x' }, '/passwordHash'],
  ])('does not take %j', async (body, pointer) => {
    const client = await signIn();
    const before = (await client.get('/v1/account')).body;
    const answer = await client.request('PATCH', '/v1/account', body);
    expectProblem(answer, 422, 'invalid-body');
    expect(pointersOf(answer)).toEqual([pointer]);
    expect((await client.get('/v1/account')).body).toEqual(before);
  });

  it('takes a new password for the current one, and ends every other session', async () => {
    const [mine, other] = [await signIn(), await signIn()];
    expect((await change(mine, { currentPassword: PASSWORD, newPassword: 'another password' })).status).toBe(204);
    expect([await isOpen(mine), await isOpen(other)]).toEqual([true, false]);
    expectProblem(await service.anonymous.post('/v1/session', { email, password: PASSWORD }), 401);
    expect(await isOpen(await signIn('another password'))).toBe(true);
  });

  it('takes no password that many people use', async () => {
    const person = await signIn();
    const change = { currentPassword: PASSWORD, newPassword: 'Football' };
    const answer = await person.request('PUT', '/v1/account/password', change);
    expectProblem(answer, 422, 'invalid-body');
    expect(answer.body.errors).toMatchObject([{ pointer: '/newPassword', rule: 'common' }]);
  });

  it('keeps its password where the current one is wrong', async () => {
    const [mine, other] = [await signIn(), await signIn()];
    const answer = await change(mine, { currentPassword: 'a guess', newPassword: 'another password' });
    expectProblem(answer, 403, 'wrong-password');
    expect([await isOpen(mine), await isOpen(other)]).toEqual([true, true]);
    await signIn();
  });

  it.each([
    [{ currentPassword: PASSWORD, newPassword: 'seven 7' }, ['/newPassword']],
    [{ currentPassword: PASSWORD, newPassword: 'x'.repeat(257) }, ['/newPassword']],
    [{ newPassword: 'another password' }, ['/currentPassword']],
    [{ currentPassword: PASSWORD, newPassword: 'another password', isOperator: true }, ['/isOperator']],
  ])('does not take the password of %j', async (body, pointers) => {
    const answer = await change(await signIn(), body);
    expectProblem(answer, 422, 'invalid-body');
    expect(pointersOf(answer)).toEqual(pointers);
  });

  it('takes a password of eight emoji, and one of 256', async () => {
    const client = await signIn();
    const [eight, long] = ['😀'.repeat(8), '😀'.repeat(256)];
    expect((await change(client, { currentPassword: PASSWORD, newPassword: eight })).status).toBe(204);
    expect((await change(client, { currentPassword: eight, newPassword: long })).status).toBe(204);
    await signIn(long);
  });
});

describe.each([
  ['GET', '/v1/account', undefined],
  ['PATCH', '/v1/account', { name: 'Mallory' }],
  ['PUT', '/v1/account/password', { currentPassword: PASSWORD, newPassword: 'another password' }],
  ['GET', '/v1/account/sessions', undefined],
  ['DELETE', '/v1/account/sessions', undefined],
  ['DELETE', `/v1/account/sessions/${UNKNOWN}`, undefined],
])('%s %s', (method, path, body) => {
  it('is for who is signed in, not for strangers and keys', async () => {
    expectProblem(await service.anonymous.request(method, path, body), 401, 'not-signed-in');
    const operator = await service.signIn();
    const made = await operator.post<{ key: string }>('/v1/sites/demo/api-keys', {
      name: 'k',
      scopes: ['site:admin', 'moderation:write'],
    });
    const key = service.anonymous.withKey(made.body.key);
    expectProblem(await key.request(method, path, body), 403, 'forbidden');
  });

  it('is not for foreign pages', async () => {
    if (method === 'GET') return;
    const client = await signIn();
    for (const headers of [{ 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }]) {
      expectProblem(await client.request(method, path, body, headers), 403, 'cross-site-request');
    }
  });
});

describe('a database that takes no writes', () => {
  const roles = 'from app, winnow_app';
  afterAll(() => asSuperuser(service, `grant update on session, api_key ${roles.replace('from', 'to')}`));

  it('still knows who has a session or a key; that they were seen is written another time', async () => {
    const client = await signIn();
    const operator = await service.signIn();
    const made = await operator.post<{ key: string }>('/v1/sites/demo/api-keys', {
      name: 'reader',
      scopes: ['moderation:read'],
    });
    const longAgo = `now() - interval '1 hour'`;
    await asSuperuser(service, `update session set last_seen_at = ${longAgo}`);
    await asSuperuser(service, `revoke update on session, api_key ${roles}`);
    expect(await isOpen(client)).toBe(true);
    const key = service.anonymous.withKey(made.body.key);
    expect((await key.get('/v1/sites/demo/moderation/summary')).status).toBe(200);
    const [seen] = await asSuperuser<{ never: boolean }>(
      service,
      `select bool_and(last_seen_at < now() - interval '1 minute') as never from session`,
    );
    expect(seen).toEqual({ never: true });
  });
});
