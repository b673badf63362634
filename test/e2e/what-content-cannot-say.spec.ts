import { CONTENT_SIGNALS } from '../../src/lib/spam/checks/content.js';
import { SITE_SIGNALS } from '../../src/lib/spam/classifier/explain-site.js';
import { expectProblem } from '../support/problems.js';
import { signInMember } from '../support/test-accounts.js';
import type { CommentInput, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Detail } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

const HERE = 'a link to evil.example was in 1 comment marked as spam here';

let service: TestService;
let operator: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService({ SUBMIT_LIMIT_PER_MINUTE: '100000' });
  operator = await service.signIn();
});

afterAll(() => service.close());

/** What decisions teach of the content, and that of copies, is switched off, for these comments are much alike. */
const ALIKE = ['near-copies', 'copies-of-spam', 'confirmed-elsewhere'];
const UNTAUGHT = Object.fromEntries([...SITE_SIGNALS, ...ALIKE].map((name) => [name, 0]));

function make(settings: Record<string, unknown> = {}): Promise<TestSite> {
  return TestSite.make(operator, service.anonymous, {
    key: `site-${String(++serial)}`,
    settings: { weights: UNTAUGHT, ...settings },
  });
}

/** Sent by somebody new each time, so that nothing is known but the link. */
function withLink(link = 'https://shop.evil.example/offer'): CommentInput {
  const number = String(++serial);
  return {
    author: { name: `Reader ${number}`, email: `ada.byron${number}@analytical.org` },
    body: `In the winter of ${number} we compared both for weeks and wrote down all that we saw: ${link}${number}`,
  };
}

/** What is said beside the content, which has a word on every comment. */
const names = ({ verdict }: Detail): string[] =>
  (verdict?.signals ?? []).map(({ name }) => name).filter((name) => !CONTENT_SIGNALS.includes(name));
const whyOf = ({ verdict }: Detail, name: string): string | undefined =>
  verdict?.signals.find((signal) => signal.name === name)?.why;

async function change(site: TestSite, weights: Record<string, unknown>): Promise<void> {
  const answer = await operator.request('PATCH', site.path(), { settings: { weights } });
  expect(answer.status).toBe(200);
}

describe('a link to what was marked as spam here', () => {
  it('holds the next comment and says why, and an accepted one takes that back', async () => {
    const site = await make();
    const first = await site.submitSettled('/a', withLink());
    expect([first.verdict?.label, names(first)]).toEqual(['ham', ['link-count']]);
    await site.decided(first.id, 'spam');
    const next = await site.submitSettled('/a', withLink('http://other.evil.example/'));
    expect(next.verdict?.label).toBe('unsure');
    expect(whyOf(next, 'link-spam-here')).toBe(HERE);
    await site.decided(next.id, 'approve');
    const third = await site.submitSettled('/a', withLink());
    expect([third.verdict?.label, names(third)]).toEqual(['ham', ['link-count']]);
  });

  it('is no more known after the undo, and never on another site alone', async () => {
    const site = await make();
    const { id } = await site.submitSettled('/a', withLink());
    await site.decided(id, 'spam');
    expect(names(await (await make()).submitSettled('/a', withLink()))).toEqual(['link-count']);
    await site.decided(id, 'undo');
    expect(names(await site.submitSettled('/a', withLink()))).toEqual(['link-count']);
  });

  it('is told on other sites once three unrelated ones agree, without a word of theirs', async () => {
    const link = 'https://cheap.fraud.example/';
    const sites = [await make(), await make(), await make(), await make()];
    const owners = { [sites[0]!.key]: 'owner', [sites[1]!.key]: 'owner' } as const;
    await signInMember(service, 'both@owner.example', owners);
    for (const site of sites.slice(0, 3)) {
      const { id } = await site.submitSettled('/a', withLink(link));
      await site.decided(id, 'spam');
    }
    const fifth = await make();
    expect(names(await fifth.submitSettled('/a', withLink(link)))).toEqual(['link-count']);
    const { id } = await sites[3]!.submitSettled('/a', withLink(link));
    await sites[3]!.decided(id, 'spam');
    const told = await fifth.submitSettled('/a', withLink(link));
    expect(whyOf(told, 'link-spam-elsewhere')).toBe('a link to fraud.example was confirmed as spam on 3 other sites');
    for (const site of sites) expect(JSON.stringify(told)).not.toContain(`"${site.key}"`);
    await sites[3]!.decided(id, 'undo');
    expect(names(await fifth.submitSettled('/a', withLink(link)))).toEqual(['link-count']);
  });
});

describe('an author', () => {
  it('is known by spam that a person marked, not by what the filter put away', async () => {
    const site = await make({ thresholds: { hold: 0, spam: 0 } });
    const author = { name: 'Eve', email: 'eve@analytical.org' };
    expect((await site.submitSettled('/a', { author })).status).toBe('spam');
    await operator.request('PATCH', site.path(), { settings: { thresholds: { hold: 0.5, spam: 0.95 } } });
    const second = await site.submitSettled('/a', { author });
    expect(names(second)).not.toContain('author-spam');
    await site.decided(second.id, 'spam');
    const third = await site.submitSettled('/a', { author });
    expect(whyOf(third, 'author-spam')).toBe('1 earlier comment of this author is marked as spam here');
    expect(names(third)).toContain('network-spam');
  });

  it('who sends many comments in a few minutes is told of', async () => {
    const site = await make();
    const author = { name: 'Max', email: 'max@analytical.org' };
    for (let n = 0; n < 5; n++) await site.submitSettled('/a', { author });
    const last = await site.submitSettled('/a', { author });
    expect(whyOf(last, 'author-rate')).toBe('this author sent 5 other comments here in the 10 minutes before');
    expect(last.verdict?.label).toBe('ham');
  });
});

describe('the weights of a site', () => {
  it('switch a signal off, double it, and set it back', async () => {
    const site = await make({ weights: {} });
    const { id } = await site.submitSettled('/a', withLink());
    await site.decided(id, 'spam');
    const weightOf = async (): Promise<number | undefined> => {
      const { verdict } = await site.submitSettled('/a', withLink());
      return verdict?.signals.find(({ name }) => name === 'link-spam-here')?.weight;
    };
    const usual = (await weightOf()) ?? 0;
    await change(site, { 'link-spam-here': 0, 'role-email': 0.5 });
    expect(await weightOf()).toBeUndefined();
    await change(site, { 'link-spam-here': 2 });
    expect(await weightOf()).toBeCloseTo(2 * usual);
    await change(site, { 'link-spam-here': 1 });
    await waitUntil(async () => (await weightOf()) === usual, 'the weight is as it was');
    const { body } = await operator.get<{ settings: Record<string, unknown> }>(site.path());
    expect(body.settings.weights).toEqual({ 'role-email': 0.5 });
  });

  it.each<[unknown, string, RegExp]>([
    [{ 'link-spam': 0 }, '/settings/weights/link-spam', /known here: blocked-word, honeypot, .*role-email\.$/],
    [{ 'rule-spam': 0 }, '/settings/weights/rule-spam', /Leave this member out/],
    [{ honeypot: 3.5 }, '/settings/weights/honeypot', /3/],
    [{ honeypot: -1 }, '/settings/weights/honeypot', /0/],
    [{ honeypot: '1' }, '/settings/weights/honeypot', /number/],
    [{ honeypot: null }, '/settings/weights/honeypot', /number/],
    [['honeypot'], '/settings/weights', /./],
  ])('refuse %j at its place', async (weights, pointer, detail) => {
    const site = await make({ weights: {} });
    for (const answer of [
      await operator.request('PATCH', site.path(), { settings: { weights } }),
      await operator.post('/v1/sites', { key: `site-${String(++serial)}`, settings: { weights } }),
    ]) {
      expectProblem(answer, 422, 'invalid-body');
      const { errors } = answer.body as { errors: { pointer: string; detail: string }[] };
      expect(errors[0]).toMatchObject({ pointer, detail: expect.stringMatching(detail) as string });
    }
  });
});
