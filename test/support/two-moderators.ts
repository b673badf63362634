import { signInMember } from './test-accounts.js';
import type { Answer, TestClient } from './test-client.js';
import type { TestService } from './test-service.js';
import { TestSite, type Item } from './test-site.js';

/* Ada moderates `blog`, owns `shop` and only reads `news`; Bob moderates `news`; `attic` is nobody's but the operator's. */

export interface TwoModerators {
  readonly ada: TestClient;
  readonly bob: TestClient;
  readonly blog: TestSite;
  readonly shop: TestSite;
  readonly news: TestSite;
  readonly attic: TestSite;
}

export type ItemOfSite = Item & { readonly site: { readonly key: string; readonly name: string } };

export interface PageAcrossSites {
  readonly items: readonly ItemOfSite[];
  readonly nextCursor: string | null;
}

export interface BulkAnswer {
  readonly results: readonly { readonly id: string; readonly status?: string; readonly code?: string }[];
}

/** @param serial tells the people and sites of one test from those of another */
export async function castTwoModerators(
  service: TestService,
  operator: TestClient,
  serial: number,
): Promise<TwoModerators> {
  const make = (name: string): Promise<TestSite> =>
    TestSite.make(operator, service.anonymous, { key: `${name}-${String(serial)}`, name: `The ${name}` });
  const [blog, shop, news, attic] = await Promise.all([make('blog'), make('shop'), make('news'), make('attic')]);
  const email = (name: string): string => `${name}-${String(serial)}@across.test`;
  const ada = await signInMember(service, email('ada'), {
    [blog.key]: 'moderator',
    [shop.key]: 'owner',
    [news.key]: 'viewer',
  });
  const bob = await signInMember(service, email('bob'), { [news.key]: 'moderator' });
  return { ada, bob, blog, shop, news, attic };
}

/** One waiting comment for each, in this order. */
export async function fill(...sites: readonly TestSite[]): Promise<string[]> {
  const ids: string[] = [];
  for (const site of sites) ids.push((await site.submitSettled()).id);
  return ids;
}

export async function queueOf(client: TestClient, query = ''): Promise<PageAcrossSites> {
  const answer = await client.get<PageAcrossSites>(`/v1/moderation/comments${query}`);
  if (answer.status !== 200) throw new Error(`Listing failed: ${answer.text}`);
  return answer.body;
}

/** The ids of a listing, page by page. */
export async function walk(
  client: TestClient,
  query: string,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: PageAcrossSites = await queueOf(client, `${query}${cursor === null ? '' : `&cursor=${cursor}`}`);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
    await between();
  } while (cursor !== null);
  return ids;
}

export function decideAcross(client: TestClient, body: unknown): Promise<Answer<BulkAnswer>> {
  return client.post<BulkAnswer>('/v1/moderation/decisions', body);
}
