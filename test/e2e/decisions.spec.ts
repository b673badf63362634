import { expectProblem } from '../support/problems.js';
import { asSuperuser } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Item } from '../support/test-site.js';

/*
 * The table of moves in product.md, written out again here: a dot is a refusal, an equals sign says that the action is
 * in force already. `approve` leads to published where publishOnApproval is on, else to approved.
 */
const STATUSES = ['received', 'pending', 'spam', 'approved', 'published', 'rejected', 'deleted'] as const;
type Status = (typeof STATUSES)[number];
const TABLE: Readonly<Record<string, Readonly<Record<Status, string>>>> = {
  approve: row('approved', 'approved', 'approved', '=', '=', 'approved', '.'),
  publish: row('published', 'published', 'published', 'published', '=', 'published', '.'),
  unpublish: row('.', '.', '.', '=', 'approved', '.', '.'),
  reject: row('rejected', 'rejected', 'rejected', 'rejected', 'rejected', '=', '.'),
  spam: row('spam', 'spam', '=', 'spam', 'spam', 'spam', '.'),
  restore: row('.', '=', 'pending', 'pending', 'pending', 'pending', '.'),
  delete: row('deleted', 'deleted', 'deleted', 'deleted', 'deleted', 'deleted', '='),
};
const CASES = Object.keys(TABLE).flatMap((action) => STATUSES.map((from) => ({ action, from })));
const TO_REACH: Readonly<Record<Exclude<Status, 'received' | 'pending'>, string>> = {
  spam: 'spam',
  approved: 'unpublish',
  published: 'publish',
  rejected: 'reject',
  deleted: 'delete',
};

let service: TestService;
let operator: TestClient;
/** Nothing is screened here, so that a comment stays `received`. */
let site: TestSite;
let cautious: TestSite;

beforeAll(async () => {
  service = await startTestService({ ROLE: 'web' });
  operator = await service.signIn();
  site = await TestSite.make(operator, service.anonymous, { key: 'blog' });
  const settings = { publishOnApproval: false };
  cautious = await TestSite.make(operator, service.anonymous, { key: 'cautious', settings });
});

afterAll(() => service.close());

function row(...cells: string[]): Readonly<Record<Status, string>> {
  return Object.fromEntries(STATUSES.map((status, index) => [status, cells[index]])) as Record<Status, string>;
}

async function comment(status: Status, on = site): Promise<Item> {
  const { id } = await on.submit();
  if (status === 'pending') await on.decided(id, 'spam').then(() => on.decided(id, 'restore'));
  else if (status === 'approved') await on.decided(id, 'publish');
  if (status !== 'received' && status !== 'pending') await on.decided(id, TO_REACH[status]);
  const item = await on.read(id);
  expect(item.status).toBe(status);
  return item;
}

function targetOf(action: string, from: Status, publishOnApproval: boolean): string {
  const cell = TABLE[action]?.[from] ?? '';
  return action === 'approve' && cell === 'approved' && publishOnApproval ? 'published' : cell;
}

/** Only approve asks for the setting. */
function settingsFor(action: string): boolean[] {
  return action === 'approve' ? [true, false] : [true];
}

describe.each(CASES)('$action on what is $from', ({ action, from }) => {
  it.each(settingsFor(action))('follows the table, with publishOnApproval %s', async (publishOnApproval) => {
    const on = publishOnApproval ? site : cautious;
    const { id, version } = await comment(from, on);
    const target = targetOf(action, from, publishOnApproval);
    const eventsBefore = (await on.read(id)).events.length;
    if (target === '=') {
      for (const body of [undefined, { version }, { version: version + 7 }]) {
        expect(await on.decided(id, action, body)).toMatchObject({ id, status: from, version });
      }
      expect((await on.read(id)).events).toHaveLength(eventsBefore);
      return;
    }
    const stale = await on.decide(id, action, { version: version + 1 });
    expectProblem(stale, 412, 'version-conflict');
    if (target === '.') {
      for (const body of [undefined, { version }]) {
        expectProblem(await on.decide(id, action, body), 409, 'move-refused');
      }
      expect(await on.read(id)).toMatchObject({ status: from, version });
      return;
    }
    expect(await on.decided(id, action, { version })).toMatchObject({ id, status: target, version: version + 1 });
    const { events } = await on.read(id);
    expect(events).toHaveLength(eventsBefore + 1);
    expect(events.at(-1)).toMatchObject({ from, to: target, action, by: 'Operator' });
  });
});

describe('undo', () => {
  it.each(CASES.filter(({ action, from }) => !['=', '.'].includes(TABLE[action]?.[from] ?? '') && action !== 'delete'))(
    'of $action brings $from back',
    async ({ action, from }) => {
      const { id } = await comment(from);
      const { version } = await site.decided(id, action);
      expect(await site.decided(id, 'undo')).toMatchObject({ status: from, version: version + 1 });
      expectProblem(await site.decide(id, 'undo'), 409, 'nothing-to-undo');
    },
  );

  it.each(['received', 'pending', 'spam'] as const)('of a deletion of %s is refused', async (from) => {
    const { id } = await comment(from);
    await site.decided(id, 'delete');
    expectProblem(await site.decide(id, 'undo'), 409, 'nothing-to-undo');
  });

  it('without a decision is refused', async () => {
    expectProblem(await site.decide((await comment('received')).id, 'undo'), 409, 'nothing-to-undo');
  });

  it('asks for the version first', async () => {
    const { id, version } = await comment('published');
    expectProblem(await site.decide(id, 'undo', { version: version - 1 }), 412, 'version-conflict');
    expect(await site.decided(id, 'undo', { version })).toMatchObject({ version: version + 1 });
  });

  it('is of the last decision only, and an action in force is none', async () => {
    const { id } = await comment('received');
    await site.decided(id, 'reject');
    await site.decided(id, 'spam');
    await site.decided(id, 'spam');
    expect((await site.decided(id, 'undo')).status).toBe('rejected');
  });
});

describe('a decision', () => {
  it('shows in the events with its reason, its note and its maker, oldest first', async () => {
    const { id } = await comment('received');
    await site.decided(id, 'reject', { reason: 'Off topic\r\n', note: 'Second time' });
    const key = await site.apiKey('moderation:write');
    await key.post(`${site.articlePath('/a')}/comments/${id}/publish`);
    const { events } = await site.read(id);
    expect(events.map(({ action }) => action)).toEqual(['submit', 'reject', 'publish']);
    expect(events[1]).toEqual({
      ...{ from: 'received', to: 'rejected', action: 'reject', by: 'Operator', at: expect.any(String) as string },
      ...{ reason: 'Off topic\n', note: 'Second time' },
    });
    expect(events[2]?.by).toContain('a test');
    const times = events.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((one, other) => one - other));
  });

  it.each([
    [{ version: 0 }, '/version'],
    [{ version: '1' }, '/version'],
    [{ version: 1.5 }, '/version'],
    [{ reason: 7 }, '/reason'],
    [{ reason: 'x\0' }, '/reason'],
    [{ note: 'x'.repeat(100_000) }, '/note'],
    [{ status: 'published' }, '/status'],
  ])('with %j is 422 before anything is asked', async (body, pointer) => {
    const { id } = await comment('received');
    const answer = await site.decide(id, 'approve', body);
    expectProblem(answer, 422, 'invalid-body');
    expect((answer.body as unknown as { errors: { pointer: string }[] }).errors[0]?.pointer).toBe(pointer);
    expect((await site.read(id)).status).toBe('received');
  });

  it('is 404 under another article, on another site and for an unknown comment', async () => {
    const { id } = await comment('received');
    await site.submit('/b');
    for (const action of ['approve', 'undo', 'delete']) {
      expectProblem(await site.decide(id, action, undefined, '/b'), 404, 'comment-not-found');
      expectProblem(await site.decide(id, action, undefined, '/none'), 404, 'comment-not-found');
      expectProblem(await cautious.decide(id, action), 404, 'comment-not-found');
      expectProblem(
        await site.decide(
          id.replace(/.$/, (c) => (c === '0' ? '1' : '0')),
          action,
        ),
        404,
      );
    }
    expect((await site.read(id)).status).toBe('received');
  });

  it('of twenty people at once, all of whom saw the same version, is one move', async () => {
    const { id, version } = await comment('pending');
    const actions = ['reject', 'spam', 'publish', 'approve'];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => site.decide(id, actions[n % 4] ?? '', { version })),
    );
    const { events, status } = await site.read(id);
    expect(events.at(-1)?.to).toBe(status);
    expect(events).toHaveLength(4);
    for (const answer of answers) {
      if (answer.status === 200) expect(answer.body).toMatchObject({ status, version: version + 1 });
      else expectProblem(answer, 412, 'version-conflict');
    }
  });
});

describe('deleting', () => {
  it('erases text, name and address everywhere', async () => {
    const canary = 'canarybird';
    const author = { name: `Name ${canary}`, email: `${canary}@analytical.org`, url: `https://${canary}.example/` };
    const { id, receipt } = await site.submit('/a', { author, body: `Text ${canary}`, language: 'en' });
    for (const action of ['publish', 'delete']) await site.decided(id, action);
    const item = await site.read(id);
    expect(item).toMatchObject({ status: 'deleted', body: '', html: '', author: { name: '', email: '', url: null } });
    expect(JSON.stringify(item)).not.toContain(canary);
    for (const status of STATUSES) {
      for (const q of [canary, 'yb']) expect((await site.queue(`?status=${status}&q=${q}`)).items).toEqual([]);
    }
    const seen = (await service.anonymous.get(`/v1/receipts/${receipt}`)).body;
    expect(seen).toEqual({ id, status: 'declined', editableUntil: null });
    const tables = ['comment', 'comment_revision', 'comment_search', 'comment_event', 'idempotency_record'];
    for (const table of tables) {
      const rows = await asSuperuser(service, `select t::text from ${table} t where t::text ilike $1`, [`%${canary}%`]);
      expect({ table, rows }).toEqual({ table, rows: [] });
    }
    const [row] = await asSuperuser(service, 'select client_network from comment where id = $1', [id]);
    expect(row).toEqual({ client_network: null });
  });
});
