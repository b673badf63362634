import { SITE_SIGNALS } from '../../src/lib/spam/classifier/explain-site.js';
import { expectProblem, pointersOf } from '../support/problems.js';
import { signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Detail, type Item } from '../support/test-site.js';

interface Campaign {
  readonly id: string;
  readonly size: number;
  readonly pending: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly authors: number;
  readonly sample: Item;
}

interface CampaignPage {
  readonly items: readonly Campaign[];
  readonly nextCursor: string | null;
}

interface Outcome {
  readonly moved: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly remaining: number;
}

const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';
const LIBRARY = 'we all ask the council to keep the little library at the corner of the market open';
const BRIDGE = 'the old bridge over the river was painted green again last week, and I am glad that it was';
const NAMES = ['Anna', 'Bob', 'Carla', 'Dmitri', 'Eve'];

let service: TestService;
let operator: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

/** What decisions teach of words and networks is switched off: here only the copies are to weigh. */
const UNTAUGHT = Object.fromEntries([...SITE_SIGNALS, 'network-spam'].map((name) => [name, 0]));

const makeSite = (moderator = operator): Promise<TestSite> =>
  TestSite.make(moderator, service.anonymous, {
    key: `campaigns-${String(++serial)}`,
    settings: { weights: UNTAUGHT },
  });

/** The nth copy of a text: another name, number, link and author each time. */
function copy(n: number, text = LIBRARY): { body: string; author: { name: string; email: string } } {
  const name = NAMES[n % NAMES.length] ?? '';
  return {
    body: `Dear ${name}, ${text}, as I said ${String(1000 + n)} times at http://h${String(n)}.example/${String(n)} before.`,
    author: { name: `${name} ${String(n)}`, email: `a${String(n)}@analytical.org` },
  };
}

async function submitCopies(site: TestSite, count: number, text = LIBRARY, from = 0): Promise<string[]> {
  const sent = Array.from({ length: count }, (_, n) => site.submit('/a', copy(from + n, text)));
  const ids = (await Promise.all(sent)).map(({ id }) => id);
  for (const id of ids) await site.settled(id);
  return ids;
}

async function campaignsOf(site: TestSite, query = ''): Promise<CampaignPage> {
  const answer = await site.moderator.get<CampaignPage>(site.path(`/moderation/campaigns${query}`));
  expect(answer.status).toBe(200);
  return answer.body;
}

function decide(site: TestSite, campaign: string, body: unknown, as = site.moderator): Promise<Answer<Outcome>> {
  return as.post<Outcome>(site.path(`/moderation/campaigns/${campaign}/decisions`), body);
}

const whyOf = (item: Detail, name: string): string | undefined =>
  item.verdict?.signals.find((signal) => signal.name === name)?.why;

describe('fifty copies with small changes', () => {
  it('are one campaign, and one decision moves them all', async () => {
    const site = await makeSite();
    const other = await site.submitSettled();
    await submitCopies(site, 50);
    const { items, nextCursor } = await campaignsOf(site);
    expect(nextCursor).toBeNull();
    expect(items).toHaveLength(1);
    const [campaign] = items;
    expect(campaign).toMatchObject({ size: 50, pending: 50, authors: 50, sample: { status: 'pending' } });
    expect(campaign?.sample.campaign).toEqual({ id: campaign?.id, size: 50 });
    expect(campaign?.sample.body).toContain('little library');

    expect((await decide(site, campaign!.id, { action: 'spam', reason: 'All alike.' })).body).toEqual({
      moved: 50,
      unchanged: 0,
      refused: 0,
      remaining: 0,
    });
    expect(await site.counts()).toMatchObject({ pending: 1, spam: 50 });
    expect((await site.read(other.id)).status).toBe('pending');
    expect((await site.read(campaign!.sample.id)).events.at(-1)).toMatchObject({
      action: 'spam',
      reason: 'All alike.',
    });

    expect((await decide(site, campaign!.id, { action: 'spam' })).body).toMatchObject({ moved: 0, unchanged: 50 });
    expect((await decide(site, campaign!.id, { action: 'unpublish' })).body).toMatchObject({ moved: 0, refused: 50 });
    expect((await campaignsOf(site)).items).toEqual([]);
    expect((await campaignsOf(site, '?status=spam')).items).toMatchObject([{ id: campaign?.id, size: 50, pending: 0 }]);

    expect((await site.decided(campaign!.sample.id, 'undo')).status).toBe('pending');
    expect((await decide(site, campaign!.id, { action: 'restore' })).body).toMatchObject({ moved: 49, unchanged: 1 });
  }, 60_000);
});

describe('the queue', () => {
  it('names the campaign of a comment, and lists those of one', async () => {
    const site = await makeSite();
    const lone = await site.submitSettled('/a', copy(1));
    expect(lone.campaign).toBeNull();
    const ids = await submitCopies(site, 2, LIBRARY, 2);
    await submitCopies(site, 2, BRIDGE);
    const { campaign } = await site.read(lone.id);
    expect(campaign).toMatchObject({ size: 3 });
    const listed = await site.all(`?campaign=${campaign?.id ?? ''}&limit=2`);
    expect(listed.map(({ id }) => id).sort()).toEqual([lone.id, ...ids].sort());
    const across = await site.moderator.get<{ items: Item[] }>(
      `/v1/moderation/comments?campaign=${campaign?.id ?? ''}`,
    );
    expect(across.body.items).toHaveLength(3);
    expect((await site.queue(`?campaign=${UNKNOWN}`)).items).toEqual([]);
  });

  it('leaves what honest people say alike by itself', async () => {
    const site = await makeSite();
    for (const n of [1, 2, 3]) await site.submitSettled('/a', { ...copy(n), body: 'Thank you so much!' });
    expect((await campaignsOf(site)).items).toEqual([]);
    expect((await site.queue()).items.map(({ campaign }) => campaign)).toEqual([null, null, null]);
  });

  it('lists campaigns largest first, page by page', async () => {
    const site = await makeSite();
    await submitCopies(site, 2, BRIDGE);
    await submitCopies(site, 4);
    const first = await campaignsOf(site, '?limit=1');
    expect(first.items).toMatchObject([{ size: 4 }]);
    const second = await campaignsOf(site, `?limit=1&cursor=${first.nextCursor ?? ''}`);
    expect(second).toMatchObject({ items: [{ size: 2 }], nextCursor: null });
  });
});

describe('a campaign that this site has put away as spam', () => {
  it('weighs on its next copy, which still waits for a person', async () => {
    const site = await makeSite();
    const [id] = await submitCopies(site, 1);
    await site.decided(id!, 'spam');
    const next = await site.submitSettled('/a', copy(7));
    expect(next.status).toBe('pending');
    expect(whyOf(next, 'copies-of-spam')).toBe('1 near-identical comment here was put away as spam by a person');
  });
});

describe('a campaign that other sites have confirmed as spam', () => {
  /** A site of its own owner, or of this one. */
  async function ownedSite(owner?: TestClient): Promise<{ site: TestSite; owner: TestClient }> {
    const site = await makeSite();
    if (owner) return { site, owner };
    return { site, owner: await signInMember(service, `owner-${site.key}@sites.test`, { [site.key]: 'owner' }) };
  }

  async function confirmAs(owner: TestClient, site: TestSite, n: number, text: string): Promise<string> {
    const { id } = await site.submitSettled('/a', copy(n, text));
    const answer = await owner.post(site.articlePath('/a', `/comments/${id}/spam`));
    expect(answer.status).toBe(200);
    return id;
  }

  it('is held on a fourth site from the third unrelated one on, and no word crosses', async () => {
    const text = 'The parcel of my aunt waited at the depot for a week, and then it went back to where it came from';
    const owned = [await ownedSite(), await ownedSite(), await ownedSite()];
    const fourth = await makeSite();
    await operator.request('PATCH', fourth.path(), { settings: { moderation: 'none' } });
    await confirmAs(owned[0]!.owner, owned[0]!.site, 1, text);
    await confirmAs(owned[1]!.owner, owned[1]!.site, 2, text);
    const before = await fourth.submitSettled('/a', copy(3, text));
    expect(whyOf(before, 'confirmed-elsewhere')).toBeUndefined();

    const last = await confirmAs(owned[2]!.owner, owned[2]!.site, 4, text);
    const held = await fourth.submitSettled('/a', copy(5, text));
    expect(held.verdict?.label).toBe('unsure');
    expect(whyOf(held, 'confirmed-elsewhere')).toBe('nearly the same text was confirmed as spam on 3 other sites');
    const told = JSON.stringify([held, await campaignsOf(fourth), await fourth.queue()]);
    for (const n of [1, 2, 4]) expect(told).not.toMatch(new RegExp(`h${String(n)}\\.example|a${String(n)}@analytical`));
    for (const { site } of owned) expect(told).not.toContain(site.key);

    await owned[2]!.owner.post(owned[2]!.site.articlePath('/a', `/comments/${last}/undo`));
    expect(whyOf(await fourth.submitSettled('/a', copy(6, text)), 'confirmed-elsewhere')).toBeUndefined();
  });

  it('counts two sites of one owner once', async () => {
    const text = 'The travel club of our town went to the mountains this week, and the weather was fine for all of us';
    const first = await ownedSite();
    const sister = await makeSite();
    const owner = await signInMember(service, 'owner-of-two@sites.test', {
      [first.site.key]: 'owner',
      [sister.key]: 'owner',
    });
    const third = await ownedSite();
    await confirmAs(owner, first.site, 1, text);
    await confirmAs(owner, sister, 2, text);
    await confirmAs(third.owner, third.site, 3, text);
    const target = await makeSite();
    expect(whyOf(await target.submitSettled('/a', copy(4, text)), 'confirmed-elsewhere')).toBeUndefined();
    const fourth = await ownedSite();
    await confirmAs(fourth.owner, fourth.site, 5, text);
    expect(whyOf(await target.submitSettled('/a', copy(6, text)), 'confirmed-elsewhere')).toContain('on 3 other sites');
  });

  it('is heard of at once when an operator confirms it', async () => {
    const text =
      'The essay of the professor has a first page that raises no questions and a last one that answers none';
    const [here, there] = [await makeSite(), await makeSite()];
    const { id } = await here.submitSettled('/a', copy(1, text));
    await here.decided(id, 'spam');
    const next = await there.submitSettled('/a', copy(2, text));
    expect(whyOf(next, 'confirmed-elsewhere')).toBe(
      'nearly the same text was confirmed as spam by an operator of this service',
    );
  });
});

describe('a decision about a campaign', () => {
  it('is refused for one that is not there, or is of another site', async () => {
    const [mine, foreign] = [await makeSite(), await makeSite()];
    await submitCopies(
      foreign,
      2,
      'What a pity that the bakery at the corner of our street has closed after so many years',
    );
    const { items } = await campaignsOf(foreign);
    expectProblem(await decide(mine, UNKNOWN, { action: 'spam' }), 404, 'campaign-not-found');
    expectProblem(await decide(mine, items[0]?.id ?? '', { action: 'spam' }), 404, 'campaign-not-found');
    expect(await foreign.counts()).toMatchObject({ pending: 2, spam: 0 });
  });

  it.each([{}, { action: 'undo' }, { action: 'praise' }])('is refused for the action in %j', async (body) => {
    const site = await makeSite();
    const answer = await decide(site, UNKNOWN, body);
    expectProblem(answer, 422, 'invalid-body');
    expect(pointersOf(answer)).toEqual(['/action']);
  });

  it('deletes every copy, and the campaign is gone', async () => {
    const site = await makeSite();
    await submitCopies(site, 3);
    const { items } = await campaignsOf(site);
    const id = items[0]?.id ?? '';
    expect((await decide(site, id, { action: 'delete' })).body).toMatchObject({ moved: 3, remaining: 0 });
    expect(await site.counts()).toMatchObject({ deleted: 3 });
    expectProblem(await decide(site, id, { action: 'delete' }), 404, 'campaign-not-found');
  });

  it('is an operator’s word when an operator makes it, and a site’s when its key does', async () => {
    const text = 'The watches in the window of the old shop all show another time, and nobody in the street minds';
    const [here, there] = [await makeSite(), await makeSite()];
    const key = await here.apiKey('moderation:write');
    await submitCopies(here, 2, text);
    const { items } = await campaignsOf(here);
    await decide(here, items[0]?.id ?? '', { action: 'spam' }, key);
    expect(whyOf(await there.submitSettled('/a', copy(5, text)), 'confirmed-elsewhere')).toBeUndefined();
  });
});
