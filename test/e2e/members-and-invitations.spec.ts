import { accept, clientOf, expectDeadInvitation, invite, join, tokenOf, type MadeLink } from '../support/links.js';
import { expectProblem, pointersOf } from '../support/problems.js';
import { asSuperuser, makeAccount, signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const PASSWORD = 'a good password';
const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

interface MemberBody {
  readonly accountId: string;
  readonly email: string;
  readonly role: string;
}

let service: TestService;
let operator: TestClient;
let owner: TestClient;
let site: TestSite;
let serial = 0;

beforeAll(async () => {
  service = await startTestService({ PUBLIC_URL: 'http://comments.test' });
  operator = await service.signIn();
});

afterAll(() => service.close());

/** Each test has a site of its own, and an owner of that. */
beforeEach(async () => {
  site = await TestSite.make(operator, service.anonymous, { key: `site-${String(++serial)}`, name: 'The Site' });
  owner = (await join(service, operator, site, { email: `owner@${site.key}.test`, role: 'owner', password: PASSWORD }))
    .client;
});

function someone(name = 'new'): string {
  return `${name}@${site.key}.test`;
}

async function members(client = owner): Promise<readonly MemberBody[]> {
  return (await client.get<{ items: MemberBody[] }>(site.path('/members'))).body.items;
}

async function idOf(email: string): Promise<string> {
  return (await members()).find((member) => member.email === email)?.accountId ?? '';
}

function setRole(client: TestClient, id: string, role: string): Promise<Answer> {
  return client.request('PATCH', site.path(`/members/${id}`), { role });
}

describe('an invitation', () => {
  it('makes an account, a membership and a session, once', async () => {
    const made = await owner.post<MadeLink>(site.path('/invitations'), {
      email: ` New@${site.key}.TEST`,
      role: 'viewer',
    });
    expect(made.status).toBe(201);
    expect(made.headers.get('cache-control')).toBe('no-store');
    expect(made.body).toEqual({
      id: expect.any(String) as string,
      email: someone(),
      role: 'viewer',
      expiresAt: expect.any(String) as string,
      url: expect.stringMatching(/^http:\/\/comments\.test\/desk\/invitations\/[\w-]{43}$/) as string,
    });
    const days = (Date.parse(made.body.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(7, 2);
    const token = tokenOf(made.body);
    const seen = await service.anonymous.get(`/v1/invitations/${token}`);
    expect(seen.headers.get('cache-control')).toBe('no-store');
    expect(seen.body).toEqual({
      email: someone(),
      role: 'viewer',
      site: { key: site.key, name: 'The Site' },
      expiresAt: made.body.expiresAt,
      hasAccount: false,
    });
    const accepted = await accept(service.anonymous, token, { name: 'New Person', password: PASSWORD });
    expect(accepted.status).toBe(201);
    expect(accepted.headers.get('cache-control')).toBe('no-store');
    expect(accepted.body).toMatchObject({
      account: { email: someone(), name: 'New Person', isOperator: false },
      sites: [{ key: site.key, role: 'viewer' }],
    });
    const client = clientOf(service, accepted);
    expect((await client.get(site.path('/moderation/summary'))).status).toBe(200);
    await expectDeadInvitation(service.anonymous, token);
    expect((await service.anonymous.signIn(someone(), PASSWORD)).credentials.cookie).toMatch(/^winnow=/);
  });

  it('is listed while it is open, without its token, page by page', async () => {
    const made: MadeLink[] = [];
    for (const name of ['a', 'b', 'c']) made.push(await invite(owner, site, someone(name)));
    const first = await owner.get<{ items: MadeLink[]; nextCursor: string }>(site.path('/invitations?limit=2'));
    const second = await owner.get<{ items: MadeLink[]; nextCursor: null }>(
      site.path(`/invitations?limit=2&cursor=${first.body.nextCursor}`),
    );
    expect(second.body.nextCursor).toBeNull();
    expect([...first.body.items, ...second.body.items]).toEqual(made.map(({ url: _, ...shown }) => shown));
    for (const link of made) expect(first.text + second.text).not.toContain(tokenOf(link));
  });

  it('withdrawn, replaced by a newer one or expired opens nothing', async () => {
    const withdrawn = await invite(owner, site, someone('a'));
    const withdraw = (): Promise<Answer> => owner.request('DELETE', site.path(`/invitations/${withdrawn.id}`));
    expect((await withdraw()).status).toBe(204);
    expectProblem(await withdraw(), 404, 'invitation-not-found');
    const replaced = await invite(owner, site, someone('b'));
    const newer = await invite(owner, site, someone('b'), 'viewer');
    const expired = await invite(owner, site, someone('c'));
    await asSuperuser(service, 'update invitation set expires_at = now() where id = $1', [expired.id]);
    for (const dead of [withdrawn, replaced, expired]) await expectDeadInvitation(service.anonymous, tokenOf(dead));
    const { items } = (await owner.get<{ items: MadeLink[] }>(site.path('/invitations'))).body;
    expect(items.map(({ id }) => id)).toEqual([newer.id]);
    expect((await service.anonymous.get(`/v1/invitations/${tokenOf(newer)}`)).body).toMatchObject({ role: 'viewer' });
  });

  it('is found by nothing but its token', async () => {
    const link = await invite(owner, site, someone());
    const token = tokenOf(link);
    for (const wrong of [link.id, `${token}A`, token.slice(1), token.toLowerCase(), '%00', '💥', "' or 1=1 --"]) {
      const path = `/v1/invitations/${wrong.startsWith('%') ? wrong : encodeURIComponent(wrong)}`;
      const answer = await service.anonymous.get(path);
      expect([400, 404]).toContain(answer.status);
      expect(answer.text).not.toContain(someone());
    }
    const dump = JSON.stringify(await asSuperuser(service, 'select * from invitation'));
    expect(dump).not.toContain(token);
    expect(dump).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
  });

  it('taken up twice at once is taken up once', async () => {
    for (let round = 0; round < 5; round++) {
      const token = tokenOf(await invite(owner, site, someone(`r${String(round)}`)));
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => accept(service.anonymous, token, { name: 'R', password: PASSWORD })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 404, 404, 404]);
    }
  });

  it.each([
    [{ name: 'A' }, ['/password']],
    [{ password: PASSWORD }, ['/name']],
    [{ name: 'A', password: 'seven 7' }, ['/password']],
    [{ name: 'A', password: 'é'.repeat(257) }, ['/password']],
    [{ name: ' ', password: PASSWORD }, ['/name']],
    [{}, ['/name', '/password']],
    [{ name: 'A', password: PASSWORD, role: 'owner' }, ['/role']],
    [{ name: 'A', password: PASSWORD, isOperator: true, email: 'x@y.example' }, ['/email', '/isOperator']],
  ])('is not taken up with %j, and stays open', async (body, pointers) => {
    const token = tokenOf(await invite(owner, site, someone()));
    const answer = await accept(service.anonymous, token, body);
    expectProblem(answer, 422, 'invalid-body');
    expect(pointersOf(answer)).toEqual(pointers);
    expect((await service.anonymous.get(`/v1/invitations/${token}`)).status).toBe(200);
  });

  it.each([
    [{ email: 'nobody', role: 'owner' }, '/email'],
    [{ email: 'a@b.example', role: 'operator' }, '/role'],
    [{ email: 'a@b.example' }, '/role'],
    [{ role: 'owner' }, '/email'],
    [{ email: 'a@b.example', role: 'owner', expiresAt: '2099-01-01' }, '/expiresAt'],
    [{ email: 'a@b.example', role: 'owner', siteId: UNKNOWN }, '/siteId'],
  ])('is not made of %j', async (body, pointer) => {
    const answer = await owner.post(site.path('/invitations'), body);
    expectProblem(answer, 422, 'invalid-body');
    expect(pointersOf(answer)).toEqual([pointer]);
  });

  it('is not made for who is a member already', async () => {
    const answer = await owner.post(site.path('/invitations'), { email: `Owner@${site.key}.test`, role: 'viewer' });
    expectProblem(answer, 409, 'already-member');
  });

  it('of another site is neither listed nor withdrawn', async () => {
    const other = await TestSite.make(operator, service.anonymous, { key: `site-${String(++serial)}` });
    const link = await invite(operator, other, someone());
    expect((await owner.get<{ items: unknown[] }>(site.path('/invitations'))).body.items).toEqual([]);
    expectProblem(await owner.request('DELETE', site.path(`/invitations/${link.id}`)), 404, 'invitation-not-found');
    expect((await service.anonymous.get(`/v1/invitations/${tokenOf(link)}`)).status).toBe(200);
  });

  it('goes with its site', async () => {
    const token = tokenOf(await invite(owner, site, someone()));
    expect((await owner.request('DELETE', site.path())).status).toBe(204);
    await expectDeadInvitation(service.anonymous, token);
    expect(await asSuperuser(service, 'select 1 from invitation where email = $1', [someone()])).toEqual([]);
  });

  it('is made and withdrawn by an API key with site:admin too', async () => {
    const key = await site.apiKey('site:admin');
    const link = await invite(key, site, someone());
    expect((await key.request('DELETE', site.path(`/invitations/${link.id}`))).status).toBe(204);
  });
});

describe('an invitation for who has an account', () => {
  let token: string;

  beforeEach(async () => {
    await makeAccount(service, someone('old'), {}, PASSWORD);
    token = tokenOf(await invite(owner, site, someone('old'), 'moderator'));
  });

  const isMember = async (): Promise<boolean> => (await members()).some(({ email }) => email === someone('old'));

  it('says that there is one', async () => {
    expect((await service.anonymous.get(`/v1/invitations/${token}`)).body).toMatchObject({ hasAccount: true });
  });

  it('does nothing for the link alone', async () => {
    for (const body of [undefined, {}, { name: 'Mallory' }]) {
      const answer = await accept(service.anonymous, token, body);
      expectProblem(answer, 409, 'account-exists');
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect(await isMember()).toBe(false);
  });

  it('does nothing for a new password: that is no way to take an account over', async () => {
    const answer = await accept(service.anonymous, token, { name: 'Mallory', password: 'another password' });
    expectProblem(answer, 401, 'wrong-credentials');
    expect(await isMember()).toBe(false);
    await service.anonymous.signIn(someone('old'), PASSWORD);
  });

  it('is taken up with the password of the account, whose name stays', async () => {
    const answer = await accept(service.anonymous, token, { name: 'Another', password: PASSWORD });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      account: { email: someone('old'), name: someone('old') },
      sites: [{ key: site.key, role: 'moderator' }],
    });
    expect((await clientOf(service, answer).get('/v1/session')).status).toBe(200);
  });

  it('is taken up by who is signed in as it, with no body, and gets a session of its new rights', async () => {
    const client = await service.anonymous.signIn(someone('old'), PASSWORD);
    const answer = await accept(client, token);
    expect(answer.status).toBe(201);
    expect(await isMember()).toBe(true);
    const next = clientOf(service, answer);
    expect(next.credentials.cookie).not.toBe(client.credentials.cookie);
    expect((await next.get(site.path('/moderation/summary'))).status).toBe(200);
    expectProblem(await client.get('/v1/session'), 401, 'not-signed-in');
  });

  it('is not taken up by who is signed in as somebody else, and says so', async () => {
    const answer = await accept(owner, token);
    expectProblem(answer, 409, 'account-exists');
    expect((answer.body as unknown as { detail: string }).detail).toContain('somebody else');
    expect(await isMember()).toBe(false);
  });

  it('is not taken up by a foreign page with the cookie of the person', async () => {
    const client = await service.anonymous.signIn(someone('old'), PASSWORD);
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      const answer = await client.post(`/v1/invitations/${token}/acceptance`, undefined, headers);
      expectProblem(answer, 403, 'cross-site-request');
    }
    expect(await isMember()).toBe(false);
  });
});

describe('members', () => {
  it('are listed with who they are and since when, page by page, to owners alone', async () => {
    for (const name of ['a', 'b', 'c']) {
      await join(service, owner, site, { email: someone(name), role: 'viewer', password: PASSWORD });
    }
    const found: unknown[] = [];
    let cursor = '';
    for (let page = 0; page < 5 && cursor !== 'null'; page++) {
      const answer = await owner.get<{ items: unknown[]; nextCursor: string | null }>(
        site.path(`/members?limit=2${cursor && `&cursor=${cursor}`}`),
      );
      found.push(...answer.body.items);
      cursor = String(answer.body.nextCursor);
    }
    expect(found).toEqual(
      [someone('owner'), someone('a'), someone('b'), someone('c')].map((email, index) => ({
        accountId: expect.any(String) as string,
        email,
        name: 'A Person',
        role: index === 0 ? 'owner' : 'viewer',
        since: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      })),
    );
  });

  it('have their new role at the next request', async () => {
    const { client, accountId } = await join(service, owner, site, {
      email: someone(),
      role: 'owner',
      password: PASSWORD,
    });
    expect((await client.get(site.path('/members'))).status).toBe(200);
    const changed = await setRole(owner, accountId, 'viewer');
    expect(changed.body).toMatchObject({ accountId, role: 'viewer' });
    expectProblem(await client.get(site.path('/members')), 403, 'forbidden');
    expect((await client.get(site.path('/moderation/summary'))).status).toBe(200);
    expect((await owner.request('DELETE', site.path(`/members/${accountId}`))).status).toBe(204);
    expectProblem(await client.get(site.path('/moderation/summary')), 404, 'site-not-found');
    expect((await client.get('/v1/session')).body).toMatchObject({ sites: [] });
    expectProblem(await setRole(owner, accountId, 'viewer'), 404, 'member-not-found');
  });

  it('never lose their last owner, but by an operator', async () => {
    const id = await idOf(someone('owner'));
    const key = await site.apiKey('site:admin');
    for (const client of [owner, key]) {
      const demoted = await setRole(client, id, 'moderator');
      expectProblem(demoted, 409, 'last-owner');
      expect(demoted.body.detail).toContain('Make somebody else an owner');
      expectProblem(await client.request('DELETE', site.path(`/members/${id}`)), 409, 'last-owner');
    }
    expect((await setRole(owner, id, 'owner')).status).toBe(200);
    expect((await setRole(operator, id, 'moderator')).status).toBe(200);
    expectProblem(await owner.get(site.path('/members')), 403, 'forbidden');
    expect((await operator.request('DELETE', site.path(`/members/${id}`))).status).toBe(204);
    expect(await members(operator)).toEqual([]);
  });

  it('never lose their last two owners to each other', async () => {
    for (let round = 0; round < 5; round++) {
      const email = someone(`second${String(round)}`);
      const second = await join(service, owner, site, { email, role: 'owner', password: PASSWORD });
      const first = await idOf(someone('owner'));
      const answers = await Promise.all([
        setRole(owner, second.accountId, 'viewer'),
        second.client.request('DELETE', site.path(`/members/${first}`)),
      ]);
      expect(answers.map(({ status }) => status).filter((status) => status < 300)).toHaveLength(1);
      expect((await members(operator)).filter(({ role }) => role === 'owner')).toHaveLength(1);
      await asSuperuser(
        service,
        `insert into membership select s.id, a.id, 'owner', now() from site s, account a where s.key = $1 and a.email = $2
         on conflict (site_id, account_id) do update set role = 'owner'`,
        [site.key, someone('owner')],
      );
      await operator.request('DELETE', site.path(`/members/${second.accountId}`));
    }
  });

  it('of another site are neither changed nor removed', async () => {
    const other = await TestSite.make(operator, service.anonymous, { key: `site-${String(++serial)}` });
    const stranger = await signInMember(service, someone('stranger'), { [other.key]: 'viewer' });
    const { id } = (await stranger.get<{ account: { id: string } }>('/v1/session')).body.account;
    expectProblem(await setRole(owner, id, 'owner'), 404, 'member-not-found');
    expectProblem(await owner.request('DELETE', site.path(`/members/${id}`)), 404, 'member-not-found');
    expect((await stranger.get(other.path('/moderation/summary'))).status).toBe(200);
  });

  it.each([
    [{ role: 'king' }],
    [{}],
    [{ role: 'viewer', email: 'x@y.example' }],
    [{ role: 'viewer', accountId: UNKNOWN }],
  ])('are not changed by %j', async (body) => {
    const id = await idOf(someone('owner'));
    expectProblem(await operator.request('PATCH', site.path(`/members/${id}`), body), 422, 'invalid-body');
    expect((await members()).map(({ role }) => role)).toEqual(['owner']);
  });
});
