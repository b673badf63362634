import { eachBackend } from '../support/gates.js';
import { EventStream, type StreamedEvent } from '../support/event-stream.js';
import type { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { asSuperuser } from '../support/test-accounts.js';
import { waitUntil } from '../support/wait-until.js';

eachBackend('the event stream', ({ redisUrl }) => {
  let service: TestService;
  let operator: TestClient;
  let site: TestSite;
  let neighbourUrl: string;
  let serial = 0;
  const streams: EventStream[] = [];

  beforeAll(async () => {
    service = await startTestService({ REDIS_URL: redisUrl });
    operator = await service.signIn();
    neighbourUrl = (await service.another()).url ?? '';
  });

  beforeEach(async () => {
    site = await TestSite.make(operator, service.anonymous, { key: `site-${String(++serial)}` });
  });

  afterEach(() => {
    for (const stream of streams.splice(0)) stream.close();
  });

  afterAll(() => service.close());

  async function listen(lastEventId?: string, url = service.url, to = site): Promise<EventStream> {
    const headers = { ...operator.credentials, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) };
    const stream = await EventStream.open(`${url}${to.path('/moderation/events')}`, headers);
    streams.push(stream);
    return stream;
  }

  /** Grows by one for every event, without a hole. */
  function expectUnbroken(events: readonly StreamedEvent[], first: number): void {
    expect(events.map(({ id }) => Number(id))).toEqual(events.map((_, index) => first + index));
  }

  it('is an event stream that nobody keeps', async () => {
    const { response } = await listen();
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toMatch(/^text\/event-stream/);
    expect(response.headers['cache-control']).toMatch(/no-store|no-cache/);
    expect(response.headers['x-request-id']).toMatch(/\S/);
  });

  it('tells what enters, changes and leaves, in this process and another', async () => {
    const here = await listen();
    const there = await listen(undefined, neighbourUrl);
    const { id } = await site.submitSettled();
    for (const action of ['reject', 'spam', 'restore', 'publish', 'delete']) await site.decided(id, action);
    const expected = [
      { id: '1', event: 'entered', data: { id, from: 'received', status: 'pending', version: 2 } },
      { id: '2', event: 'left', data: { id, from: 'pending', status: 'rejected', version: 3 } },
      { id: '3', event: 'changed', data: { id, from: 'rejected', status: 'spam', version: 4 } },
      { id: '4', event: 'entered', data: { id, from: 'spam', status: 'pending', version: 5 } },
      { id: '5', event: 'left', data: { id, from: 'pending', status: 'published', version: 6 } },
      { id: '6', event: 'changed', data: { id, from: 'published', status: 'deleted', version: 7 } },
    ];
    expect(await here.waitFor(6)).toEqual(expected);
    expect(await there.waitFor(6)).toEqual(expected);
  });

  it('holds nothing of the comment but its id, and nothing of another site', async () => {
    const other = await TestSite.make(operator, service.anonymous, { key: `other-${String(serial)}` });
    const stream = await listen();
    await other.submitSettled();
    const { id } = await site.submitSettled();
    const [event] = await stream.waitFor(1);
    expect(event?.data.id).toBe(id);
    expect(Object.keys(event?.data ?? {}).sort()).toEqual(['from', 'id', 'status', 'version']);
    expect(stream.events).toHaveLength(1);
  });

  it('says nothing of an action that was in force', async () => {
    const { id } = await site.submitSettled();
    const stream = await listen();
    await site.decided(id, 'spam');
    await site.decided(id, 'spam');
    await site.decided(id, 'reject');
    expectUnbroken(await stream.waitFor(2), 2);
    expect(stream.events.map(({ data }) => data.status)).toEqual(['spam', 'rejected']);
  });

  it('goes on after Last-Event-ID, in any process', async () => {
    const { id } = await site.submitSettled();
    for (const action of ['reject', 'spam', 'restore']) await site.decided(id, action);
    for (const url of [service.url, neighbourUrl]) {
      const stream = await listen('2', url);
      const events = await stream.waitFor(2);
      expectUnbroken(events, 3);
      expect(events.map(({ event, data }) => [event, data.status])).toEqual([
        ['changed', 'spam'],
        ['entered', 'pending'],
      ]);
    }
    expect((await listen('4')).events).toEqual([]);
  });

  it.each(['x', '-1', '9'.repeat(40), "' or 1=1"])('takes the Last-Event-ID %j for none', async (lastEventId) => {
    const stream = await listen(lastEventId);
    expect(stream.response.statusCode).toBe(200);
    await site.submitSettled();
    expectUnbroken(await stream.waitFor(1), 1);
  });

  it('loses and doubles nothing where a reader comes back in the middle of a flood', async () => {
    const ids = await site.submitMany(40);
    const opening: Promise<EventStream>[] = [];
    const deciding = ids.map((id) => site.decided(id, 'reject'));
    for (let n = 0; n < 15; n++) {
      opening.push(listen('0', n % 2 ? service.url : neighbourUrl));
      await deciding[n * 2];
    }
    await Promise.all(deciding);
    for (const stream of await Promise.all(opening)) expectUnbroken(await stream.waitFor(80), 1);
  });

  it('tells of a bulk decision comment by comment, in order', async () => {
    const ids = await site.submitMany(120);
    const stream = await listen();
    await operator.post(site.path('/moderation/decisions'), { action: 'spam', ids });
    const events = await stream.waitFor(120);
    expectUnbroken(events, 121);
    expect(events.map(({ data }) => data.id).sort()).toEqual([...ids].sort());
  });

  it('after more than a thousand missed moves gives all of them, or says that the reader must start anew', async () => {
    const ids = await site.submitMany(60);
    const bulk = (action: string): Promise<unknown> =>
      operator.post(site.path('/moderation/decisions'), { action, ids });
    for (let round = 0; round < 9; round++) await bulk('spam').then(() => bulk('restore'));
    const stream = await listen('0');
    await site.decided(ids[0] ?? '', 'reject');
    await waitUntil(() => stream.events.some(({ data }) => data.status === 'rejected'), 'the last move is told');
    if (stream.events.every(({ event }) => event !== 'reset')) expectUnbroken(stream.events, 1);
  });
});

describe('spam that was kept long enough', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
  });

  afterAll(() => service.close());

  it('leaves the stream’s place where it is', async () => {
    const site = await TestSite.make(await service.signIn(), service.anonymous, { key: 'blog' });
    const { id } = await site.submitSettled();
    await site.decided(id, 'spam');
    await asSuperuser(service, `update comment set moved_at = now() - interval '31 days' where id = $1`, [id]);
    const url = service.url + site.path('/moderation/events');
    const stream = await EventStream.open(url, { ...site.moderator.credentials, 'last-event-id': '2' });
    await service.another({ ROLE: 'worker', SCREENING_SWEEP_EVERY_SECONDS: '1' });
    await waitUntil(async () => (await site.counts()).spam === 0, 'the old spam is gone');
    const last = await site.submitSettled();
    await waitUntil(() => stream.events.some(({ data }) => data.id === last.id), 'the next comment is told');
    // An event without an id leaves the reader's place as it was; the decision itself may still have been on its way.
    const places = stream.events.map((event) => event.id).filter((place) => place !== '' && place !== '2');
    expect(places).toEqual(['3']);
    stream.close();
  });
});
