import { tokenOf } from '../support/links.js';
import { expectProblem } from '../support/problems.js';
import { makeAccount } from '../support/test-accounts.js';
import { TestClient, type Answer } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';

const PASSWORD = 'a good password';

let service: TestService;
let neighbour: TestClient;
let email = '';
let serial = 0;

beforeAll(async () => {
  const behindProxy = { ROLE: 'web', TRUST_PROXY: '127.0.0.1' };
  service = await startTestService(behindProxy);
  neighbour = new TestClient((await service.another(behindProxy)).url ?? '');
});

afterAll(() => service.close());

beforeEach(async () => {
  email = `owner${String(++serial)}@guessing.test`;
  await makeAccount(service, email, {}, PASSWORD);
});

/** An address nobody has come from yet. */
function newAddress(): string {
  return `203.0.113.${String(++serial)}`;
}

function from(address: string, client = service.anonymous): TestClient {
  return new TestClient(client.url, { ...client.credentials, 'x-forwarded-for': address });
}

function signIn(client: TestClient, password: string): Promise<Answer> {
  return client.post('/v1/session', { email, password });
}

async function signedIn(address: string): Promise<TestClient> {
  return from(address, await service.anonymous.signIn(email, PASSWORD));
}

describe('a guesser', () => {
  it('has ten tries, however many processes there are', async () => {
    const address = newAddress();
    const statuses: number[] = [];
    for (let n = 0; n < 20; n++) {
      statuses.push((await signIn(from(address, n % 2 ? neighbour : service.anonymous), 'a guess')).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.slice(10)).toEqual(Array(10).fill(429));
  });

  it('who claims another address with each of a thousand tries has ten, and keeps nobody else out', async () => {
    const direct = new TestClient((await service.another({ ROLE: 'web', TRUST_PROXY: '' })).url ?? '');
    const other = `other${String(++serial)}@guessing.test`;
    await makeAccount(service, other, {}, PASSWORD);
    const statuses: number[] = [];
    for (let batch = 0; batch < 50; batch++) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => signIn(from(newAddress(), direct), 'a guess')),
      );
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(statuses).toHaveLength(1_000);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
    expect(statuses.filter((status) => ![401, 429].includes(status))).toEqual([]);
    // The same machine under another account, and the same account from another machine.
    expect((await direct.post('/v1/session', { email: other, password: PASSWORD })).status).toBe(200);
    expect((await signIn(from(newAddress()), PASSWORD)).status).toBe(200);
  }, 60_000);

  it('locks out neither the owner at another address nor the owner’s open session', async () => {
    const stranger = newAddress();
    const open = await signedIn(newAddress());
    for (let n = 0; n < 15; n++) await signIn(from(stranger), 'a guess');
    expectProblem(await signIn(from(stranger), PASSWORD), 429, 'too-many-requests');
    expect((await signIn(from(newAddress()), PASSWORD)).status).toBe(200);
    expect((await open.get('/v1/session')).status).toBe(200);
  });

  it('who borrows a session guesses the current password no more often', async () => {
    const client = await signedIn(newAddress());
    const guess = (password: string): Promise<Answer> =>
      client.request('PUT', '/v1/account/password', { currentPassword: password, newPassword: 'another password' });
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++) statuses.push((await guess('a guess')).status);
    expect(statuses).toEqual([...Array<number>(10).fill(403), 429, 429]);
    expectProblem(await guess(PASSWORD), 429, 'too-many-requests');
    expect((await client.get('/v1/session')).status).toBe(200);
  });

  it('who holds an invitation guesses the password of the account no more often, together with the sign-in', async () => {
    const operator = await service.signIn();
    const made = await operator.post<{ url: string }>('/v1/sites/demo/invitations', { email, role: 'owner' });
    const token = tokenOf(made.body);
    const client = from(newAddress());
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) {
      statuses.push((await client.post(`/v1/invitations/${token}/acceptance`, { password: 'a guess' })).status);
      statuses.push((await signIn(client, 'a guess')).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
  });

  it('of links has a hundred tries, and locks nobody else out', async () => {
    const address = newAddress();
    const paths = ['/v1/invitations/', '/v1/password-resets/'].map((path) => path + 'A'.repeat(43));
    const statuses: number[] = [];
    for (let n = 0; n < 102; n++) statuses.push((await from(address).get(paths[n % 2] ?? '')).status);
    expect(statuses.slice(0, 100)).toEqual(Array(100).fill(404));
    expect(statuses.slice(100)).toEqual([429, 429]);
    const accept = await from(address).post(paths[1] ?? '', { password: PASSWORD });
    expectProblem(accept, 429, 'too-many-requests');
    expect(Number(accept.headers.get('retry-after'))).toBeGreaterThan(0);
    expectProblem(await from(newAddress()).get(paths[0] ?? ''), 404, 'invitation-not-found');
    expect((await signIn(from(newAddress()), PASSWORD)).status).toBe(200);
  });
});
