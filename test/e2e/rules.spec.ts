import { expectProblem, pointersOf } from '../support/problems.js';
import { signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

interface RuleBody {
  readonly id: string;
  readonly value: string;
  readonly createdBy: string;
}

interface RulesBody {
  readonly items: readonly RuleBody[];
  readonly nextCursor: string | null;
}

const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';
const HAM = 'Thank you, the part about the bridge in the second chapter was new to me and well told.';
const SPAM = 'Cheap pills http://pills.example/a http://pills.example/b http://pills.example/c';
const CASINO = { field: 'text', match: 'word', value: 'casino', action: 'spam' } as const;

let service: TestService;
let operator: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService({ TRUST_PROXY: '127.0.0.1' });
  operator = await service.signIn();
});

afterAll(() => service.close());

function makeSite(settings: Record<string, unknown> = {}): Promise<TestSite> {
  return TestSite.make(operator, service.anonymous, { key: `site-${String(++serial)}`, settings });
}

async function made(site: TestSite, rule: object, client = operator): Promise<RuleBody> {
  const answer = await client.post<RuleBody>(site.path('/rules'), rule);
  if (answer.status !== 201) throw new Error(`Making the rule failed: ${answer.text}`);
  return answer.body;
}

describe('a rule', () => {
  it('is made, read, listed, changed and deleted by the owner', async () => {
    const site = await makeSite();
    const owner = await signInMember(service, 'owner@rules.test', { [site.key]: 'owner' });
    const note = 'Sold links here in May.';
    const rule = await made(site, { ...CASINO, note }, owner);
    expect(rule).toEqual({
      ...CASINO,
      ...{ id: expect.any(String) as string, note, createdBy: 'owner@rules.test' },
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
    const path = site.path(`/rules/${rule.id}`);
    expect((await owner.get(path)).body).toEqual(rule);
    const changed = await owner.request('PATCH', path, { action: 'hold', note: null });
    expect(changed.body).toEqual({ ...rule, action: 'hold', note: null });
    expect((await owner.get<RulesBody>(site.path('/rules'))).body).toEqual({ items: [changed.body], nextCursor: null });
    expect((await owner.request('DELETE', path)).status).toBe(204);
    expectProblem(await owner.get(path), 404, 'rule-not-found');
    expectProblem(await owner.request('PATCH', path, {}), 404, 'rule-not-found');
    expectProblem(await owner.request('DELETE', path), 404, 'rule-not-found');
  });

  it('is listed page by page, oldest first', async () => {
    const site = await makeSite();
    for (const value of ['one', 'two', 'three']) await made(site, { ...CASINO, value });
    const first = (await operator.get<RulesBody>(site.path('/rules?limit=2'))).body;
    expect(first.items.map(({ value }) => value)).toEqual(['one', 'two']);
    const cursor = encodeURIComponent(first.nextCursor ?? '');
    const second = (await operator.get<RulesBody>(site.path(`/rules?limit=2&cursor=${cursor}`))).body;
    expect([second.items.map(({ value }) => value), second.nextCursor]).toEqual([['three'], null]);
    const other = await makeSite();
    expectProblem(await operator.get(other.path(`/rules?cursor=${cursor}`)), 400, 'invalid-cursor');
  });

  it('of a program bears the name of its key', async () => {
    const site = await makeSite();
    expect((await made(site, CASINO, await site.apiKey('site:admin'))).createdBy).toMatch(/^API key /);
  });

  it.each([
    [{ ...CASINO, field: 'body' }, '/field'],
    [{ ...CASINO, match: 'like' }, '/match'],
    [{ ...CASINO, action: 'reject' }, '/action'],
    [{ ...CASINO, value: '' }, '/value'],
    [{ ...CASINO, value: ' \u200b ' }, '/value'],
    [{ ...CASINO, value: 'x'.repeat(257) }, '/value'],
    [{ ...CASINO, value: 7 }, '/value'],
    [{ ...CASINO, note: 'x'.repeat(501) }, '/note'],
    [{ ...CASINO, more: 1 }, '/more'],
    [{ field: 'text', match: 'word', value: 'x' }, '/action'],
    [{ ...CASINO, match: 'regex', value: '(a' }, '/value'],
    [{ ...CASINO, match: 'regex', value: '(?<=a)b' }, '/value'],
    [{ ...CASINO, match: 'regex', value: '[a-z]{1,1000}' }, '/value'],
    [{ ...CASINO, field: 'network', match: 'prefix', value: '203.0.113.0/24' }, '/match'],
    [{ ...CASINO, field: 'network', match: 'exact', value: '203.0.113.7' }, '/value'],
    [{ ...CASINO, field: 'host', match: 'exact', value: 'https://casino.example/path' }, '/value'],
    [{ ...CASINO, field: 'address', match: 'exact', value: 'ada@' }, '/value'],
  ])('that cannot be is refused with its place: %j', async (rule, pointer) => {
    const site = TestSite.known('demo', operator, service.anonymous);
    for (const path of ['/rules', '/rules/test']) {
      const answer = await operator.post(site.path(path), rule);
      expectProblem(answer, 422, 'invalid-body');
      expect(pointersOf(answer)).toEqual([pointer]);
    }
  });

  it('for a network narrower than is kept says which to write', async () => {
    const rule = { ...CASINO, field: 'network', match: 'exact', value: '203.0.113.7' };
    const answer = await operator.post<{ errors: { detail: string }[] }>('/v1/sites/demo/rules', rule);
    expect(answer.body.errors[0]?.detail).toMatch(/203\.0\.113\.0\/24/);
  });
});

describe('who may', () => {
  it('write are owners, read and try moderators, and viewers neither', async () => {
    const site = await makeSite();
    const rule = await made(site, CASINO);
    const moderator = await signInMember(service, 'moderator@rules.test', { [site.key]: 'moderator' });
    const viewer = await signInMember(service, 'viewer@rules.test', { [site.key]: 'viewer' });
    const path = site.path(`/rules/${rule.id}`);
    const reading = (client: TestClient): Promise<Answer>[] => [
      client.get(site.path('/rules')),
      client.get(path),
      client.post(site.path('/rules/test'), CASINO),
    ];
    const writing = (client: TestClient): Promise<Answer>[] => [
      client.post(site.path('/rules'), CASINO),
      client.request('PATCH', path, { action: 'allow' }),
      client.request('DELETE', path),
    ];
    for (const answer of await Promise.all(reading(moderator))) expect(answer.status).toBe(200);
    const refused = [...writing(moderator), ...reading(viewer), ...writing(viewer)];
    for (const answer of await Promise.all(refused)) expectProblem(answer, 403, 'forbidden');
    expect((await operator.get(path)).body).toEqual(rule);
  });

  it('see a rule are those of its site alone', async () => {
    const [mine, other] = [await makeSite(), await makeSite()];
    const foreign = await made(other, CASINO);
    for (const id of [foreign.id, UNKNOWN]) {
      const path = mine.path(`/rules/${id}`);
      expectProblem(await operator.get(path), 404, 'rule-not-found');
      expectProblem(await operator.request('PATCH', path, { action: 'allow' }), 404, 'rule-not-found');
      expectProblem(await operator.request('DELETE', path), 404, 'rule-not-found');
    }
    expect((await operator.get(other.path(`/rules/${foreign.id}`))).body).toEqual(foreign);
    expect((await operator.get<RulesBody>(mine.path('/rules'))).body.items).toEqual([]);
  });
});

describe('a comment', () => {
  it('that a rule puts away is spam, with the reason', async () => {
    const site = await makeSite({ moderation: 'none', thresholds: { hold: 1, spam: 1 } });
    await made(site, CASINO);
    const item = await site.submitSettled('/a', { body: 'A short visit to the c4s\u0456no, well told.' });
    expect(item.status).toBe('spam');
    expect(item.verdict).toMatchObject({ label: 'spam' });
    expect(item.verdict?.signals[0]).toEqual({
      ...{ name: 'rule-spam', weight: 6 },
      why: 'a rule of this site puts it away: the comment contains “casino”',
      terms: ['c4sіno'],
    });
    expect(item.events.at(-1)?.reason).toBe('A rule of the site puts it away.');
    expect((await site.submitSettled('/a', { body: HAM })).status).toBe('published');
    const page = await operator.get(`/desk/sites/${site.key}?status=spam`, { accept: 'text/html' });
    expect(page.text).toContain('Put away by a rule of this site.');
  });

  it('that a rule holds waits, also where everything else goes out', async () => {
    const site = await makeSite({ moderation: 'none' });
    await made(site, { field: 'address', match: 'exact', value: 'analytical.org', action: 'hold' });
    const item = await site.submitSettled('/a', { body: HAM });
    expect([item.status, item.verdict?.label]).toEqual(['pending', 'unsure']);
    expect(item.events.at(-1)?.reason).toMatch(/A rule of the site holds it/);
  });

  it('that a rule allows goes out whatever it looks like, but not through the honeypot', async () => {
    const site = await makeSite({ moderation: 'new-authors' });
    const author = { name: 'Ada', email: 'ada@analytical.org' };
    expect((await site.submitSettled('/a', { author, body: SPAM, website: 'x' })).status).toBe('spam');
    await made(site, CASINO);
    await made(site, { field: 'address', match: 'exact', value: '@analytical.org', action: 'allow' });
    const allowed = await site.submitSettled('/b', { author, body: `A casino. ${SPAM}` });
    expect([allowed.status, allowed.verdict?.label]).toEqual(['published', 'ham']);
    expect(allowed.verdict?.signals.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['rule-allow', 'rule-spam']),
    );
    expect((await site.submitSettled('/c', { author, body: SPAM, website: 'x' })).status).toBe('spam');
  });

  it('is known by the network it came from, which its reasons do not tell', async () => {
    const site = await makeSite();
    await made(site, { field: 'network', match: 'exact', value: '198.51.100.0/24', action: 'spam' });
    const submit = async (body: string, address: string): Promise<string> => {
      const answer = await service.anonymous.comment(site.key, '/a', { body }, { 'x-forwarded-for': address });
      return answer.body.id;
    };
    const caught = await site.settled(await submit('A thought from there.', '198.51.100.7'));
    const other = await site.settled(await submit('A thought from elsewhere.', '203.0.113.7'));
    expect([caught.status, other.status]).toEqual(['spam', 'pending']);
    expect(JSON.stringify(caught)).not.toContain('198.51');
  });

  it('comes under a rule from the next one on, and is free again when the rule is gone', async () => {
    const site = await makeSite();
    const body = (): string => `The casino of chapter ${String(++serial)}, well told and new to me.`;
    expect((await site.submitSettled('/a', { body: body() })).status).toBe('pending');
    const { id } = await made(site, CASINO);
    expect((await site.submitSettled('/a', { body: body() })).status).toBe('spam');
    await operator.request('DELETE', site.path(`/rules/${id}`));
    expect((await site.submitSettled('/a', { body: body() })).status).toBe('pending');
  });
});

describe('a trial', () => {
  it('counts what people decided, caught and wrongly caught, and changes nothing', async () => {
    const site = await makeSite();
    const bodies = {
      spam: ['Best casino', 'casino bonus', 'cheap pills'],
      publish: ['A casino in a novel', 'A garden'],
    };
    const ids: string[] = [];
    // All are there before the first is decided: the filter learns, and would put away what the next decision is about.
    for (const body of Object.values(bodies).flat()) {
      ids.push((await site.submitSettled('/a', { body: `${body}, a thought of mine.` })).id);
    }
    const actions = Object.entries(bodies).flatMap(([action, texts]) => texts.map(() => action));
    for (const [at, action] of actions.entries()) await site.decided(ids[at] ?? '', action);
    await site.submitSettled('/a', { body: 'The casino nobody decided on.' });
    const before = await operator.get(site.path('/moderation/summary'));
    const answer = await operator.post(site.path('/rules/test'), { ...CASINO, note: 'To be seen.' });
    const example = (at: number, excerpt: string): unknown => ({
      ...{ id: ids[at], authorName: 'Ada Lovelace', article: '/a', excerpt: `${excerpt}, a thought of mine.` },
      decidedAt: expect.any(String) as string,
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      ...{ days: 30, decided: 5, caught: 3, wrongly: 1, capped: false },
      examples: {
        caught: [example(1, 'casino bonus'), example(0, 'Best casino')],
        wrong: [example(3, 'A casino in a novel')],
      },
    });
    expect(answer.text).not.toContain('analytical.org');
    expect((await operator.get(site.path('/moderation/summary'))).body).toMatchObject({
      counts: (before.body as { counts: unknown }).counts as object,
    });
    expect((await operator.get<RulesBody>(site.path('/rules'))).body.items).toEqual([]);
    const other = await makeSite();
    expect((await operator.post(other.path('/rules/test'), CASINO)).body).toMatchObject({ decided: 0, caught: 0 });
  });
});
