import { expectProblem } from '../support/problems.js';
import { signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { attributeOf, TestPage } from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

/* What people and programs did on a site, as its owner reads it. */

interface Act {
  readonly id: string;
  readonly at: string;
  readonly by: { readonly kind: string; readonly name: string };
  readonly action: string;
  readonly subject: string | null;
  readonly detail?: Readonly<Record<string, unknown>>;
}

const EMAIL = 'canary.commenter@analytical.org';
const HOSTILE = '<img src=x onerror=alert(1)>';

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
  const key = `audit-${String(++serial)}`;
  site = await TestSite.make(operator, service.anonymous, { key, name: 'The blog' });
  mo = await signInMember(service, `mo-${key}@audit.test`, { [key]: 'owner' });
});

async function acts(query = ''): Promise<readonly Act[]> {
  const answer = await mo.get<{ items: Act[] }>(site.path(`/audit${query}`));
  if (answer.status !== 200) throw new Error(`Reading failed: ${answer.text}`);
  return answer.body.items;
}

/** Newest last, without the making of the site. */
async function told(): Promise<unknown[]> {
  const items = (await acts()).filter(({ action }) => action !== 'site-made');
  return items.reverse().map(({ action, subject, detail }) => [action, subject, ...(detail ? [detail] : [])]);
}

async function done(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await mo.request(method, site.path(path), body);
  if (answer.status >= 300) throw new Error(`${method} ${path} failed: ${answer.text}`);
  return answer.body;
}

describe('the record', () => {
  it('begins with the making of the site, and says who', async () => {
    const [first] = await acts();
    expect(first).toEqual({
      ...{ id: expect.any(String) as string, at: expect.stringMatching(/^\d{4}-.*Z$/) as string },
      by: { kind: 'person', name: expect.any(String) as string },
      ...{ action: 'site-made', subject: 'The blog' },
    });
  });

  it('names the settings that changed and not what they hold', async () => {
    await done('PATCH', '', { name: 'A blog', settings: { moderation: 'all', blockedWords: ['secretword'] } });
    await done('PATCH', '', { name: 'A blog', settings: { blockedWords: ['secretword'] } });
    await done('PATCH', '', { origins: ['https://blog.example'], settings: { thresholds: { hold: 0.4 } } });
    expect(await told()).toEqual([
      ['site-renamed', 'A blog', { from: 'The blog' }],
      ['settings-changed', null, { members: ['settings.blockedWords'] }],
      ['settings-changed', null, { members: ['origins', 'settings.thresholds'] }],
    ]);
    expect(JSON.stringify(await acts())).not.toContain('secretword');
  });

  it('tells of rules, without an author’s address', async () => {
    const host = { field: 'host', match: 'exact', value: 'casino.example', action: 'spam' };
    const { id } = await done('POST', '/rules', host);
    await done('PATCH', `/rules/${String(id)}`, { action: 'hold' });
    await done('DELETE', `/rules/${String(id)}`);
    await done('POST', '/rules', { field: 'address', match: 'exact', value: EMAIL, action: 'spam' });
    await done('POST', '/rules', { field: 'text', match: 'word', value: EMAIL, action: 'spam' });
    expect(await told()).toEqual([
      ['rule-made', 'casino.example', { field: 'host', match: 'exact', action: 'spam' }],
      ['rule-changed', 'casino.example', { field: 'host', match: 'exact', action: 'hold' }],
      ['rule-removed', 'casino.example', { field: 'host', match: 'exact', action: 'hold' }],
      ['rule-made', null, { field: 'address', match: 'exact', action: 'spam' }],
      ['rule-made', null, { field: 'text', match: 'word', action: 'spam' }],
    ]);
  });

  it('tells of members: invited, joined, given another role, removed', async () => {
    const made = await done('POST', '/invitations', { email: 'new@audit.test', role: 'viewer' });
    const token = String(made.url).split('/').at(-1) ?? '';
    const answer = { name: 'Noor', password: 'a few good words' };
    expect((await service.anonymous.post(`/v1/invitations/${token}/acceptance`, answer)).status).toBeLessThan(300);
    const members = await mo.get<{ items: { accountId: string; name: string }[] }>(site.path('/members'));
    const id = members.body.items.find(({ name }) => name === 'Noor')?.accountId ?? '';
    await done('PATCH', `/members/${id}`, { role: 'moderator' });
    await done('PATCH', `/members/${id}`, { role: 'moderator' });
    await done('DELETE', `/members/${id}`);
    const open = await done('POST', '/invitations', { email: 'never@audit.test', role: 'owner' });
    await done('DELETE', `/invitations/${String(open.id)}`);
    expect(await told()).toEqual([
      ['member-invited', 'new@audit.test', { role: 'viewer' }],
      ['member-joined', 'Noor', { role: 'viewer' }],
      ['role-changed', 'Noor', { from: 'viewer', to: 'moderator' }],
      ['member-removed', 'Noor'],
      ['member-invited', 'never@audit.test', { role: 'owner' }],
      ['invitation-withdrawn', 'never@audit.test'],
    ]);
    expect((await acts()).find(({ action }) => action === 'member-joined')?.by).toEqual({
      kind: 'person',
      name: 'Noor',
    });
    expect(JSON.stringify(await acts())).not.toContain(token);
  });

  it('tells of keys and of what was done with one, and holds no key', async () => {
    const made = await done('POST', '/api-keys', { name: 'ci', scopes: ['site:admin'] });
    const program = service.anonymous.withKey(String(made.key));
    await site.submitSettled('/spring', { articleTitle: 'Spring' });
    await program.request('PATCH', site.articlePath('/spring'), { open: false });
    await program.request('PATCH', site.articlePath('/spring'), { open: false, title: 'Spring' });
    await program.request('PATCH', site.articlePath('/spring'), { open: true });
    await done('DELETE', `/api-keys/${String(made.id)}`);
    expect(await told()).toEqual([
      ['api-key-made', 'ci', { scopes: ['site:admin'] }],
      ['article-closed', 'Spring'],
      ['article-opened', 'Spring'],
      ['api-key-revoked', 'ci'],
    ]);
    expect((await acts())[1]?.by).toEqual({ kind: 'program', name: 'ci' });
    expect(JSON.stringify(await acts())).not.toContain('wnw_');
  });

  it('tells of decisions on many at once, of standings and of deleted notes', async () => {
    const ids = await site.submitMany(3, '/a', { author: { email: EMAIL } });
    const [one = ''] = ids;
    await done('POST', '/moderation/decisions', { action: 'reject', ids });
    await done('POST', '/moderation/decisions', { action: 'reject', ids });
    await done('POST', '/moderation/decisions', { action: 'spam', ids: [one] });
    expect((await mo.post('/v1/moderation/decisions', { action: 'restore', ids })).status).toBe(200);
    const comment = `/moderation/comments/${one}`;
    await done('PUT', `${comment}/author/standing`, { standing: 'banned' });
    await done('PUT', `${comment}/author/standing`, { standing: 'banned' });
    const note = await done('POST', `${comment}/author/notes`, { text: 'Rude.' });
    await done('DELETE', `${comment}/author/notes/${String(note.id)}`);
    expect(await told()).toEqual([
      ['bulk-decided', null, { decision: 'reject', count: 3 }],
      ['bulk-decided', null, { decision: 'restore', count: 3 }],
      ['author-standing', one, { standing: 'banned' }],
      ['note-deleted', one, { on: 'author', writtenBy: `mo-${site.key}@audit.test` }],
    ]);
    expect(JSON.stringify(await acts())).not.toContain(EMAIL);
  });

  it('tells who began and stopped a large act, and not by which address it was narrowed', async () => {
    await site.submitMany(2, '/a', { author: { email: EMAIL } });
    const order = { action: 'reject', filter: { status: 'pending', q: `email:${EMAIL}` } };
    const { body: job } = await mo.post<{ id: string }>(site.path('/moderation/jobs'), order);
    await mo.post(site.path(`/moderation/jobs/${job.id}/stop`));
    await mo.post(site.path(`/moderation/jobs/${job.id}/stop`));
    const [begun, ...rest] = await told();
    expect(begun).toEqual(['large-act-begun', job.id, { decision: 'reject' }]);
    // It may have been done before it was stopped.
    expect([[], [['large-act-stopped', job.id, { decision: 'reject' }]]]).toContainEqual(rest);
    expect(JSON.stringify(await acts())).not.toContain(EMAIL);
  });

  it('tells of a decision on a campaign', async () => {
    const copy = (n: number): Record<string, unknown> => ({
      body: `${n}: we all ask the council to keep the little library at the corner of the market open`,
      author: { email: `a${n}@analytical.org` },
    });
    const [first] = await Promise.all([1, 2, 3].map((n) => site.submitSettled('/a', copy(n))));
    const campaign = (await site.read(first!.id)).campaign?.id ?? '';
    await done('POST', `/moderation/campaigns/${campaign}/decisions`, { action: 'reject' });
    expect(await told()).toEqual([['campaign-decided', campaign, { decision: 'reject', count: 3 }]]);
  });

  it('is read by owners and their programs, page by page', async () => {
    for (const name of ['one', 'two', 'three']) await done('PATCH', '', { name });
    const first = (await mo.get<{ items: Act[]; nextCursor: string }>(site.path('/audit?limit=2'))).body;
    expect(first.items.map(({ subject }) => subject)).toEqual(['three', 'two']);
    expect((await acts(`?limit=2&cursor=${first.nextCursor}`)).map(({ subject }) => subject)).toEqual([
      'one',
      'The blog',
    ]);
    const moderator = await signInMember(service, `jo-${site.key}@audit.test`, { [site.key]: 'moderator' });
    expectProblem(await moderator.get(site.path('/audit')), 403, 'forbidden');
    expectProblem(await (await site.apiKey('moderation:write')).get(site.path('/audit')), 403, 'forbidden');
    expect((await (await site.apiKey('site:admin')).get(site.path('/audit'))).status).toBe(200);
    const other = await TestSite.make(operator, service.anonymous, { key: `other-${site.key}` });
    expectProblem(await mo.get(other.path('/audit')), 404, 'site-not-found');
    expectProblem(await operator.get(other.path(`/audit?cursor=${first.nextCursor}`)), 400, 'invalid-cursor');
  });
});

describe('the page', () => {
  const open = (path = `/desk/sites/${site.key}/audit`): Promise<TestPage> => TestPage.open(mo, path);

  it('says it in sentences, with the newest first, and shows what is hostile as text', async () => {
    const who = `mo-${site.key}@audit.test`;
    await done('PATCH', '', { name: HOSTILE, settings: { blockedWords: ['x'] } });
    const { id } = await site.submitSettled('/spring', { articleTitle: 'Spring' });
    await done('PATCH', `/articles/${encodeURIComponent('/spring')}`, { open: false });
    await done('PUT', `/moderation/comments/${id}/author/standing`, { standing: 'trusted' });
    const { text } = await open();
    const sentences = [
      `${who} trusted the author of a comment.`,
      `${who} closed the article “Spring”.`,
      `${who} changed settings: blocked words.`,
      `${who} renamed the site from “The blog” to “${HOSTILE}”.`,
    ];
    for (const sentence of sentences) expect(text).toContain(sentence);
    const places = sentences.map((sentence) => text.indexOf(sentence));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('goes on to what was before, and is linked from the settings', async () => {
    for (let n = 0; n < 26; n++) await done('PATCH', '', { name: `Name ${n}` });
    const next = attributeOf((await open()).one('a', { rel: 'next' }), 'href') ?? '';
    expect((await open(next)).text).toContain('made the site “The blog”.');
    (await open(`/desk/sites/${site.key}/settings`)).one('a', { href: `/desk/sites/${site.key}/audit` });
  });

  it('is for owners', async () => {
    const moderator = await signInMember(service, `bo-${site.key}@audit.test`, { [site.key]: 'moderator' });
    const { answer } = await TestPage.open(moderator, `/desk/sites/${site.key}/audit`);
    expect(answer.status).toBe(403);
  });
});
