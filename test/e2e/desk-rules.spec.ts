import { signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { attributeOf, BROWSER_ACCEPT, expectPage, fromOwnPage, pathAfter, TestPage } from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const RULES = '/desk/sites/blog/rules';
const HOSTILE = `"><script>alert('x')</script>`;
const CASINO = { field: 'text', match: 'prefix', value: 'casin', action: 'spam' };

let service: TestService;
let operator: TestClient;
let owner: TestClient;
let site: TestSite;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  site = await TestSite.make(operator, service.anonymous, { key: 'blog', name: 'The blog' });
  await TestSite.make(operator, service.anonymous, { key: 'other' });
  owner = await signInMember(service, 'owner@rules.test', { blog: 'owner' });
});

afterAll(() => service.close());

async function send(fields: Record<string, string>, client = owner): Promise<TestPage> {
  const answer = await (await TestPage.open(client, RULES)).send(client, RULES, fields);
  return answer.status === 303 ? TestPage.open(client, pathAfter(answer)) : new TestPage(answer);
}

function removals(page: TestPage): string[] {
  return page.all('form', { action: /\/remove$/ }).map((form) => attributeOf(form, 'action') ?? '');
}

describe('the rules of a site at the desk', () => {
  it('are tried with what people decided, and what was typed stays', async () => {
    const spam = await site.submitSettled('/a', { body: 'The best casinos of the town.', author: { name: HOSTILE } });
    await site.decided(spam.id, 'spam');
    const ham = await site.submitSettled('/a', { body: 'A casino in a novel, well told.' });
    await site.decided(ham.id, 'publish');
    const settings = await TestPage.open(owner, '/desk/sites/blog/settings');
    expect(settings.all('a', { href: RULES })).toHaveLength(1);
    const page = await send({ ...CASINO, note: HOSTILE, do: 'try' });
    expectPage(page, 200);
    expect(page.text).toContain(
      'Of 2 comments on which people decided in the last 30 days it catches 2, 1 of them wrongly.',
    );
    expect(page.all('a', { href: /\/comments\// }).map((link) => attributeOf(link, 'href'))).toEqual([
      `/desk/sites/blog/comments/${spam.id}`,
      `/desk/sites/blog/comments/${ham.id}`,
    ]);
    expect(page.title).toMatch(/^Tried, not made\./);
    expect(attributeOf(page.one('input', { id: 'value' }), 'value')).toBe('casin');
    expect(attributeOf(page.one('option', { selected: '', value: 'prefix' }), 'value')).toBe('prefix');
    expect(attributeOf(page.one('input', { id: 'note' }), 'value')).toBe(HOSTILE);
    expect(removals(page)).toEqual([]);
  });

  it('are made, listed and removed', async () => {
    const made = await send({ ...CASINO, value: `casin ${HOSTILE}`, note: 'Sold links in May.', do: 'make' });
    expectPage(made, 200);
    expect(made.text).toContain('The rule is made.');
    expect(made.text).toContain(`If the comment has a word that begins so: casin ${HOSTILE}`);
    expect(made.text).toMatch(/Sold links in May\. Made .* by owner@rules\.test\./);
    const [action = ''] = removals(made);
    const removed = pathAfter(await made.send(owner, action));
    const after = await TestPage.open(owner, removed);
    expect(after.text).toContain('The rule is removed.');
    expect(removals(after)).toEqual([]);
  });

  it('that cannot be are refused on the page, with what is wrong', async () => {
    for (const what of ['try', 'make']) {
      const page = await send({ ...CASINO, match: 'regex', value: '(a', do: what });
      expectPage(page, 422);
      expect(page.text).toContain('missing closing )');
      expect(attributeOf(page.one('input', { id: 'value' }), 'value')).toBe('(a');
    }
    const narrow = await send({ ...CASINO, field: 'network', match: 'word', value: '203.0.113.7', do: 'make' });
    expect(narrow.text).toContain('A network is matched as a whole');
  });

  it('are for owners, each of its own site', async () => {
    const moderator = await signInMember(service, 'moderator@rules.test', { blog: 'moderator' });
    const status = async (answer: Promise<Answer>): Promise<number> => (await answer).status;
    const accept = { accept: BROWSER_ACCEPT };
    const fields = new URLSearchParams({ ...CASINO, do: 'make' });
    expect(await status(moderator.get(RULES, accept))).toBe(403);
    expect(await status(moderator.post(RULES, fields, fromOwnPage(moderator)))).toBe(403);
    expect(await status(owner.get('/desk/sites/other/rules', accept))).toBe(404);
    const foreign = await operator.post<{ id: string }>('/v1/sites/other/rules', CASINO);
    const remove = `${RULES}/${foreign.body.id}/remove`;
    expect(await status(owner.post(remove, new URLSearchParams(), fromOwnPage(owner)))).toBe(404);
    expect(await status(operator.get(`/v1/sites/other/rules/${foreign.body.id}`))).toBe(200);
  });
});
