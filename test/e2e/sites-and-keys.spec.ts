import { expectProblem, pointersOf } from '../support/problems.js';
import { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

interface SiteBody {
  readonly key: string;
  readonly name: string;
  readonly origins: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
}

let service: TestService;
let operator: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

function make(origins: string[] = []): Promise<TestSite> {
  return TestSite.make(operator, service.anonymous, { key: `site-${String(++serial)}`, origins });
}

describe('a site', () => {
  it('is made with 201, all settings filled in, and read again', async () => {
    const origins = ['HTTPS://Blog.Example:443/', 'https://*.preview.example'];
    const answer = await operator.post<SiteBody>('/v1/sites', { key: 'new', name: 'New', origins });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      key: 'new',
      name: 'New',
      origins: ['https://blog.example', 'https://*.preview.example'],
      settings: { moderation: 'all', publishOnApproval: true, closeAfterDays: null, maxDepth: 5, reservedNames: [] },
    });
    expect((await operator.get('/v1/sites/new')).body).toEqual(answer.body);
    expectProblem(await operator.post('/v1/sites', { key: 'new', name: 'Again' }), 409, 'site-key-taken');
  });

  it('that was asked for before it existed is there once it is made', async () => {
    for (let round = 0; round < 10; round++) {
      const key = `early-${String(round)}`;
      expectProblem(await service.anonymous.get(`/v1/sites/${key}/feed.json`), 404, 'site-not-found');
      expect((await operator.post('/v1/sites', { key, name: key })).status).toBe(201);
      expect((await service.anonymous.get(`/v1/sites/${key}/feed.json`)).status).toBe(200);
    }
  });

  it('that was changed is read as it is now, by the very next request', async () => {
    const site = await make();
    for (let round = 0; round < 10; round++) {
      const name = `Round ${String(round)}`;
      expect((await operator.request('PATCH', site.path(), { name })).body).toMatchObject({ name });
      expect((await operator.get(site.path())).body).toMatchObject({ name });
    }
  });

  it('keeps what a change does not name', async () => {
    const site = await make(['https://blog.example']);
    const first = {
      moderation: 'unsure',
      thresholds: { hold: 0.3 },
      blockedWords: ['x'],
      reservedNames: ['The Editor', 'Zo\u00eb 😀'],
    };
    await operator.request('PATCH', site.path(), { settings: first });
    const answer = await operator.request<SiteBody>('PATCH', site.path(), {
      settings: { maxDepth: 2, thresholds: { spam: 0.9 } },
    });
    expect(answer.body).toMatchObject({
      name: site.key,
      origins: ['https://blog.example'],
      settings: { ...first, maxDepth: 2, thresholds: { hold: 0.3, spam: 0.9 } },
    });
  });

  it('changed here is known to another process', async () => {
    const site = await make();
    const neighbour = new TestClient((await service.another({ ROLE: 'web' })).url ?? '');
    const submit = (): Promise<number> =>
      neighbour
        .comment(site.key, '/a', { body: `Try ${String(++serial)}.` }, { origin: 'https://new.example' })
        .then(({ status }) => status);
    expect(await submit()).toBe(403);
    await operator.request('PATCH', site.path(), { origins: ['https://new.example'] });
    await waitUntil(async () => (await submit()) === 202, 'the other process knows the new origin', 5_000);
  });

  it('deleted is gone with all it held, and its key can be used again for an empty one', async () => {
    const site = await make();
    const published = await site.published();
    const submitted = await site.submit();
    const key = await site.apiKey('moderation:read');
    expect((await operator.request('DELETE', site.path())).status).toBe(204);
    const gone = [
      site.path(),
      site.path('/moderation/comments'),
      site.path('/feed.json'),
      site.articlePath('/a', '/comments'),
    ];
    for (const path of gone) {
      await waitUntil(async () => (await operator.get(path)).status === 404, `${path} is gone`, 5_000);
      expectProblem(await operator.get(path), 404, 'site-not-found');
    }
    expectProblem(await service.anonymous.get(`/v1/receipts/${submitted.receipt}`), 404, 'receipt-not-found');
    expectProblem(await key.get(site.path('/moderation/comments')), 401, 'not-signed-in');
    const again = await TestSite.make(operator, service.anonymous, { key: site.key });
    expect(Object.values(await again.counts()).every((count) => count === 0)).toBe(true);
    expect((await service.anonymous.get(again.path('/feed.json'))).text).not.toContain(published.id);
  });

  it('deleted while comments pour in is gone all the same, and its neighbours do not notice', async () => {
    const neighbour = await make();
    for (let round = 0; round < 10; round++) {
      const site = await make();
      await Promise.all(Array.from({ length: 10 }, () => site.submit()));
      const [deleted, ...others] = await Promise.all([
        operator.request('DELETE', site.path()),
        ...Array.from({ length: 10 }, (_, n) => {
          const body = `Said in round ${String(round)} by ${String(n)}.`;
          return service.anonymous.comment((n % 2 ? site : neighbour).key, `/${String(n)}`, { body });
        }),
      ]);
      expect({ status: deleted.status, text: deleted.text }).toEqual({ status: 204, text: '' });
      expect(others.filter(({ status }, n) => status !== 202 && (n % 2 === 0 || status !== 404))).toEqual([]);
    }
  });

  it.each([
    [{ name: 'x' }, '/key'],
    [{ key: 'Upper', name: 'x' }, '/key'],
    [{ key: '-x', name: 'x' }, '/key'],
    [{ key: 'x'.repeat(64), name: 'x' }, '/key'],
    [{ key: 'ok', name: '' }, '/name'],
    [{ key: 'ok', name: 'x', origins: ['blog.example'] }, '/origins'],
    [{ key: 'ok', name: 'x', origins: ['https://*.*.example'] }, '/origins'],
    [{ key: 'ok', name: 'x', origins: 'https://blog.example' }, '/origins'],
    [{ key: 'ok', name: 'x', settings: { moderation: 'some' } }, '/settings/moderation'],
    [{ key: 'ok', name: 'x', settings: { maxDepth: -1 } }, '/settings/maxDepth'],
    [{ key: 'ok', name: 'x', settings: { publishOnApproval: 'yes' } }, '/settings/publishOnApproval'],
    [{ key: 'ok', name: 'x', settings: { thresholds: { hold: 2 } } }, '/settings/thresholds/hold'],
    [{ key: 'ok', name: 'x', settings: { thresholds: { hold: 0.9, spam: 0.1 } } }, '/settings/thresholds/hold'],
    [{ key: 'ok', name: 'x', settings: { unknown: 1 } }, '/settings/unknown'],
    [{ key: 'ok', name: 'x', settings: [] }, '/settings'],
    [{ key: 'ok', name: 'x', settings: { blockedWords: ['a\0'] } }, '/settings/blockedWords/0'],
    [{ key: 'ok', name: 'x', settings: { reservedNames: 'Editor' } }, '/settings/reservedNames'],
    [{ key: 'ok', name: 'x', settings: { reservedNames: [''] } }, '/settings/reservedNames'],
    [{ key: 'ok', name: 'x', settings: { reservedNames: [' \u200b'] } }, '/settings/reservedNames'],
    [{ key: 'ok', name: 'x', settings: { reservedNames: [7] } }, '/settings/reservedNames'],
    [{ key: 'ok', name: 'x', settings: { reservedNames: ['😀'.repeat(101)] } }, '/settings/reservedNames'],
    [{ key: 'ok', name: 'x', settings: { reservedNames: Array(101).fill('a') } }, '/settings/reservedNames'],
    [{ key: 'ok', name: 'x', settings: { closeAfterDays: 0 } }, '/settings/closeAfterDays'],
    [{ key: 'ok', name: 'x', settings: { maxDepth: 21 } }, '/settings/maxDepth'],
    [{ key: 'ok', name: 'x', id: '01890a5d-ac96-774b-bcce-b302099a8057' }, '/id'],
  ])('is not made of %j', async (body, pointer) => {
    const answer = await operator.post('/v1/sites', body);
    expectProblem(answer, 422, 'invalid-body');
    expect(pointersOf(answer)).toEqual([pointer]);
  });

  it('may have a key of 63 characters', async () => {
    expect((await operator.post('/v1/sites', { key: '0'.repeat(63), name: 'Long' })).status).toBe(201);
  });
});

describe('lists', () => {
  it('of sites and articles are paged without gaps or doubles', async () => {
    const site = await make();
    const keys = ['/a', '/B', '/b', '/ä', '/日本', '/1', '/a/b', '/😀', '%', '_'];
    for (const key of keys) await site.submit(key);
    const collect = async (path: string): Promise<string[]> => {
      const found: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const answer: { body: { items: { key: string }[]; nextCursor: string | null } } = await operator.get(
          `${path}?limit=3${cursor && `&cursor=${cursor}`}`,
        );
        found.push(...answer.body.items.map(({ key }) => key));
        cursor = answer.body.nextCursor;
      }
      return found;
    };
    expect((await collect(site.path('/articles'))).sort()).toEqual([...keys].sort());
    const sites = await collect('/v1/sites');
    expect(new Set(sites).size).toBe(sites.length);
    expect(sites).toEqual(expect.arrayContaining([site.key, 'demo']));
  });

  it('of articles tell title, address, state and published comments', async () => {
    const site = await make();
    await site.published('/a', { articleTitle: 'A', articleUrl: 'https://blog.example/a' });
    await site.submit('/a');
    const { items } = (await operator.get<{ items: unknown[] }>(site.path('/articles'))).body;
    expect(items).toEqual([
      expect.objectContaining({ key: '/a', title: 'A', url: 'https://blog.example/a', open: true, commentCount: 1 }),
    ]);
    const change = { title: 'New', url: 'https://blog.example/new', open: false };
    expect((await operator.request('PATCH', site.articlePath('/a'), change)).body).toMatchObject(change);
  });
});

describe('an API key', () => {
  interface Key {
    readonly id: string;
    readonly key?: string;
  }

  it('is shown once, works, and works no more when it is revoked', async () => {
    const site = await make();
    const body = { name: 'Reader', scopes: ['moderation:read'] };
    const made = await operator.post<Key>(site.path('/api-keys'), body);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject(body);
    expect(made.headers.get('cache-control') ?? 'no-store').toMatch(/no-store|private/);
    const list = await operator.get<{ items: Key[] }>(site.path('/api-keys'));
    expect(list.body.items).toEqual([expect.objectContaining({ ...body, id: made.body.id })]);
    const secret = made.body.key ?? '';
    expect(list.text).not.toContain(secret.split('_').at(-1));
    const client = service.anonymous.withKey(secret);
    expect((await client.get(site.path('/moderation/comments'))).status).toBe(200);
    expect((await operator.request('DELETE', site.path(`/api-keys/${made.body.id}`))).status).toBe(204);
    expectProblem(await client.get(site.path('/moderation/comments')), 401, 'not-signed-in');
    expectProblem(await operator.request('DELETE', site.path(`/api-keys/${made.body.id}`)), 404, 'api-key-not-found');
  });

  it('of another site cannot be revoked', async () => {
    const [site, other] = [await make(), await make()];
    const { body } = await operator.post<Key>(other.path('/api-keys'), { name: 'x', scopes: ['moderation:read'] });
    expectProblem(await operator.request('DELETE', site.path(`/api-keys/${body.id}`)), 404, 'api-key-not-found');
    const client = service.anonymous.withKey(body.key ?? '');
    expect((await client.get(other.path('/moderation/comments'))).status).toBe(200);
  });

  it.each([
    [{ scopes: ['moderation:read'] }, '/name'],
    [{ name: 'x' }, '/scopes'],
    [{ name: 'x', scopes: [] }, '/scopes'],
    [{ name: 'x', scopes: ['everything'] }, '/scopes'],
    [{ name: 'x', scopes: ['moderation:read', 'moderation:read'] }, '/scopes'],
    [{ name: 'x', scopes: 'moderation:read' }, '/scopes'],
  ])('is not made of %j', async (body, pointer) => {
    const answer = await operator.post((await make()).path('/api-keys'), body);
    expectProblem(answer, 422, 'invalid-body');
    expect(pointersOf(answer)).toEqual([pointer]);
  });

  it('with one character changed is none', async () => {
    const site = await make();
    const { body } = await operator.post<Key>(site.path('/api-keys'), { name: 'x', scopes: ['moderation:read'] });
    const key = body.key ?? '';
    for (const at of [4, 10, 20, 30, key.length - 1]) {
      const wrong = key.slice(0, at) + (key[at] === 'A' ? 'B' : 'A') + key.slice(at + 1);
      expectProblem(await service.anonymous.withKey(wrong).get(site.path('/moderation/comments')), 401);
    }
  });
});
