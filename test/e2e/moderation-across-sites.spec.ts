import { expectProblem } from '../support/problems.js';
import { asSuperuser, signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import type { Detail, Item, TestSite } from '../support/test-site.js';
import { castTwoModerators, decideAcross, fill, queueOf, walk } from '../support/two-moderators.js';
import { waitUntil } from '../support/wait-until.js';

interface Sums {
  readonly counts: Record<string, number>;
  readonly oldestWaitingAt: string | null;
  readonly decisionsToday: number;
  readonly sitesWaiting: number;
  readonly sites: readonly { readonly site: { readonly key: string }; readonly counts: Record<string, number> }[];
}

const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

let service: TestService;
let operator: TestClient;
let ada: TestClient;
let bob: TestClient;
let blog: TestSite;
let shop: TestSite;
let news: TestSite;
let attic: TestSite;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

beforeEach(async () => {
  ({ ada, bob, blog, shop, news, attic } = await castTwoModerators(service, operator, ++serial));
});

afterAll(() => service.close());

const idsOf = (items: readonly Item[]): string[] => items.map(({ id }) => id);

describe('the queue across sites', () => {
  it('shows each person what waits on their own sites, as one queue, and says of which site each is', async () => {
    const [a, b, c, d, e] = await fill(blog, news, shop, attic, blog);
    expect(idsOf((await queueOf(ada)).items)).toEqual([a, b, c, e]);
    expect(idsOf((await queueOf(bob)).items)).toEqual([b]);
    expect(idsOf((await queueOf(ada, '?sort=newest')).items)).toEqual([e, c, b, a]);
    const all = idsOf((await queueOf(operator, '?limit=100')).items);
    expect(all.filter((id) => [a, b, c, d, e].includes(id))).toEqual([a, b, c, d, e]);
    const [item] = (await queueOf(bob)).items;
    expect(item?.site).toEqual({ key: news.key, name: 'The news' });
    const { site: _, ...rest } = item!;
    expect(rest).toEqual((await news.queue()).items[0]);
  });

  it('is empty for who belongs to no site', async () => {
    await fill(blog);
    const nobody = await signInMember(service, `nobody-${String(serial)}@across.test`, {});
    expect(await queueOf(nobody)).toEqual({ items: [], nextCursor: null });
    expect((await nobody.get<Sums>('/v1/moderation/summary')).body).toMatchObject({ sitesWaiting: 0, sites: [] });
  });

  it('asks who it is', async () => {
    const stranger = service.anonymous;
    for (const path of ['comments', `comments/${UNKNOWN}`, 'summary', 'events']) {
      expectProblem(await stranger.get(`/v1/moderation/${path}`), 401, 'not-signed-in');
    }
    expectProblem(await decideAcross(stranger, { action: 'spam', ids: [UNKNOWN] }), 401, 'not-signed-in');
  });

  it('of a key is that of its site, with the scope', async () => {
    const [mine, theirs] = await fill(blog, shop);
    const reader = await blog.apiKey('moderation:read');
    expect(idsOf((await queueOf(reader)).items)).toEqual([mine]);
    expectProblem(await reader.get(`/v1/moderation/comments?site=${shop.key}`), 404, 'site-not-found');
    expectProblem(await reader.get(`/v1/moderation/comments/${theirs!}`), 404, 'comment-not-found');
    expectProblem(await decideAcross(reader, { action: 'spam', ids: [mine] }), 403, 'forbidden');
    const writer = await blog.apiKey('moderation:write');
    expectProblem(await writer.get('/v1/moderation/comments'), 403, 'forbidden');
    expectProblem(await writer.get('/v1/moderation/events'), 403, 'forbidden');
    expect((await decideAcross(writer, { action: 'spam', ids: [theirs, mine] })).body.results).toMatchObject([
      { id: theirs, code: 'comment-not-found' },
      { id: mine, status: 'spam' },
    ]);
  });

  it('may be narrowed to some of one’s sites, and to no other', async () => {
    const [a, b, c, d] = await fill(blog, shop, news, attic);
    expect(idsOf((await queueOf(ada, `?site=${shop.key}&site=${news.key}`)).items)).toEqual([b, c]);
    expect(idsOf((await queueOf(operator, `?site=${attic.key}&site=${blog.key}`)).items)).toEqual([a, d]);
    for (const key of [attic.key, 'no-such-site', 'No Key']) {
      const path = `/v1/moderation/comments?site=${encodeURIComponent(key)}&site=${blog.key}`;
      expectProblem(await ada.get(path), 404, 'site-not-found');
    }
    const many = Array.from({ length: 101 }, (_, n) => `site=s${n}`).join('&');
    expectProblem(await ada.get(`/v1/moderation/comments?${many}`), 400, 'malformed-query');
  });

  it('has a page for every status', async () => {
    const ids = await fill(blog, shop, news, blog, shop, news);
    const actions = ['spam', 'reject', 'publish', 'delete', 'publish', 'publish'] as const;
    const sites = [blog, shop, news, blog, shop, news];
    for (const [index, action] of actions.entries()) await sites[index]!.decided(ids[index]!, action);
    await shop.decided(ids[4]!, 'unpublish');
    const statuses = ['pending', 'spam', 'rejected', 'published', 'deleted', 'approved'];
    const wanted = [[], [ids[0]], [ids[1]], [ids[2], ids[5]], [ids[3]], [ids[4]]];
    for (const [index, status] of statuses.entries()) {
      expect([status, idsOf((await queueOf(ada, `?status=${status}`)).items)]).toEqual([status, wanted[index]]);
    }
    await asSuperuser(service, `update comment set status = 'received', next_sweep_at = 'infinity' where id = $1`, [
      ids[3],
    ]);
    expect(idsOf((await queueOf(ada, '?status=received')).items)).toEqual([ids[3]]);
    expect((await queueOf(bob, '?status=received')).items).toEqual([]);
  });
});

describe('paging across sites', () => {
  async function copies(site: TestSite, count: number): Promise<void> {
    const { id } = await site.submitSettled();
    await asSuperuser(
      service,
      `insert into comment select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
         'submitted_at', c.submitted_at + (n % 7) * interval '1 ms'))).* from comment c, generate_series(1, $2::int) n where c.id = $1`,
      [id, count],
    );
  }

  it('has no gap and no double, with many of the same time, in both orders', async () => {
    for (const site of [blog, shop, news]) await copies(site, 29);
    const wanted = await asSuperuser<{ id: string }>(
      service,
      `select c.id from comment c join site s on s.id = c.site_id where s.key = any($1) order by c.submitted_at, c.id`,
      [[blog.key, shop.key, news.key]],
    );
    const ids = wanted.map(({ id }) => id);
    expect(ids).toHaveLength(90);
    expect(await walk(ada, '?limit=7')).toEqual(ids);
    expect(await walk(ada, '?limit=1&sort=newest')).toEqual([...ids].reverse());
    expect(await walk(ada, '?limit=100')).toEqual(ids);
  });

  it('has no gap and no double while comments come and go', async () => {
    for (const site of [blog, shop, news]) await copies(site, 9);
    const before = await walk(ada, '?limit=100');
    const later: string[] = [];
    const seen = await walk(ada, '?limit=4', async () => {
      if (later.length < 5) later.push((await [blog, shop, news][later.length % 3]!.submitSettled()).id);
    });
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.slice(0, before.length)).toEqual(before);
    expect(seen.slice(before.length)).toEqual(later);
    const ofShop = before.filter((_, index) => index % 2);
    const rest = await walk(ada, '?limit=4', () =>
      decideAcross(ada, { action: 'reject', ids: ofShop.splice(0, 2).concat(UNKNOWN) }),
    );
    expect(new Set(rest).size).toBe(rest.length);
  });

  it('takes a cursor for its own list only, of its own reader', async () => {
    for (const site of [blog, shop]) await copies(site, 2);
    const cursor = (await queueOf(ada, '?limit=2')).nextCursor!;
    expect(idsOf((await queueOf(ada, `?limit=100&cursor=${cursor}`)).items)).toHaveLength(4);
    const elsewhere = ['&sort=newest', '&status=spam', '&q=thought', '&reason=x', `&site=${blog.key}`];
    for (const more of elsewhere) {
      expectProblem(await ada.get(`/v1/moderation/comments?cursor=${cursor}${more}`), 400, 'invalid-cursor');
    }
    expectProblem(await operator.get(`/v1/moderation/comments?cursor=${cursor}`), 400, 'invalid-cursor');
    expectProblem(await ada.get(blog.path(`/moderation/comments?cursor=${cursor}`)), 400, 'invalid-cursor');
    for (let at = 0; at < cursor.length; at += 3) {
      const touched = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1);
      expectProblem(await ada.get(`/v1/moderation/comments?cursor=${touched}`), 400, 'invalid-cursor');
    }
  });
});

describe('filters across sites', () => {
  it('find a text on one’s sites only, in its order, page by page', async () => {
    const body = 'The heron of the estuary is back';
    const ids: string[] = [];
    for (const site of [shop, blog, attic, news, blog])
      ids.push((await site.submitSettled('/a', { body: `${body}. ${ids.length}` })).id);
    await fill(blog, shop);
    const mine = [ids[0], ids[1], ids[3], ids[4]];
    expect(await walk(ada, '?q=HERON%20of&limit=1')).toEqual(mine);
    expect(await walk(ada, '?q=heron&limit=3&sort=newest')).toEqual([...mine].reverse());
    // Shorter than a trigram: along the queues.
    expect((await walk(ada, '?q=is&limit=1')).filter((id) => ids.includes(id))).toEqual(mine);
    expect(await walk(ada, `?q=heron&site=${blog.key}`)).toEqual([ids[1], ids[4]]);
    expect((await walk(operator, '?q=heron')).filter((id) => ids.includes(id))).toEqual(ids);
    expect(await walk(ada, '?q=heron&status=spam')).toEqual([]);
  });

  it('find a reason', async () => {
    const settings = { blockedWords: ['zebrafish'] };
    for (const site of [blog, attic]) await operator.request('PATCH', site.path(), { settings });
    const body = 'All about the zebrafish.';
    const found: string[] = [];
    await waitUntil(async () => {
      const { id, verdict } = await blog.submitSettled('/a', { body: `${body} ${++serial}` });
      if (verdict?.signals.some(({ name }) => name === 'blocked-word')) found.push(id);
      return found.length > 0;
    }, 'the blocked word is known');
    await attic.submitSettled('/a', { body });
    await fill(shop);
    expect(await walk(ada, '?reason=blocked-word')).toEqual(found);
    expect(await walk(ada, '?reason=blocked-word&q=zebrafish')).toEqual(found);
    expect(await walk(ada, '?reason=no-such-reason')).toEqual([]);
  });

  it('refuse what cannot be asked', async () => {
    for (const query of [
      '?status=gone',
      '?limit=0',
      '?limit=101',
      '?sort=best',
      '?q=a&q=b',
      '?cursor=x',
      '?site=%00',
    ]) {
      expect([query, (await ada.get(`/v1/moderation/comments${query}`)).status]).toEqual([query, 400]);
    }
  });

  it('refuse to go along the queues of more than a thousand sites', async () => {
    await asSuperuser(
      service,
      `with many as (insert into site select gen_random_uuid(), 'many-' || n, 'Many', '{}', '{}', now()
         from generate_series(1, 1001) n returning id)
       insert into site_counter (site_id, approved) select id, 1 from many`,
    );
    const { id } = await blog.published('/a', { body: 'A heron that only the operator looks for.' });
    await blog.decided(id, 'unpublish');
    for (const query of ['?status=approved&reason=x', '?status=approved&q=ab']) {
      expectProblem(await operator.get(`/v1/moderation/comments${query}`), 400, 'search-too-wide');
    }
    expect(idsOf((await queueOf(operator, '?status=approved&q=only%20the%20operator')).items)).toEqual([id]);
    expect(idsOf((await queueOf(operator, '?status=approved')).items)).toContain(id);
    expect((await ada.get('/v1/moderation/comments?status=approved&reason=x')).status).toBe(200);
    await asSuperuser(service, `delete from site where key like 'many-%'`);
  });
});

describe('one comment of any site', () => {
  it('is read with its events and its site; one of a foreign site is unknown', async () => {
    const [a, foreign] = await fill(shop, attic);
    await shop.decided(a!, 'reject', { reason: 'Off topic' });
    const { body } = await ada.get<Detail & { site: unknown }>(`/v1/moderation/comments/${a!}`);
    expect(body.site).toEqual({ key: shop.key, name: 'The shop' });
    expect(body.events.map(({ to }) => to)).toEqual(['received', 'pending', 'rejected']);
    expectProblem(await bob.get(`/v1/moderation/comments/${a!}`), 404, 'comment-not-found');
    expectProblem(await ada.get(`/v1/moderation/comments/${foreign!}`), 404, 'comment-not-found');
    expectProblem(await ada.get(`/v1/moderation/comments/${UNKNOWN}`), 404, 'comment-not-found');
    expect((await operator.get(`/v1/moderation/comments/${foreign!}`)).status).toBe(200);
    expect((await ada.get('/v1/moderation/comments/x')).status).toBeGreaterThanOrEqual(400);
  });
});

describe('the summary across sites', () => {
  it('adds up, and names the sites that have something waiting, the fullest first', async () => {
    const [a] = await fill(blog, shop, shop, news, attic);
    await fill(blog);
    await decideAcross(ada, { action: 'spam', ids: [a] });
    await news.decided((await news.queue()).items[0]!.id, 'publish');
    const { body } = await ada.get<Sums>('/v1/moderation/summary');
    expect(body.counts).toEqual({
      received: 0,
      pending: 3,
      spam: 1,
      approved: 0,
      published: 1,
      rejected: 0,
      deleted: 0,
    });
    expect(body).toMatchObject({ decisionsToday: 2, sitesWaiting: 2 });
    expect(body.sites.map(({ site, counts }) => [site.key, counts.pending])).toEqual([
      [shop.key, 2],
      [blog.key, 1],
    ]);
    expect(body.oldestWaitingAt).toBe((await queueOf(ada)).items[0]?.submittedAt);
    expect((await ada.get<Sums>(`/v1/moderation/summary?site=${blog.key}`)).body.counts).toEqual(await blog.counts());
    expect((await bob.get<Sums>('/v1/moderation/summary')).body).toMatchObject({ decisionsToday: 1, sites: [] });
    const all = (await operator.get<Sums>('/v1/moderation/summary')).body;
    expect(all.sites.map(({ site }) => site.key)).toContain(attic.key);
  });
});
