import type { OpenApiDocument } from '../../src/web/openapi/openapi-document.js';
import { operationsOf } from '../support/described.js';
import type { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

/* Somebody who was erased is nowhere. */

const PERSON = { name: 'Canary Personname', email: 'canary.person@private-canary.example' };
const GONE_WITHIN_MS = 5_000;

let service: TestService;
let operator: TestClient;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});
afterAll(() => service.close());

/** Every public address of the description, with and without a search for the person where one can search. */
async function publicPaths(known: Readonly<Record<string, string>>): Promise<string[]> {
  const { body: document } = await service.anonymous.get<OpenApiDocument>('/openapi.json');
  return operationsOf(document)
    .filter(({ method, access }) => method === 'GET' && access === 'anybody')
    .map(({ path }) => path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(known[name] ?? 'none')))
    .concat(
      known.article === undefined
        ? []
        : [`/v1/sites/${known.site ?? ''}/counts?article=${encodeURIComponent(known.article)}`],
    );
}

const asksOf = (site: TestSite): string[] => [
  ...[
    '',
    '?status=deleted',
    '?status=published',
    '?q=canary',
    '?status=published&q=author:canary',
    '?q=email:canary.person@private-canary.example',
  ].map((query) => site.path(`/moderation/comments${query}`)),
  ...['canary', 'words'].map((q) => `/v1/moderation/comments?q=${q}`),
  site.path('/moderation/facets'),
  site.path('/articles'),
  site.path('/audit'),
];

describe('somebody who was erased', () => {
  it('is in no public answer, no feed, no search and no list of moderators 5 s later', async () => {
    const site = await TestSite.make(operator, service.anonymous, { key: 'blog' });
    const author = { ...PERSON, url: 'https://private-canary.example/' };
    const { id, receipt } = await site.submit('/a', { author, body: 'Some canarywords of a thought.' });
    await site.settled(id);
    await site.decided(id, 'publish');
    const reply = await site.published('/a', { parentId: id, body: 'An answer to them.' });
    const waiting = await site.submitSettled('/a', { author, body: 'More canarywords that wait.' });
    const paths = await publicPaths({ site: 'blog', article: '/a', id, receipt });
    expect(paths.length).toBeGreaterThan(10);
    const isThere = async (client: TestClient, path: string): Promise<boolean> => {
      const { text, headers } = await client.get(path);
      // The answer may repeat what it was asked for.
      return /canary/i.test(`${text}${JSON.stringify([...headers])}`.replaceAll(/email:canary\S*|q=\S*canary\S*/g, ''));
    };
    const where = async (): Promise<string[]> => {
      const found: string[] = [];
      for (const path of paths) if (await isThere(service.anonymous, path)) found.push(path);
      for (const path of asksOf(site)) if (await isThere(operator, path)) found.push(path);
      return found;
    };
    // Each cache has it before: the thread, every feed, the receipt, the queue and the search.
    const before = await where();
    expect(before.filter((path) => /feed|comments$/.test(path)).length).toBeGreaterThanOrEqual(8);

    // Metrics, health and the description never had any of it.
    expect(before.filter((path) => !path.startsWith('/v1/'))).toEqual([]);

    expect((await operator.post(site.path('/people/erase'), { email: PERSON.email })).body).toMatchObject({
      done: true,
    });
    await waitUntil(async () => (await where()).length === 0, 'nothing of them is anywhere', GONE_WITHIN_MS);
    for (const gone of [id, waiting.id]) expect(JSON.stringify(await site.read(gone))).not.toMatch(/canary/i);
    const thread = await service.anonymous.get(site.articlePath('/a', '/comments'));
    expect(thread.text).toContain(reply.id);
  }, 60_000);
});
