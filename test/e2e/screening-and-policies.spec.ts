import { DEFAULT_THRESHOLDS } from '../../src/lib/spam/verdict.js';
import { eachBackend } from '../support/gates.js';
import type { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Detail } from '../support/test-site.js';

const HAM = 'Thank you, the part about the bridge in the second chapter was new to me and well told.';
const UNSURE = 'I read about the zebrafish in the second chapter and liked it well.';
const SPAM = 'Cheap pills http://pills.example/a http://pills.example/b http://pills.example/c';
/** A word of the site that makes a comment need a look. */
const SETTINGS = { blockedWords: ['zebrafish'] };

interface Row {
  readonly moderation: string;
  readonly publishOnApproval: boolean;
  /** Where ham of a stranger, ham of an author published before, an unclear comment and spam go. */
  readonly expected: readonly [stranger: string, known: string, unsure: string, spam: string];
}

const POLICIES: readonly Row[] = [
  { moderation: 'all', publishOnApproval: true, expected: ['pending', 'pending', 'pending', 'spam'] },
  { moderation: 'all', publishOnApproval: false, expected: ['pending', 'pending', 'pending', 'spam'] },
  { moderation: 'new-authors', publishOnApproval: true, expected: ['pending', 'published', 'pending', 'spam'] },
  { moderation: 'new-authors', publishOnApproval: false, expected: ['pending', 'approved', 'pending', 'spam'] },
  { moderation: 'unsure', publishOnApproval: true, expected: ['published', 'published', 'pending', 'spam'] },
  { moderation: 'unsure', publishOnApproval: false, expected: ['approved', 'approved', 'pending', 'spam'] },
  { moderation: 'none', publishOnApproval: true, expected: ['published', 'published', 'published', 'spam'] },
  { moderation: 'none', publishOnApproval: false, expected: ['approved', 'approved', 'approved', 'spam'] },
];

let serial = 0;

function author(name: string): { name: string; email: string } {
  return { name, email: `${name}@analytical.org` };
}

eachBackend('screening', ({ redisUrl }) => {
  let service: TestService;
  let operator: TestClient;

  beforeAll(async () => {
    service = await startTestService({ REDIS_URL: redisUrl });
    operator = await service.signIn();
  });

  afterAll(() => service.close());

  function make(settings: Record<string, unknown> = {}): Promise<TestSite> {
    const key = `site-${String(++serial)}`;
    return TestSite.make(operator, service.anonymous, { key, settings: { ...SETTINGS, ...settings } });
  }

  it.each(POLICIES)('under $moderation, publishOnApproval $publishOnApproval', async ({ expected, ...settings }) => {
    const site = await make(settings);
    await site.published('/a', {
      author: author('known'),
      body: 'I have written here before, at some length, as you know.',
    });
    const screened = await Promise.all([
      site.submitSettled('/a', { author: author('stranger'), body: HAM }),
      site.submitSettled('/a', { author: author('known'), body: `${HAM} Once more.` }),
      site.submitSettled('/a', { author: author('unclear'), body: UNSURE }),
      site.submitSettled('/a', { author: author('seller'), body: SPAM, website: 'x' }),
    ]);
    expect(screened.map(({ status }) => status)).toEqual(expected);
    expect(screened.map(({ verdict }) => verdict?.label)).toEqual(['ham', 'ham', 'unsure', 'spam']);
    for (const item of screened) expectScreeningEvent(item);
  });

  function expectScreeningEvent({ events, status, version }: Detail): void {
    expect(version).toBe(2);
    expect(events).toEqual([
      { from: null, to: 'received', action: 'submit', at: expect.any(String) as string, by: 'author' },
      {
        from: 'received',
        to: status,
        action: 'screening',
        at: expect.any(String) as string,
        by: expect.any(String) as string,
        reason: expect.stringMatching(/\S+ \S+/) as string,
      },
    ]);
  }

  it('shows every signal with its weight and a sentence, and a probability', async () => {
    const site = await make();
    const { verdict } = await site.submitSettled('/a', { body: UNSURE, author: author('unclear') });
    expect(verdict?.probability).toBeGreaterThanOrEqual(DEFAULT_THRESHOLDS.hold);
    expect(verdict?.probability).toBeLessThan(0.95);
    expect(verdict?.signals.map(({ name }) => name)).toContain('blocked-word');
    for (const { terms = [], ...signal } of verdict?.signals ?? []) {
      expect(terms.every((term) => UNSURE.includes(term))).toBe(true);
      expect(signal).toEqual({
        name: expect.stringMatching(/^[a-z][a-z0-9-]*$/) as string,
        weight: expect.any(Number) as number,
        why: expect.stringMatching(/\S+ \S+/) as string,
      });
    }
    expect(verdict?.signals.find(({ name }) => name === 'blocked-word')?.why).toContain('zebrafish');
  });

  it('follows the thresholds of the site', async () => {
    const wary = await make({ moderation: 'unsure', thresholds: { hold: 0, spam: 1 } });
    expect((await wary.submitSettled('/a', { body: HAM })).verdict?.label).toBe('unsure');
    const harsh = await make({ thresholds: { hold: 0, spam: 0 } });
    expect((await harsh.submitSettled('/a', { body: HAM })).status).toBe('spam');
  });

  it('an author is known by the address in any case, and only on the same site', async () => {
    const site = await make({ moderation: 'new-authors' });
    await site.published('/a', { author: author('ada') });
    const again = await site.submitSettled('/b', {
      author: { name: 'Someone', email: 'ADA@Analytical.ORG' },
      body: HAM,
    });
    expect(again.status).toBe('published');
    const other = await make({ moderation: 'new-authors' });
    expect((await other.submitSettled('/a', { author: author('ada'), body: HAM })).status).toBe('pending');
  });

  it('uses the policy of the moment it screens, from the next comment on', async () => {
    const site = await make({ moderation: 'all' });
    await operator.request('PATCH', site.path(), { settings: { moderation: 'none' } });
    expect((await site.submitSettled('/a', { body: HAM })).status).toBe('published');
    await operator.request('PATCH', site.path(), { settings: { moderation: 'all' } });
    expect((await site.submitSettled('/a', { body: `${HAM} Truly.` })).status).toBe('pending');
  });

  it('gives a hundred comments of two sites one verdict each', async () => {
    const sites = [await make(), await make()];
    const ids = await Promise.all(sites.map((site) => site.submitMany(50, '/many')));
    for (const [index, site] of sites.entries()) {
      const items = await site.all('?limit=100');
      expect(items.map(({ id }) => id).sort()).toEqual(ids[index]?.sort());
      expect(new Set(items.map(({ version }) => version))).toEqual(new Set([2]));
    }
  });
});

describe('a verdict that comes late', () => {
  let service: TestService;
  let site: TestSite;

  beforeAll(async () => {
    service = await startTestService({ ROLE: 'web', SCREENING_SWEEP_EVERY_SECONDS: '1' });
    const settings = { moderation: 'none' };
    site = await TestSite.make(await service.signIn(), service.anonymous, { key: 'blog', settings });
  });

  afterAll(() => service.close());

  it('never overrides a person; what nobody decided is screened, and nothing is published before', async () => {
    const actions = ['approve', 'publish', 'reject', 'spam', 'delete'];
    const ids = await Promise.all([...actions, 'none'].map(async () => (await site.submit()).id));
    for (const [index, action] of actions.entries()) await site.decided(ids[index] ?? '', action);
    expect((await site.read(ids[5] ?? '')).verdict).toBeNull();
    expect((await site.counts()).received).toBe(1);
    const before = await Promise.all(ids.slice(0, 5).map((id) => site.read(id)));
    expect(before.map(({ status }) => status)).toEqual(['published', 'published', 'rejected', 'spam', 'deleted']);
    await service.another({ ROLE: 'worker' });
    const last = await site.settled(ids[5] ?? '');
    expect(last.status).toBe('published');
    const after = await Promise.all(ids.slice(0, 5).map((id) => site.read(id)));
    expect(after.map(({ status, version }) => [status, version])).toEqual(
      before.map(({ status, version }) => [status, version]),
    );
  });
});
