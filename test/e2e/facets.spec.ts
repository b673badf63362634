import { expectProblem } from '../support/problems.js';
import { asSuperuser, signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, unlikeOthers } from '../support/test-site.js';

let service: TestService;
let operator: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

function make(settings: Record<string, unknown> = {}): Promise<TestSite> {
  return TestSite.make(operator, service.anonymous, { key: `facets-${String(++serial)}`, settings });
}

describe('the facets', () => {
  interface Facets {
    readonly reasons: readonly { readonly name: string; readonly count: number }[];
    readonly languages: readonly { readonly tag: string; readonly count: number }[];
    readonly articles: readonly { readonly key: string; readonly title: string | null; readonly count: number }[];
    readonly sites?: readonly { readonly key: string; readonly name: string; readonly count: number }[];
  }

  it('count what a list can be narrowed by, of one status, on one site and across', async () => {
    const [one, two] = [await make({ blockedWords: ['zebrafish', 'walrus'] }), await make()];
    await one.submitSettled('/a', {
      body: `${unlikeOthers(1)} zebrafish walrus`,
      language: 'de',
      articleTitle: 'About',
    });
    await one.submitSettled('/a', { body: `${unlikeOthers(2)} zebrafish`, language: 'DE' });
    await one.submitSettled('/b', { language: 'fr' });
    const { id: hidden } = await one.submitSettled('/b', { body: `${unlikeOthers(3)} zebrafish` });
    await asSuperuser(service, 'update comment set is_blind = true where id = $1', [hidden]);
    await two.submitSettled('/z');
    await one.decided(
      (await one.submitSettled('/c', { language: 'es', author: { name: 'Eve', email: 'eve@analytical.org' } })).id,
      'spam',
      undefined,
      '/c',
    );
    const facets = (await operator.get<Facets>(one.path('/moderation/facets'))).body;
    expect(facets.reasons.find(({ name }) => name === 'blocked-word')).toEqual({ name: 'blocked-word', count: 2 });
    expect(facets.languages).toEqual([
      { tag: expect.stringMatching(/^de$/i) as string, count: 2 },
      { tag: 'fr', count: 1 },
    ]);
    expect(facets.articles).toEqual([
      { key: '/a', title: 'About', count: 2 },
      { key: '/b', title: null, count: 2 },
    ]);
    const spam = (await operator.get<Facets>(one.path('/moderation/facets?status=spam'))).body;
    expect([spam.languages, spam.articles]).toEqual([
      [{ tag: 'es', count: 1 }],
      [{ key: '/c', title: null, count: 1 }],
    ]);
    const email = `facets-${String(serial)}@found.test`;
    const ada = await signInMember(service, email, { [one.key]: 'viewer', [two.key]: 'viewer' });
    const across = (await ada.get<Facets>('/v1/moderation/facets')).body;
    expect(across.sites).toEqual([
      { key: one.key, name: one.key, count: 4 },
      { key: two.key, name: two.key, count: 1 },
    ]);
    expect(across.articles).toEqual([
      { key: '/a', title: 'About', count: 2, site: one.key },
      { key: '/b', title: null, count: 2, site: one.key },
      { key: '/z', title: null, count: 1, site: two.key },
    ]);
    expect(across.languages).toEqual(facets.languages);
    const narrowed = (await operator.get<Facets>(`/v1/moderation/facets?site=${two.key}`)).body;
    expect(narrowed.sites).toEqual([{ key: two.key, name: two.key, count: 1 }]);
  });

  it('are empty where there is nothing, and ask who it is', async () => {
    const site = await make();
    expect((await operator.get(site.path('/moderation/facets'))).body).toEqual({
      reasons: [],
      languages: [],
      articles: [],
    });
    const nobody = await signInMember(service, `nobody-${String(serial)}@found.test`, {});
    const none = { reasons: [], languages: [], articles: [], sites: [] };
    expect((await nobody.get('/v1/moderation/facets')).body).toEqual(none);
    expectProblem(await nobody.get(`/v1/moderation/facets?site=${site.key}`), 404, 'site-not-found');
    for (const path of [site.path('/moderation/facets'), '/v1/moderation/facets']) {
      expectProblem(await service.anonymous.get(path), 401, 'not-signed-in');
      expectProblem(await operator.get(`${path}?status=all`), 400, 'malformed-query');
    }
  });
});
