import { expectProblem, pointersOf } from '../support/problems.js';
import { signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

interface Group {
  readonly id: string;
  readonly action: string;
  readonly state: string;
  readonly total: number | null;
  readonly moved: number;
  readonly jobs: readonly {
    readonly id: string;
    readonly moved: number;
    readonly filter: unknown;
    readonly site: { readonly key: string };
  }[];
}

const JOBS = '/v1/moderation/jobs';
const PENDING = { status: 'pending' };
const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

describe('a large act over several sites', () => {
  let service: TestService;
  let operator: TestClient;
  let sites: TestSite[];
  let moderator: TestClient;
  let serial = 0;

  beforeAll(async () => {
    service = await startTestService();
    operator = await service.signIn();
  });
  afterAll(() => service.close());

  beforeEach(async () => {
    const story = ++serial;
    sites = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        TestSite.make(operator, service.anonymous, { key: `s${String(story)}-${name}`, name: `Site ${name}` }),
      ),
    );
    const [a, b] = sites.map(({ key }) => key);
    moderator = await signInMember(service, `m${String(story)}@groups.test`, { [a!]: 'moderator', [b!]: 'owner' });
    await Promise.all([sites[0]!.submitMany(2), sites[1]!.submitMany(3), sites[2]!.submitMany(1)]);
  });

  const make = (body: unknown, client = moderator): Promise<Answer<Group>> => client.post<Group>(JOBS, body);

  async function ended({ body: { id } }: Answer<Group>, client = moderator): Promise<Group> {
    let { body } = await client.get<Group>(`${JOBS}/${id}`);
    await waitUntil(
      async () => {
        ({ body } = await client.get<Group>(`${JOBS}/${id}`));
        return !['waiting', 'running'].includes(body.state);
      },
      'the act has ended',
      20_000,
    );
    return body;
  }

  const pending = (): Promise<(number | undefined)[]> =>
    Promise.all(sites.map(async (site) => (await site.counts()).pending));

  it('is a job on each site where one may decide, told as one, and undone as one', async () => {
    const answer = await make({ action: 'spam', filter: PENDING, reason: 'All alike' });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`${JOBS}/${answer.body.id}`);
    const group = await ended(answer);
    expect(group).toMatchObject({ action: 'spam', state: 'done', total: 5, done: 5, moved: 5, inForce: 0, refused: 0 });
    expect(group.jobs.map(({ site, moved }) => [site.key, moved])).toEqual([
      [sites[0]!.key, 2],
      [sites[1]!.key, 3],
    ]);
    expect(await pending()).toEqual([0, 0, 1]);
    const [first] = group.jobs;
    const results = await moderator.get<{ items: unknown[] }>(sites[0]!.path(`/moderation/jobs/${first!.id}/results`));
    expect(results.body.items).toHaveLength(2);

    const undo = await moderator.post<Group>(`${JOBS}/${group.id}/undo`);
    expect([undo.status, undo.body.action]).toEqual([202, 'undo']);
    expect(await ended(undo)).toMatchObject({ state: 'done', total: 5, moved: 5 });
    expect(await pending()).toEqual([2, 3, 1]);
  });

  it('is about what the search and the names of sites leave', async () => {
    const [a, b, c] = sites;
    const { id } = await b!.submitSettled('/a', { body: 'A sentence about a walrus.' });
    const searched = await ended(await make({ action: 'reject', filter: { ...PENDING, q: `walrus -site:${a!.key}` } }));
    expect(searched.jobs.map(({ site, filter }) => [site.key, filter])).toEqual([
      [b!.key, { status: 'pending', q: 'walrus' }],
    ]);
    expect((await b!.read(id)).status).toBe('rejected');
    const named = await ended(
      await make({ action: 'reject', filter: PENDING, sites: [a!.key, c!.key] }, operator),
      operator,
    );
    expect(named.jobs.map(({ site }) => site.key)).toEqual([a!.key, c!.key]);
    const one = await ended(await make({ action: 'reject', filter: { ...PENDING, q: `site:${b!.key}` } }));
    expect(one.jobs.map(({ site, moved }) => [site.key, moved])).toEqual([[b!.key, 3]]);
    expectProblem(await make({ action: 'reject', filter: PENDING }), 409, 'nothing-matches');
  });

  it('decides campaigns of several sites, each on its own', async () => {
    const copies = sites.slice(0, 2).flatMap((site) =>
      ['Anna', 'Bela', 'Cora'].map((name) =>
        site.submitSettled('/a', {
          author: { name },
          body: `We ask the council to keep the little library at the corner of the market open, says ${name}.`,
        }),
      ),
    );
    await Promise.all(copies);
    const { body } = await moderator.get<{
      items: { size: number; sites: { key: string; campaign: string }[] }[];
    }>('/v1/moderation/campaigns');
    const campaigns = body.items[0]!.sites.map(({ key: site, campaign }) => ({ site, campaign }));
    const group = await ended(await make({ action: 'spam', filter: PENDING, campaigns }));
    expect([group.moved, group.jobs.length]).toEqual([6, 2]);
    expect(await pending()).toEqual([2, 3, 1]);
    await ended(await moderator.post<Group>(`${JOBS}/${group.id}/undo`));
    expect(await pending()).toEqual([5, 6, 1]);
  });

  it('is read strictly, and shown to those alone who may see its sites', async () => {
    const [a, , c] = sites;
    for (const [body, pointer] of [
      [{ action: 'spam', filter: {} }, '/filter/status'],
      [{ action: 'spam', filter: { ...PENDING, article: '/a' } }, '/filter/article'],
      [{ action: 'spam', filter: { status: 'received' } }, '/filter/status'],
      [{ action: 'spam', filter: PENDING, sites: ['Not a key'] }, '/sites'],
      [{ action: 'spam', filter: PENDING, campaigns: [] }, '/campaigns'],
      [{ action: 'spam', filter: { ...PENDING, q: 'x'.repeat(201) } }, '/filter/q'],
    ] as const) {
      const answer = await make(body);
      expectProblem(answer, 422, 'invalid-body');
      expect(pointersOf(answer)[0]).toContain(pointer);
    }
    expectProblem(await make({ action: 'spam', filter: PENDING, sites: [c!.key] }), 404, 'site-not-found');
    const viewer = await signInMember(service, `v${String(serial)}@groups.test`, { [a!.key]: 'viewer' });
    expectProblem(await make({ action: 'spam', filter: PENDING }, viewer), 403, 'forbidden');
    const answer = await make({ action: 'spam', filter: PENDING });
    const seen = await viewer.get<Group>(`${JOBS}/${answer.body.id}`);
    expect(seen.body.jobs.map(({ site }) => site.key)).toEqual([a!.key]);
    expectProblem(await viewer.post(`${JOBS}/${answer.body.id}/stop`), 403, 'forbidden');
    const stranger = await signInMember(service, `x${String(serial)}@groups.test`, { [c!.key]: 'owner' });
    expectProblem(await stranger.get(`${JOBS}/${answer.body.id}`), 404, 'job-not-found');
    expectProblem(await moderator.get(`${JOBS}/${UNKNOWN}`), 404, 'job-not-found');
    await ended(answer);
    expectProblem(await viewer.post(`${JOBS}/${answer.body.id}/undo`), 403, 'forbidden');
  });

  it('stops everywhere when it is told', async () => {
    const answer = await make({ action: 'spam', filter: PENDING });
    const stopped = await moderator.post<Group>(`${JOBS}/${answer.body.id}/stop`);
    expect(stopped.status).toBe(200);
    // A turn may have been faster.
    expect(['stopped', 'done']).toContain(stopped.body.state);
    expect((await moderator.post<Group>(`${JOBS}/${answer.body.id}/stop`)).body).toEqual(stopped.body);
  });
});
