import { expectProblem } from '../support/problems.js';
import { signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

/* A moderator trusts or bans an author at one of their comments; the owner sees the same as a rule. */

interface RuleBody {
  readonly id: string;
  readonly field: string;
  readonly match: string;
  readonly value: string;
  readonly action: string;
  readonly createdBy: string;
}

const LIN = { author: { email: 'Lin@Analytical.org' } };
const SPAM = 'Cheap pills http://pills.example/a http://pills.example/b http://pills.example/c';

let service: TestService;
let operator: TestClient;
let site: TestSite;
let mo: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

beforeEach(async () => {
  const key = `standing-${String(++serial)}`;
  site = await TestSite.make(operator, service.anonymous, { key, settings: { moderation: 'none' } });
  mo = await signInMember(service, `mo-${key}@standing.test`, { [key]: 'moderator' });
});

const put = (id: string, standing: unknown, client = mo): Promise<Answer> =>
  client.request('PUT', site.path(`/moderation/comments/${id}/author/standing`), { standing });

async function rules(): Promise<readonly RuleBody[]> {
  return (await operator.get<{ items: RuleBody[] }>(site.path('/rules'))).body.items;
}

async function standingOf(id: string): Promise<unknown> {
  return (await site.read(id)).author.standing;
}

describe('an author who is banned', () => {
  it('is put away from then on, stands on the rules page, and is shown at each of their comments', async () => {
    const first = await site.submitSettled('/a', LIN);
    expect([first.status, first.author.standing]).toEqual(['published', null]);
    const answer = await put(first.id, 'banned');
    expect([answer.status, answer.body]).toEqual([200, { standing: 'banned' }]);
    expect(await rules()).toMatchObject([
      {
        field: 'address',
        match: 'exact',
        value: 'lin@analytical.org',
        action: 'spam',
        createdBy: `mo-${site.key}@standing.test`,
      },
    ]);
    const second = await site.submitSettled('/b', { author: { email: 'lin@analytical.org' } });
    expect([second.status, second.author.standing]).toEqual(['spam', 'banned']);
    expect(second.verdict?.signals.map(({ name }) => name)).toContain('rule-spam');
    const bystander = await site.submitSettled('/b', { author: { email: 'bob@analytical.org' } });
    expect([bystander.status, bystander.author.standing]).toEqual(['published', null]);
    const listed = (await site.queue('?status=spam')).items;
    expect(listed.map(({ author }) => author.standing)).toEqual(['banned']);
    const across = await mo.get<{ items: { author: { standing: string } }[] }>('/v1/moderation/comments?status=spam');
    expect(across.body.items.map(({ author }) => author.standing)).toEqual(['banned']);
  });

  it('is so no more when the owner removes the rule, and the other way round', async () => {
    const { id } = await site.submitSettled('/a', LIN);
    await put(id, 'banned');
    const [rule] = await rules();
    await operator.request('DELETE', site.path(`/rules/${rule!.id}`));
    expect(await standingOf(id)).toBeNull();
    await operator.post(site.path('/rules'), {
      field: 'address',
      match: 'exact',
      value: ' LIN@analytical.org',
      action: 'allow',
    });
    expect(await standingOf(id)).toBe('trusted');
    await put(id, 'none');
    expect([await standingOf(id), await rules()]).toEqual([null, []]);
  });
});

describe('an author who is trusted', () => {
  it('is let through, whatever it looks like', async () => {
    const { id } = await site.submitSettled('/a', LIN);
    await put(id, 'trusted');
    const spam = await site.submitSettled('/a', { ...LIN, body: SPAM });
    expect([spam.status, spam.author.standing]).toEqual(['published', 'trusted']);
  });

  it('has one rule, however often and in whatever order it was said', async () => {
    const { id } = await site.submitSettled('/a', LIN);
    for (const standing of ['trusted', 'trusted', 'banned', 'trusted'])
      expect((await put(id, standing)).status).toBe(200);
    expect((await rules()).map(({ action }) => action)).toEqual(['allow']);
    await Promise.all(['banned', 'trusted', 'banned', 'trusted'].map((standing) => put(id, standing)));
    expect(await rules()).toHaveLength(1);
  });

  it('keeps a rule that holds them, and rules for all of their domain', async () => {
    const { id } = await site.submitSettled('/a', LIN);
    const address = { field: 'address', match: 'exact' };
    await operator.post(site.path('/rules'), { ...address, value: 'lin@analytical.org', action: 'hold' });
    await operator.post(site.path('/rules'), { ...address, value: '@analytical.org', action: 'spam' });
    await put(id, 'trusted');
    await put(id, 'none');
    expect((await rules()).map(({ action }) => action)).toEqual(['hold', 'spam']);
    expect(await standingOf(id)).toBeNull();
  });
});

describe('a standing', () => {
  it('is said by moderators, of comments that have an address', async () => {
    const { id } = await site.submitSettled('/a', LIN);
    const viewer = await signInMember(service, `viewer-${site.key}@standing.test`, { [site.key]: 'viewer' });
    expectProblem(await put(id, 'banned', viewer), 403, 'forbidden');
    expectProblem(await put(id, 'banned', await site.apiKey('moderation:read')), 403, 'forbidden');
    expectProblem(await put(id, 'loved'), 422, 'invalid-body');
    expectProblem(await put('01890a5d-ac96-774b-bcce-b302099a8057', 'banned'), 404, 'comment-not-found');
    await site.decided(id, 'delete');
    expectProblem(await put(id, 'banned'), 409, 'author-unknown');
    expect(await rules()).toEqual([]);
  });
});
