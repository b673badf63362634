import { EventStream } from '../support/event-stream.js';
import { expectProblem } from '../support/problems.js';
import { asSuperuser, signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Claim } from '../support/test-site.js';

/* Mo and Jo moderate one queue, and see which comment the other one is looking at. */

const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

let service: TestService;
let operator: TestClient;
let site: TestSite;
let mo: TestClient;
let jo: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

beforeEach(async () => {
  const key = `claims-${String(++serial)}`;
  site = await TestSite.make(operator, service.anonymous, { key });
  mo = await signInMember(service, `mo-${key}@claims.test`, { [key]: 'moderator' });
  jo = await signInMember(service, `jo-${key}@claims.test`, { [key]: 'moderator' });
});

const pathOf = (id: string): string => site.path(`/moderation/comments/${id}/claim`);
const claim = (client: TestClient, id: string): Promise<Answer<Claim>> => client.post<Claim>(pathOf(id));
const release = (client: TestClient, id: string): Promise<Answer> => client.request('DELETE', pathOf(id));

async function seen(client: TestClient, id: string): Promise<(Claim | null)[]> {
  const claims: (Claim | null)[] = [];
  for (const path of [site.path('/moderation/comments'), `/v1/moderation/comments?site=${site.key}`]) {
    const { body } = await client.get<{ items: { id: string; claim: Claim | null }[] }>(path);
    claims.push(body.items.find((item) => item.id === id)?.claim ?? null);
  }
  for (const path of [site.path(`/moderation/comments/${id}`), `/v1/moderation/comments/${id}`]) {
    claims.push((await client.get<{ claim: Claim | null }>(path)).body.claim);
  }
  return claims;
}

describe('a claim', () => {
  it('is taken for a minute, and colleagues see whose it is in every list', async () => {
    const { id } = await site.submitSettled();
    expect(await seen(mo, id)).toEqual([null, null, null, null]);
    const before = Date.now();
    const { status, body } = await claim(mo, id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ by: { name: `mo-${site.key}@claims.test` }, isYours: true });
    expect(new Date(body.until).getTime() - before).toBeGreaterThan(55_000);
    expect(new Date(body.until).getTime() - Date.now()).toBeLessThan(65_000);
    expect(await seen(mo, id)).toEqual([body, body, body, body]);
    const theirs = { ...body, isYours: false };
    expect(await seen(jo, id)).toEqual([theirs, theirs, theirs, theirs]);
  });

  it('of a colleague is told and not taken, and one’s own is renewed', async () => {
    const { id } = await site.submitSettled();
    const first = (await claim(mo, id)).body;
    expect((await claim(jo, id)).body).toEqual({ ...first, isYours: false });
    const again = (await claim(mo, id)).body;
    expect(again.isYours).toBe(true);
    expect(new Date(again.until).getTime()).toBeGreaterThan(new Date(first.until).getTime());
  });

  it('is given back by who has it and by nobody else', async () => {
    const { id } = await site.submitSettled();
    expect((await release(mo, id)).status).toBe(204);
    await claim(mo, id);
    expect((await release(jo, id)).status).toBe(204);
    expect((await claim(jo, id)).body.isYours).toBe(false);
    expect((await release(mo, id)).status).toBe(204);
    expect((await claim(jo, id)).body.isYours).toBe(true);
  });

  it('ends by itself: it is not shown any more, and the next one may have it', async () => {
    const { id } = await site.submitSettled();
    await claim(mo, id);
    await asSuperuser(service, `update comment_claim set until = now() - interval '1 second' where comment_id = $1`, [
      id,
    ]);
    expect(await seen(jo, id)).toEqual([null, null, null, null]);
    expect((await claim(jo, id)).body.isYours).toBe(true);
  });

  it('keeps nobody from deciding', async () => {
    const { id } = await site.submitSettled();
    await claim(mo, id);
    const decided = await jo.post<{ status: string; claim: Claim }>(site.articlePath('/a', `/comments/${id}/approve`));
    expect([decided.status, decided.body.status]).toEqual([200, 'published']);
    expect(decided.body.claim.isYours).toBe(false);
  });

  it('may be that of a program', async () => {
    const { id } = await site.submitSettled();
    const program = await site.apiKey('moderation:write');
    expect((await claim(program, id)).body).toMatchObject({ by: { name: 'API key a test' }, isYours: true });
  });

  it('is for moderators of the site, and for comments there are', async () => {
    const { id } = await site.submitSettled();
    const viewer = await signInMember(service, `viewer-${site.key}@claims.test`, { [site.key]: 'viewer' });
    expectProblem(await claim(viewer, id), 403, 'forbidden');
    expectProblem(await release(viewer, id), 403, 'forbidden');
    expectProblem(await claim(service.anonymous, id), 401, 'not-signed-in');
    expectProblem(await claim(mo, UNKNOWN), 404, 'comment-not-found');
    const other = await TestSite.make(operator, service.anonymous, { key: `other-${site.key}` });
    const foreign = await other.submitSettled();
    expectProblem(await claim(mo, foreign.id), 404, 'comment-not-found');
  });
});

describe('who follows the queue', () => {
  it('hears of claims at once, in every process and across sites, without a place in the record', async () => {
    const { id } = await site.submitSettled();
    const another = (await service.another()).url ?? '';
    const streams = [
      await EventStream.open(service.url + site.path('/moderation/events'), jo.credentials),
      await EventStream.open(another + site.path('/moderation/events'), jo.credentials),
      await EventStream.open(`${another}/v1/moderation/events`, jo.credentials),
    ];
    try {
      const taken = (await claim(mo, id)).body;
      await claim(jo, id);
      await release(jo, id);
      await release(mo, id);
      for (const [at, stream] of streams.entries()) {
        const place = at === 2 ? { site: site.key } : {};
        expect(await stream.waitFor(2)).toEqual([
          { id: '', event: 'claimed', data: { ...place, id, by: taken.by, until: taken.until } },
          { id: '', event: 'claimed', data: { ...place, id, by: taken.by, until: null } },
        ]);
      }
      await site.decided(id, 'spam');
      expect((await streams[0]!.waitFor(3))[2]).toMatchObject({ id: '2', event: 'left' });
    } finally {
      for (const stream of streams) stream.close();
    }
  });

  it('hears nothing of another site', async () => {
    const other = await TestSite.make(operator, service.anonymous, { key: `elsewhere-${site.key}` });
    const foreign = await other.submitSettled();
    const { id } = await site.submitSettled();
    const stream = await EventStream.open(`${service.url}/v1/moderation/events`, jo.credentials);
    try {
      await operator.post(other.path(`/moderation/comments/${foreign.id}/claim`));
      await claim(mo, id);
      const events = await stream.waitFor(1);
      expect(events.map(({ data }) => data.id)).toEqual([id]);
    } finally {
      stream.close();
    }
  });
});
