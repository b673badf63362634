import { accept, clientOf, expectDeadInvitation, join, tokenOf, type MadeLink } from '../support/links.js';
import { expectProblem } from '../support/problems.js';
import { signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const PASSWORD = 'a good password';
const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

let service: TestService;
let operator: TestClient;
let owner: TestClient;
let site: TestSite;
let serial = 0;

beforeAll(async () => {
  service = await startTestService({ ROLE: 'web' });
  operator = await service.signIn();
});

afterAll(() => service.close());

/** Each test has a site of its own, and an owner of that. */
beforeEach(async () => {
  site = await TestSite.make(operator, service.anonymous, { key: `site-${String(++serial)}` });
  owner = (await join(service, operator, site, { email: someone('owner'), role: 'owner', password: PASSWORD })).client;
});

function someone(name: string): string {
  return `${name}@${site.key}.test`;
}

describe('operators', () => {
  it('are invited by operators, and listed', async () => {
    const made = await operator.post<MadeLink>('/v1/operators/invitations', { email: someone('op') });
    expect(made.status).toBe(201);
    const token = tokenOf(made.body);
    expect((await service.anonymous.get(`/v1/invitations/${token}`)).body).toMatchObject({
      role: 'operator',
      site: null,
      hasAccount: false,
    });
    const open = await operator.get<{ items: MadeLink[] }>('/v1/operators/invitations');
    expect(open.body.items.map(({ email }) => email)).toContain(someone('op'));
    expect(open.text).not.toContain(token);
    const accepted = await accept(service.anonymous, token, { name: 'Op', password: PASSWORD });
    expect(accepted.body).toMatchObject({ account: { isOperator: true }, sites: [] });
    await expectDeadInvitation(service.anonymous, token);
    const client = clientOf(service, accepted);
    expect((await client.get(site.path('/members'))).status).toBe(200);
    const listed = (await client.get<{ items: { email: string }[] }>('/v1/operators')).body.items;
    expect(listed.map(({ email }) => email)).toEqual(expect.arrayContaining([OPERATOR.email, someone('op')]));
    const again = await operator.post('/v1/operators/invitations', { email: someone('op') });
    expectProblem(again, 409, 'already-member');
    expect((await operator.request('DELETE', `/v1/operators/${accepted.body.account.id}`)).status).toBe(204);
    expectProblem(await client.get('/v1/operators'), 403, 'forbidden');
  });

  it('who are invited with an account keep it', async () => {
    const made = await operator.post<MadeLink>('/v1/operators/invitations', { email: someone('owner') });
    expectProblem(await accept(service.anonymous, tokenOf(made.body), {}), 409, 'account-exists');
    const accepted = await accept(owner, tokenOf(made.body));
    expect(accepted.body).toMatchObject({ account: { isOperator: true }, sites: [{ key: site.key, role: 'owner' }] });
    await operator.request('DELETE', `/v1/operators/${accepted.body.account.id}`);
  });

  it('are never without one', async () => {
    const { id } = (await operator.get<{ account: { id: string } }>('/v1/session')).body.account;
    expectProblem(await operator.request('DELETE', `/v1/operators/${id}`), 409, 'last-operator');
    expectProblem(await operator.request('DELETE', `/v1/operators/${UNKNOWN}`), 404, 'account-not-found');
  });

  it('take an invitation back', async () => {
    const made = await operator.post<MadeLink>('/v1/operators/invitations', { email: someone('back') });
    const path = `/v1/operators/invitations/${made.body.id}`;
    expect((await operator.request('DELETE', path)).status).toBe(204);
    expectProblem(await operator.request('DELETE', path), 404, 'invitation-not-found');
    await expectDeadInvitation(service.anonymous, tokenOf(made.body));
  });

  it.each([
    ['GET', '/v1/operators', undefined],
    ['DELETE', `/v1/operators/${UNKNOWN}`, undefined],
    ['GET', '/v1/operators/invitations', undefined],
    ['POST', '/v1/operators/invitations', { email: 'mine@evil.example' }],
    ['DELETE', `/v1/operators/invitations/${UNKNOWN}`, undefined],
    ['POST', `/v1/accounts/${UNKNOWN}/password-resets`, undefined],
  ])('alone may %s %s, and no foreign page for them', async (method, path, body) => {
    const key = await site.apiKey('comments:write', 'moderation:read', 'moderation:write', 'site:admin');
    const moderator = await signInMember(service, someone('moderator'), { [site.key]: 'moderator' });
    const viewer = await signInMember(service, someone('viewer'), { [site.key]: 'viewer' });
    for (const client of [owner, moderator, viewer, key]) {
      expectProblem(await client.request(method, path, body), 403, 'forbidden');
    }
    expectProblem(await service.anonymous.request(method, path, body), 401, 'not-signed-in');
    if (method === 'GET') return;
    const foreign = await operator.request(method, path, body, { origin: 'https://evil.example' });
    expectProblem(foreign, 403, 'cross-site-request');
  });
});
