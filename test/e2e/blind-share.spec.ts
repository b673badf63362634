import { EventStream } from '../support/event-stream.js';
import { expectProblem } from '../support/problems.js';
import { asSuperuser, signInMember } from '../support/test-accounts.js';
import type { CommentInput, TestClient } from '../support/test-client.js';
import { expectPage, TestPage, textOf } from '../support/test-page.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Detail, type Item } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

interface Estimate {
  readonly count: number;
  readonly of: number;
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

interface Counts {
  readonly screened: number;
  readonly putAway: number;
  readonly held: number;
  readonly letOut: number;
  readonly restored: number;
  readonly markedAsSpam: number;
  readonly blind: {
    readonly shown: number;
    readonly ham: number;
    readonly spam: number;
    readonly falsePositives: Estimate;
    readonly falseNegatives: Estimate;
  };
}

interface Report {
  readonly blindShare: number;
  readonly weeks: readonly (Counts & { readonly week: string; readonly startsOn: string })[];
  readonly total: Counts;
}

const SPAM: CommentInput = { body: 'Cheap pills http://pills.example/a http://pills.example/b', website: 'filled in' };
const REASON = 'Chosen at random: a person decides without the machine’s answer.';

let service: TestService;
let operator: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

function make(settings: Record<string, unknown> = {}): Promise<TestSite> {
  return TestSite.make(operator, service.anonymous, { key: `site-${String(++serial)}`, settings });
}

async function report(site: TestSite, query = '', client = operator): Promise<Report> {
  const answer = await client.get<Report>(site.path(`/filter${query}`));
  if (answer.status !== 200) throw new Error(`Reading the report failed: ${answer.text}`);
  return answer.body;
}

/** A share larger than an owner may choose, so that a story need not wait for chance. */
async function choose(site: TestSite, share: number): Promise<void> {
  await asSuperuser(
    service,
    `with changed as (
       update site set settings = settings || jsonb_build_object('blindShare', $2::float8) where key = $1 returning key)
     select pg_notify('winnow_sites', '') from changed`,
    [site.key, share],
  );
  await waitUntil(async () => (await report(site)).blindShare === share, 'the service knows of the share');
}

async function blindSite(settings: Record<string, unknown> = {}): Promise<TestSite> {
  const site = await make(settings);
  await choose(site, 1);
  return site;
}

const spam = (site: TestSite): Promise<Detail> =>
  site.submitSettled('/a', { ...SPAM, body: `${String(SPAM.body)}/${String(++serial)}` });

describe('a comment of the blind share', () => {
  it.each(['all', 'new-authors', 'unsure', 'none'])(
    'waits without its verdict under %s, spam and ham alike',
    async (moderation) => {
      const site = await blindSite({ moderation });
      const two = [await spam(site), await site.submitSettled()];
      for (const { status, blind, verdict, events } of two) {
        expect({ status, blind, verdict }).toEqual({ status: 'pending', blind: true, verdict: null });
        expect(events.at(-1)).toMatchObject({ from: 'received', to: 'pending', action: 'screening', reason: REASON });
      }
      expect(await site.counts()).toMatchObject({ pending: 2, spam: 0, published: 0, approved: 0 });
    },
  );

  it('tells its verdict nowhere until somebody has decided', async () => {
    const site = await blindSite({ moderation: 'none' });
    const stream = await EventStream.open(service.url + site.path('/moderation/events'), operator.credentials);
    const { id } = await spam(site);
    const [event] = await stream.waitFor(1);
    stream.close();
    expect(event).toMatchObject({ event: 'entered', data: { id, from: 'received', status: 'pending' } });
    const told = [
      await site.read(id),
      ...(await site.queue()).items,
      ...(await site.queue('', '/a')).items,
      ...(await site.queue('?q=pills')).items,
      ...(await operator.get<{ items: Item[] }>(`/v1/moderation/comments?site=${site.key}`)).body.items,
      (await operator.get<Item>(`/v1/moderation/comments/${id}`)).body,
      await site.decided(id, 'restore'),
    ];
    expect(told).toHaveLength(7);
    for (const item of told) {
      expect(item).toMatchObject({ id, status: 'pending', blind: true, verdict: null });
      expect(JSON.stringify(item)).not.toMatch(/honeypot|link-count|probability/);
    }
    for (const reason of ['honeypot', 'link-count']) {
      expect((await site.queue(`?reason=${reason}`)).items).toEqual([]);
      expect((await site.queue(`?reason=${reason}&q=pills`)).items).toEqual([]);
      const everywhere = await operator.get<{ items: Item[] }>(
        `/v1/moderation/comments?site=${site.key}&reason=${reason}`,
      );
      expect(everywhere.body.items).toEqual([]);
    }
    const { putAway, held } = (await report(site)).total;
    expect([putAway, held]).toEqual([0, 1]);
    const bulk = await operator.post(site.path('/moderation/decisions'), { action: 'restore', ids: [id] });
    expect(bulk.body).toEqual({ results: [{ id, status: 'pending', version: 2 }] });
    const stale = await site.decide(id, 'approve', { version: 1 });
    expectProblem(stale, 412, 'version-conflict');
    expect(stale.text).not.toMatch(/spam/);
  });

  it('is not said to be one of many alike, until somebody has decided', async () => {
    const site = await blindSite();
    const body = 'we all ask the council to keep the little library at the corner of the market open';
    const [one, two] = [
      await site.submitSettled('/a', { body: `${body} 1` }),
      await site.submitSettled('/a', { body }),
    ];
    expect([(await site.read(one.id)).campaign, two.campaign]).toEqual([null, null]);
    expect((await site.decided(one.id, 'approve')).campaign).toMatchObject({ size: 2 });
    expect((await site.read(two.id)).campaign).toBeNull();
  });

  it('tells it with the decision, and hides it again with the undo', async () => {
    const site = await blindSite();
    const { id } = await spam(site);
    const decided = await site.decided(id, 'spam');
    expect(decided).toMatchObject({ status: 'spam', blind: false, verdict: { label: 'spam' } });
    expect((await site.queue('?status=spam&reason=honeypot')).items.map((item) => item.id)).toEqual([id]);
    expect(await site.decided(id, 'undo')).toMatchObject({ status: 'pending', blind: true, verdict: null });
    expect(await site.decided(id, 'reject')).toMatchObject({ blind: false, verdict: { label: 'spam' } });
    const erased = await site.decided(id, 'delete');
    expect(erased).toMatchObject({ status: 'deleted', blind: false, verdict: { signals: [] } });
  });

  it('is never one on which a rule of the owner has decided', async () => {
    const site = await blindSite({ moderation: 'none' });
    for (const [value, action] of [
      ['quagga', 'spam'],
      ['zebrafish', 'hold'],
      ['dodo', 'allow'],
    ] as const) {
      const rule = { field: 'text', match: 'word', value, action };
      expect((await operator.post(site.path('/rules'), rule)).status).toBe(201);
    }
    const ruled = [];
    for (const animal of ['quagga', 'zebrafish', 'dodo']) {
      ruled.push(await site.submitSettled('/a', { body: `We saw a ${animal} in the second chapter.` }));
    }
    expect(ruled.map(({ status, blind }) => [status, blind])).toEqual([
      ['spam', false],
      ['pending', false],
      ['published', false],
    ]);
    expect((await report(site)).total).toMatchObject({ putAway: 1, held: 1, letOut: 1, blind: { shown: 0 } });
  });

  it('is nothing that its author could see', async () => {
    const site = await blindSite({ moderation: 'none' });
    const { receipt, id } = await site.submit();
    await site.settled(id);
    const seen = await service.anonymous.get(`/v1/receipts/${receipt}`);
    expect(seen.body).toEqual({ id, status: 'pending', editableUntil: expect.any(String) as string });
  });

  it('asks for a decision without the machine’s answer at the desk, on every page', async () => {
    const site = await blindSite();
    const { id } = await spam(site);
    const moderator = await signInMember(service, `mo-${site.key}@test.example`, { [site.key]: 'moderator' });
    const desk = `/desk/sites/${site.key}`;
    for (const path of [desk, `${desk}/comments/${id}`, '/desk/queue', `${desk}/comments/${id}/delete`]) {
      const page = await TestPage.open(moderator, path);
      expectPage(page, 200);
      if (!path.endsWith('delete')) expect(page.text).toContain('Decide without the machine’s answer.');
      expect(page.text).not.toMatch(/Looks like spam|spam probability|field that people do not see|add up to spam/);
    }
    const page = await TestPage.open(moderator, `${desk}/comments/${id}`);
    await page.send(moderator, `${desk}/comments/${id}`, { decision: 'reject' });
    const after = await TestPage.open(moderator, `${desk}/comments/${id}`);
    expect(after.text).toContain('Looks like spam');
    expect(after.text).toMatch(/It begins at −\d\.\d; with all of these it comes to \+\d/);
  });
});

describe('the share of a site', () => {
  it('is none at first, and what an owner chooses up to a fifth', async () => {
    const site = await make();
    const settings = async (): Promise<Record<string, unknown>> =>
      (await operator.get<{ settings: Record<string, unknown> }>(site.path())).body.settings;
    expect((await settings()).blindShare).toBe(0);
    expect((await operator.request('PATCH', site.path(), { settings: { blindShare: 0.02 } })).status).toBe(200);
    expect((await settings()).blindShare).toBe(0.02);
    for (const blindShare of [0.21, -0.01, '0.02', null]) {
      const answer = await operator.request('PATCH', site.path(), { settings: { blindShare } });
      expectProblem(answer, 422, 'invalid-body');
      expect((answer.body.errors as { pointer: string }[])[0]?.pointer).toBe('/settings/blindShare');
    }
  });

  it('is set at the desk in percent', async () => {
    const site = await make();
    const owner = await signInMember(service, `own-${site.key}@test.example`, { [site.key]: 'owner' });
    const path = `/desk/sites/${site.key}/settings`;
    const send = async (blindShare: string): Promise<TestPage> => {
      const answer = await (await TestPage.open(owner, path)).send(owner, path, { blindShare });
      return answer.status === 303 ? TestPage.open(owner, path) : new TestPage(answer);
    };
    expect((await send('2,5')).fieldsOf(path).get('blindShare')).toBe('2.5');
    expect((await report(site)).blindShare).toBe(0.025);
    const refused = await send('50');
    expectPage(refused, 422);
    expect(refused.text).toContain('Write a number from 0 to 20.');
    expect((await send('0')).fieldsOf(path).get('blindShare')).toBe('0');
  });
});

describe('the report of the filter', () => {
  it('counts what people reversed both ways, and takes back what they take back', async () => {
    const site = await make({ moderation: 'none' });
    const [first, second] = [await spam(site), await spam(site)];
    const [out, another] = [await site.submitSettled(), await site.submitSettled()];
    const none = { screened: 4, putAway: 2, held: 0, letOut: 2, restored: 0, markedAsSpam: 0 };
    expect((await report(site)).total).toMatchObject(none);
    await site.decided(first.id, 'restore');
    await site.decided(second.id, 'approve');
    await site.decided(out.id, 'spam');
    await site.decided(another.id, 'reject');
    expect((await report(site)).total).toMatchObject({ ...none, restored: 2, markedAsSpam: 1 });
    await site.decided(second.id, 'undo');
    await site.decided(second.id, 'spam');
    await site.decided(out.id, 'undo');
    await site.decided(out.id, 'publish');
    const { total, weeks, blindShare } = await report(site, '?weeks=2');
    expect(total).toMatchObject({ ...none, restored: 1, markedAsSpam: 0 });
    expect([weeks.length, weeks[0]?.screened, weeks[1]?.screened, blindShare]).toEqual([2, 4, 0, 0]);
    expect(total.blind).toMatchObject({ shown: 0, falsePositives: { of: 0, rate: null, low: null, high: null } });
  });

  it('estimates from the blind share how often the filter is wrong', async () => {
    const site = await blindSite({ moderation: 'unsure' });
    const good = await Promise.all([site.submitSettled(), site.submitSettled(), site.submitSettled()]);
    const bad = [await spam(site), await spam(site)];
    for (const { id } of good.slice(0, 2)) await site.decided(id, 'approve');
    await site.decided(good[2].id, 'spam');
    await site.decided(bad[0]!.id, 'spam');
    await site.decided(bad[1]!.id, 'approve');
    const { total } = await report(site);
    expect(total).toMatchObject({ screened: 5, putAway: 2, letOut: 3, restored: 1, markedAsSpam: 1 });
    expect(total.blind).toMatchObject({ shown: 5, ham: 3, spam: 2 });
    expect(total.blind.falsePositives).toMatchObject({ count: 1, of: 3, rate: 1 / 3 });
    expect(total.blind.falseNegatives).toMatchObject({ count: 1, of: 2, rate: 1 / 2 });
    await site.decided(bad[1]!.id, 'undo');
    expect((await report(site)).total).toMatchObject({ putAway: 1, held: 1 });
    expect((await report(site)).total.blind.falsePositives).toMatchObject({ count: 0, of: 2, rate: 0, low: 0 });
  });

  it('is of one site, for those who read its queue', async () => {
    const [site, other] = [await make(), await make()];
    await spam(other);
    expect((await report(site)).total.screened).toBe(0);
    const viewer = await signInMember(service, `v-${site.key}@test.example`, { [site.key]: 'viewer' });
    expect((await report(site, '', viewer)).total.screened).toBe(0);
    expect((await report(site, '', await site.apiKey('moderation:read'))).total.screened).toBe(0);
    expectProblem(await viewer.get(other.path('/filter')), 404, 'site-not-found');
    expectProblem(await (await site.apiKey('moderation:read')).get(other.path('/filter')), 404, 'site-not-found');
    expectProblem(await (await site.apiKey('comments:write')).get(site.path('/filter')), 403, 'forbidden');
    expectProblem(await service.anonymous.get(site.path('/filter')), 401, 'not-signed-in');
    expectProblem(await operator.get(site.path('/filter?weeks=105')), 400, 'malformed-query');
  });

  it('is a page of the desk, in words', async () => {
    const site = await blindSite({ moderation: 'none' });
    const viewer = await signInMember(service, `w-${site.key}@test.example`, { [site.key]: 'viewer' });
    const path = `/desk/sites/${site.key}/filter`;
    const empty = await TestPage.open(viewer, path);
    expectPage(empty, 200);
    expect(empty.text).toContain('No comment has been looked at in these weeks.');
    expect(empty.text).toContain('Nobody knows yet');
    expect(empty.all('a', { href: /settings/ })).toEqual([]);
    await site.decided((await site.submitSettled()).id, 'approve');
    await site.decided((await spam(site)).id, 'approve');
    const page = await TestPage.open(viewer, path);
    expect(page.title).toContain('How the filter did');
    expect(page.text).toContain(
      'Of what people find fine, it puts away 50 % (1 of 2; between 9.5 % and 91 % with 95 % confidence).',
    );
    expect(page.text).toContain('Of what people call spam, nobody knows yet how much it lets through.');
    expect(page.all('dd').map(textOf).slice(0, 6)).toEqual(['2', '1', '0', '1', '1', '0']);
    expect(page.all('th', { scope: 'row' }).map(textOf)).toEqual([expect.stringMatching(/^\d+ \w{3} \d{4}$/)]);
    expect(page.all('td').map(textOf)).toEqual([
      '2',
      '1',
      '0',
      '1',
      '1: 100 % (21 % to 100 %)',
      '0: 0 % (0 % to 79 %)',
    ]);
    const queue = await TestPage.open(viewer, `/desk/sites/${site.key}`);
    expect(textOf(queue.one('a', { href: path }))).toBe('How the filter did');
    const owner = await signInMember(service, `x-${site.key}@test.example`, { [site.key]: 'owner' });
    const shown = await TestPage.open(owner, `${path}?weeks=52`);
    expect(shown.all('a', { 'aria-current': 'page' }).map(textOf)).toEqual(['Filter', '52 weeks']);
    expect(shown.all('a', { href: `/desk/sites/${site.key}/settings` })).toHaveLength(2);
    expectPage(await TestPage.open(owner, `${path}?weeks=x`), 400);
  });
});

describe('one comment', () => {
  it('shows every signal with its weight and reason, and a score that they add up to', async () => {
    const site = await make();
    const { verdict } = await spam(site);
    expect(verdict?.signals.map(({ name }) => name)).toEqual(expect.arrayContaining(['honeypot', 'link-count']));
    for (const { weight, why } of verdict?.signals ?? []) {
      expect(weight).not.toBe(0);
      expect(why).toMatch(/\S+ \S+/);
    }
    const { verdict: other } = await site.submitSettled();
    const beginOf = (one: Detail['verdict']): number =>
      (one?.signals ?? []).reduce((rest, { weight }) => rest - weight, one?.score ?? Number.NaN);
    expect(beginOf(verdict)).toBeCloseTo(beginOf(other), 9);
    expect(verdict?.probability).toBeCloseTo(1 / (1 + Math.exp(-(verdict?.score ?? 0))), 5);
  });
});
