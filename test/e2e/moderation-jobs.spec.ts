import { eachBackend } from '../support/gates.js';
import { expectProblem, pointersOf } from '../support/problems.js';
import { asSuperuser, signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

interface Job {
  readonly id: string;
  readonly state: string;
  readonly total: number | null;
  readonly code?: string;
  readonly [member: string]: unknown;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

eachBackend('a large act', ({ redisUrl }) => {
  let service: TestService;
  let operator: TestClient;
  let site: TestSite;
  let serial = 0;

  beforeAll(async () => {
    service = await startTestService({ REDIS_URL: redisUrl });
    operator = await service.signIn();
  });

  beforeEach(async () => {
    site = await TestSite.make(operator, service.anonymous, { key: `site-${String(++serial)}` });
  });

  afterAll(() => service.close());

  const jobs = (rest = ''): string => site.path(`/moderation/jobs${rest}`);
  const make = (body: unknown, client = operator): Promise<Answer<Job>> => client.post<Job>(jobs(), body);

  async function ended({ body: { id } }: Answer<Job>): Promise<Job> {
    let job = (await operator.get<Job>(jobs(`/${id}`))).body;
    await waitUntil(
      async () => {
        job = (await operator.get<Job>(jobs(`/${id}`))).body;
        return !['waiting', 'running'].includes(job.state);
      },
      'the job has ended',
      30_000,
    );
    return job;
  }

  it('is accepted, carried out, told comment by comment, and undone', async () => {
    const ids = await site.submitMany(3);
    const kept = await site.submitSettled('/elsewhere');
    const order = { action: 'spam', filter: { status: 'pending', article: '/a' }, reason: 'All alike' };
    const answer = await make(order);
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({
      ...{ id: expect.any(String) as string, ...order, undoes: null, state: 'waiting', total: null },
      ...{ done: 0, moved: 0, inForce: 0, refused: 0, at: expect.any(String) as string },
      by: { id: expect.any(String) as string, name: 'Operator' },
      ...{ finishedAt: null, failure: null },
    });
    expect(answer.headers.get('location')).toBe(jobs(`/${answer.body.id}`));
    const job = await ended(answer);
    expect(job).toMatchObject({ state: 'done', total: 3, done: 3, moved: 3, finishedAt: expect.any(String) as string });
    expect((await site.read(ids[0]!)).events.at(-1)).toMatchObject({ action: 'spam', reason: 'All alike' });
    expect((await site.read(kept.id)).status).toBe('pending');

    const first = (await operator.get<Page<{ id: string }>>(jobs(`/${job.id}/results?limit=2`))).body;
    const rest = (
      await operator.get<Page<{ id: string }>>(jobs(`/${job.id}/results?limit=2&cursor=${first.nextCursor ?? ''}`))
    ).body;
    expect([...first.items, ...rest.items].map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(first.items[0]).toMatchObject({ status: 'spam', version: 3 });
    expect(rest.nextCursor).toBeNull();

    const undo = await operator.post<Job>(jobs(`/${job.id}/undo`));
    expect([undo.status, undo.body.action, undo.body.undoes]).toEqual([202, 'undo', job.id]);
    expect(undo.headers.get('location')).toBe(jobs(`/${undo.body.id}`));
    expect(await ended(undo)).toMatchObject({ state: 'done', total: 3, moved: 3 });
    expect(await site.counts()).toMatchObject({ pending: 4, spam: 0 });
    const list = (await operator.get<Page<Job>>(jobs('?limit=1'))).body;
    expect(list.items.map(({ id }) => id)).toEqual([undo.body.id]);
    const older = (await operator.get<Page<Job>>(jobs(`?limit=1&cursor=${list.nextCursor ?? ''}`))).body;
    expect([older.items.map(({ id }) => id), older.nextCursor]).toEqual([[job.id], null]);
  });

  it('is read strictly: what the queue refuses, and what it does not know', async () => {
    for (const [body, pointer] of [
      [{ action: 'undo', filter: { status: 'pending' } }, '/action'],
      [{ action: 'spam' }, '/filter'],
      [{ action: 'spam', filter: {} }, '/filter/status'],
      [{ action: 'spam', filter: { status: 'waiting' } }, '/filter/status'],
      [{ action: 'spam', filter: { status: 'pending', campaign: 'x' } }, '/filter/campaign'],
      [{ action: 'spam', filter: { status: 'pending', reported: 'yes' } }, '/filter/reported'],
      [{ action: 'spam', filter: { status: 'pending', q: 'x'.repeat(201) } }, '/filter/q'],
      // It would be passed over, and everything that waits decided.
      [{ action: 'spam', filter: { status: 'pending', q: 'site:elsewhere' } }, '/filter/q'],
      [{ action: 'spam', filter: { status: 'pending', tea: 'green' } }, '/filter/tea'],
      [{ action: 'spam', filter: { status: 'pending', cursor: 'x' } }, '/filter/cursor'],
    ] as const) {
      const answer = await make(body);
      expectProblem(answer, 422, 'invalid-body');
      expect(pointersOf(answer)).toEqual([pointer]);
    }
    expect((await operator.get<Page<Job>>(jobs())).body.items).toEqual([]);
  });

  it('is for those who may decide, seen by those who may read, and not there for others', async () => {
    const [viewer, moderator, stranger] = await Promise.all([
      signInMember(service, `viewer-${String(serial)}-${redisUrl.length}@jobs.test`, { [site.key]: 'viewer' }),
      signInMember(service, `moderator-${String(serial)}-${redisUrl.length}@jobs.test`, { [site.key]: 'moderator' }),
      signInMember(service, `stranger-${String(serial)}-${redisUrl.length}@jobs.test`, {}),
    ]);
    const order = { action: 'spam', filter: { status: 'pending' } };
    expectProblem(await make(order, viewer), 403, 'forbidden');
    expectProblem(await make(order, await site.apiKey('moderation:read')), 403, 'forbidden');
    expectProblem(await make(order, stranger), 404, 'site-not-found');
    const answer = await make(order, moderator);
    expect(answer.status).toBe(202);
    expect((await viewer.get<Job>(jobs(`/${answer.body.id}`))).status).toBe(200);
    expectProblem(await viewer.post(jobs(`/${answer.body.id}/stop`)), 403, 'forbidden');
    expectProblem(await stranger.get(jobs(`/${answer.body.id}`)), 404, 'site-not-found');
    expectProblem(await operator.get(jobs(`/${UNKNOWN}`)), 404, 'job-not-found');
    await ended(answer);
    expect((await make(order, await site.apiKey('moderation:write'))).status).toBe(202);
  });

  it('stops when it is told; one that has ended stays as it is', async () => {
    await site.submitMany(2);
    const { body: job } = await make({ action: 'spam', filter: { status: 'pending' } });
    const stopped = await operator.post<Job>(jobs(`/${job.id}/stop`));
    expect(stopped.status).toBe(200);
    // A turn may have been faster.
    expect(['stopped', 'done']).toContain(stopped.body.state);
    expect((await operator.post<Job>(jobs(`/${job.id}/stop`))).body).toEqual(stopped.body);
    expect((await operator.get<Job>(jobs(`/${job.id}`))).body).toEqual(stopped.body);
    expectProblem(await operator.post(jobs(`/${UNKNOWN}/stop`)), 404, 'job-not-found');
  });

  it('is one of five at most that have not ended', async () => {
    await asSuperuser(
      service,
      `insert into moderation_job (site_id, id, action, filter, by_kind, by_id, by_name, at, until_seq, state, next_sweep_at)
       select s.id, gen_random_uuid(), 'spam', '{"status": "pending"}', 'person', gen_random_uuid(), 'A', now(), 0,
              'waiting', now() + interval '1 hour' from site s, generate_series(1, 5) where s.key = $1`,
      [site.key],
    );
    const answer = await make({ action: 'spam', filter: { status: 'pending' } });
    expectProblem(answer, 409, 'too-many-jobs');
    const [job] = (await operator.get<Page<Job>>(jobs())).body.items;
    expectProblem(await operator.post(jobs(`/${job!.id}/undo`)), 409, 'job-not-finished');
    expect((await operator.post<Job>(jobs(`/${job!.id}/stop`))).body.state).toBe('stopped');
    expectProblem(await operator.post(jobs(`/${job!.id}/undo`)), 409, 'nothing-to-undo');
    expect((await make({ action: 'spam', filter: { status: 'pending' } })).status).toBe(202);
  });
});
