import pg from 'pg';
import type { Decision } from '../../src/comments/comment-status.js';
import { forgetLoneCampaigns, purgeOldSpam } from '../../src/comments/retention.js';
import { nearFingerprint } from '../../src/lib/spam/near-fingerprint.js';
import type { Signal } from '../../src/lib/spam/verdict.js';
import { SystemClock } from '../../src/platform/clock.js';
import { newId, type AccountId, type CommentId } from '../../src/platform/ids.js';
import { SiteModels } from '../../src/learning/site-models.js';
import { SiteRules } from '../../src/rules/site-rules.js';
import { ScreenCommentsJob } from '../../src/screening/screen-comments.job.js';
import { ScreeningSites } from '../../src/screening/screening-sites.js';
import { SiteDirectory, type KnownSite } from '../../src/sites/site-directory.js';
import { campaignsOf, wrongCampaigns } from '../support/campaigns.js';
import { acceptedId, submission, TestStage } from '../support/test-stage.js';
import { waitUntil } from '../support/wait-until.js';

let stage: TestStage;
let site: KnownSite;
let serial = 0;

beforeAll(async () => {
  stage = await TestStage.open(20);
});

afterAll(() => stage.close());

beforeEach(async () => {
  // What the other tests have confirmed would be heard of here.
  await stage.postgres.query('delete from site');
  site = await stage.addSite();
});

// Words that the filter has nothing against, so that only the copies weigh.
const SPAM = 'we all ask the council to keep the little library at the corner of the market open';
const OTHER = 'The second photograph is the better one, although I like the light in the first of them too';

/** The nth copy: another name, number and link each time. */
const copy = (n: number, text = SPAM): string =>
  `Hello ${'abcdefghij'[n % 10]}nna, ${text}, as I said at http://h${n}.example/${n} before.`;

const worker = (): ScreenCommentsJob => {
  const { database, changes, mover, watch, secrets } = stage;
  const directory = new SiteDirectory(database, changes);
  const sites = new ScreeningSites(directory, new SiteRules(database, changes), secrets, new SiteModels());
  return new ScreenCommentsJob(database, sites, mover, new SystemClock(), watch);
};

async function receive(bodies: readonly string[], on = site): Promise<CommentId[]> {
  const ids: CommentId[] = [];
  for (const body of bodies) {
    // Strangers from nowhere, or what an author or a network did would weigh more than the text.
    const author = { name: 'Ada', email: `stranger${++serial}@analytical.org` };
    const [outcome] = await stage.store.write([submission(on, { body, author }, { clientNetwork: null })]);
    ids.push(acceptedId(outcome));
  }
  return ids;
}

async function screen(ids: readonly CommentId[], on = site, job = worker()): Promise<void> {
  await job.run({ comments: ids.map((id) => [on.id, id] as const) });
}

async function receiveScreened(bodies: readonly string[], on = site): Promise<CommentId[]> {
  const ids = await receive(bodies, on);
  await screen(ids, on);
  return ids;
}

async function decide(ids: readonly CommentId[], decision: Decision, on = site, isOperator = false): Promise<void> {
  await stage.database.inSite(on.id, (manager) =>
    stage.mover.decide(
      manager,
      { id: on.id, publishOnApproval: true },
      ids.map((id) => ({ id, decision })),
      { kind: 'person', id: null, name: 'Mo', isOperator },
      new Date(),
    ),
  );
}

async function signalOf(id: CommentId | undefined, name: string): Promise<Signal | undefined> {
  const { signals } = await stage.one<{ signals: Signal[] }>(
    'select verdict_signals as signals from comment where id = $1',
    [id],
  );
  return signals.find((signal) => signal.name === name);
}

/** What the next copy on a site is told by the deployment. */
async function heardOn(on: KnownSite, n: number): Promise<string | undefined> {
  const [id] = await receiveScreened([copy(n)], on);
  return (await signalOf(id, 'confirmed-elsewhere'))?.why;
}

async function giveOwner(on: KnownSite, account: AccountId = newId()): Promise<AccountId> {
  await stage.postgres.query(
    "insert into account values ($1::uuid, $2, 'A', 'x', false, now()) on conflict do nothing",
    [account, account],
  );
  await stage.postgres.query("insert into membership values ($1, $2, 'owner', now())", [on.id, account]);
  return account;
}

afterEach(async () => {
  expect(await wrongCampaigns(stage, site.id)).toEqual([]);
});

describe('a campaign', () => {
  it('is made of copies that come in one batch, and of those that come later', async () => {
    await receiveScreened([...Array.from({ length: 30 }, (_, n) => copy(n)), OTHER]);
    await receiveScreened(Array.from({ length: 20 }, (_, n) => copy(n + 30)));
    expect((await campaignsOf(stage, site.id)).map(({ size }) => size)).toEqual([50, 1]);
  });

  it('is not made of what honest people say alike', async () => {
    await receiveScreened([
      'Thank you!',
      'Thank you!!',
      'thank you',
      'Great post, thank you',
      'Great post. Thank you!',
      '+1',
    ]);
    expect(await campaignsOf(stage, site.id)).toEqual([]);
  });

  it('is of one site alone', async () => {
    const elsewhere = await stage.addSite();
    await receiveScreened([copy(1)]);
    await receiveScreened([copy(2)], elsewhere);
    const ids = await stage.rows('select id from campaign where site_id = any($1)', [[site.id, elsewhere.id]]);
    expect(ids).toHaveLength(2);
  });

  it('weighs the copies before, within a batch and from batches before', async () => {
    const ids = await receiveScreened(Array.from({ length: 8 }, (_, n) => copy(n)));
    expect(await signalOf(ids[0], 'near-copies')).toBeUndefined();
    expect((await signalOf(ids[7], 'near-copies'))?.why).toContain('7 near-identical comments came here');
    const [next] = await receiveScreened([copy(9)]);
    expect((await signalOf(next, 'near-copies'))?.why).toContain('8 near-identical comments came here');
  });

  it('weighs no copies of last week, and joins them', async () => {
    await receiveScreened(Array.from({ length: 8 }, (_, n) => copy(n)));
    await stage.postgres.query("update comment set submitted_at = now() - interval '25 hours' where site_id = $1", [
      site.id,
    ]);
    await stage.postgres.query(
      "update campaign set first_at = now() - interval '25 hours', last_at = now() - interval '25 hours'",
    );
    const [next] = await receiveScreened([copy(9)]);
    expect(await signalOf(next, 'near-copies')).toBeUndefined();
    expect((await campaignsOf(stage, site.id))[0]).toMatchObject({ size: 9 });
  });

  it('weighs the copies of a day of one that goes on for longer', async () => {
    const ids = await receiveScreened(Array.from({ length: 8 }, (_, n) => copy(n)));
    await stage.postgres.query("update comment set submitted_at = now() - interval '25 hours' where id = any($1)", [
      ids.slice(0, 3),
    ]);
    await stage.postgres.query("update campaign set first_at = now() - interval '25 hours'");
    const [next] = await receiveScreened([copy(9)]);
    expect((await signalOf(next, 'near-copies'))?.why).toContain('5 near-identical comments came here');
  });

  it('is the same again for a comment that an undo has sent back to the screening', async () => {
    const [id] = await receive([copy(1)]);
    await decide([id!], 'approve');
    await decide([id!], 'undo');
    await screen([id!]);
    await receiveScreened([copy(2)]);
    expect((await campaignsOf(stage, site.id)).map(({ size }) => size)).toEqual([2]);
  });
});

describe('two workers', () => {
  const waiting = async (): Promise<number> =>
    (
      await stage.one<{ count: number }>(
        `select count(*)::int from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
    ).count;

  // Both have looked before either has written: the counter row, for which both wait, is ours until then.
  it('that see the first two copies at the same moment end with one campaign', async () => {
    await receiveScreened([OTHER]);
    const [one, other] = await receive([copy(1), copy(2)]);
    const holder = new pg.Client({ connectionString: stage.files.urls.postgres });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select 1 from site_counter where site_id = $1 for update', [site.id]);
    const both = Promise.all([screen([one!]), screen([other!])]);
    try {
      await waitUntil(async () => (await waiting()) === 2, 'both wait for the counter row');
    } finally {
      await holder.query('commit');
      await holder.end();
    }
    await both;
    expect((await campaignsOf(stage, site.id)).map(({ size }) => size)).toEqual([2, 1]);
  });

  it('that screen a flood of three texts at once end with three campaigns', async () => {
    const texts = [
      SPAM,
      OTHER,
      'The old bridge over the river was painted green again last week, and I am glad that it was',
    ];
    const ids = await receive(Array.from({ length: 90 }, (_, n) => copy(n, texts[n % 3])));
    const chunks = Array.from({ length: 15 }, (_, n) => ids.slice(n * 6, n * 6 + 6));
    await Promise.all(chunks.map((chunk) => screen(chunk)));
    expect((await campaignsOf(stage, site.id)).map(({ size }) => size)).toEqual([30, 30, 30]);
  });
});

describe('spam that a person confirmed', () => {
  it('weighs on the next copy here, at once, and decides nothing by itself', async () => {
    const [id] = await receiveScreened([copy(1)]);
    await decide([id!], 'spam');
    const [next] = await receiveScreened([copy(2)]);
    expect(await signalOf(next, 'copies-of-spam')).toMatchObject({ weight: 2.5 });
    expect(await stage.countByStatus(site.id)).toEqual({ spam: 1, pending: 1 });
  });

  it.each([
    ['restore', ['restore']],
    ['approve', ['approve']],
    ['undo', ['undo']],
    ['delete', ['delete']],
    ['a second thought and its undo', ['approve', 'undo', 'restore']],
  ] as const)('is withdrawn by %s', async (_what, decisions) => {
    const [id] = await receiveScreened([copy(1), copy(3)]);
    await decide([id!], 'spam');
    for (const decision of decisions) await decide([id!], decision);
    const [next] = await receiveScreened([copy(2)]);
    expect(await signalOf(next, 'copies-of-spam')).toBeUndefined();
  });

  it('is confirmed again when its approval is undone; what the machine put away is not', async () => {
    const [mine, machines] = await receiveScreened([copy(1), copy(2)]);
    await stage.postgres.query("update comment set status = 'spam' where id = $1", [machines]);
    await stage.postgres.query('update campaign set pending = pending - 1, spam = spam + 1 where site_id = $1', [
      site.id,
    ]);
    await stage.postgres.query('update site_counter set pending = pending - 1, spam = spam + 1 where site_id = $1', [
      site.id,
    ]);
    await decide([mine!], 'spam');
    for (const decision of ['approve', 'undo'] as const) await decide([mine!, machines!], decision);
    expect((await campaignsOf(stage, site.id))[0]).toMatchObject({ size: 2, confirmed: 1 });
  });
});

describe('spam confirmed on other sites', () => {
  let sites: KnownSite[];

  beforeEach(async () => {
    sites = [await stage.addSite(), await stage.addSite(), await stage.addSite()];
  });

  async function confirmOn(on: KnownSite, n: number, isOperator = false): Promise<CommentId[]> {
    const ids = await receiveScreened([copy(n)], on);
    await decide(ids, 'spam', on, isOperator);
    return ids;
  }

  it('is heard of from three sites of different owners, and not from two', async () => {
    for (const one of sites) await giveOwner(one);
    await confirmOn(sites[0]!, 1);
    await confirmOn(sites[1]!, 2);
    expect(await heardOn(site, 3)).toBeUndefined();
    await confirmOn(sites[2]!, 4);
    expect(await heardOn(site, 5)).toBe('nearly the same text was confirmed as spam on 3 other sites');
  });

  it('counts the sites of one owner once', async () => {
    const owner = await giveOwner(sites[0]!);
    await giveOwner(sites[1]!, owner);
    await giveOwner(sites[2]!);
    for (const [n, one] of sites.entries()) await confirmOn(one, n);
    expect(await heardOn(site, 5)).toBeUndefined();
    const fourth = await stage.addSite();
    await giveOwner(fourth);
    await confirmOn(fourth, 6);
    expect(await heardOn(site, 7)).toContain('on 3 other sites');
  });

  it('does not count the site itself', async () => {
    for (const one of [...sites.slice(0, 2), site]) await giveOwner(one);
    for (const [n, one] of [...sites.slice(0, 2), site].entries()) await confirmOn(one, n);
    expect(await heardOn(site, 5)).toBeUndefined();
  });

  it('is heard of from one operator', async () => {
    await confirmOn(sites[0]!, 1, true);
    expect(await heardOn(site, 5)).toBe('nearly the same text was confirmed as spam by an operator of this service');
  });

  it('is unheard of as soon as one of three takes it back', async () => {
    for (const one of sites) await giveOwner(one);
    for (const [n, one] of sites.slice(0, 2).entries()) await confirmOn(one, n);
    const ids = await confirmOn(sites[2]!, 2);
    expect(await heardOn(site, 5)).toContain('on 3 other sites');
    await decide(ids, 'undo', sites[2]);
    expect(await heardOn(site, 6)).toBeUndefined();
  });

  it('is not what the machine alone put away', async () => {
    for (const one of sites) {
      const ids = await receiveScreened([copy(1)], one);
      await stage.postgres.query("update comment set status = 'spam' where id = any($1)", [ids]);
    }
    expect(await heardOn(site, 5)).toBeUndefined();
  });

  it('is told without a word of theirs', async () => {
    for (const one of sites) await giveOwner(one);
    for (const [n, one] of sites.entries()) await confirmOn(one, n);
    const [id] = await receiveScreened([copy(9)]);
    const row = await stage.one<Record<string, unknown>>('select * from comment where id = $1', [id]);
    const told = JSON.stringify(row);
    for (const n of [0, 1, 2]) expect(told).not.toContain(`h${n}.example`);
    for (const one of sites) {
      expect(told).not.toContain(one.id);
      expect(told).not.toContain(one.key);
    }
  });
});

describe('the fingerprint of a text', () => {
  it('goes with its only comment', async () => {
    const [id] = await receiveScreened([copy(1)]);
    await decide([id!], 'delete');
    expect(await campaignsOf(stage, site.id)).toEqual([]);
    expect(await stage.one('select campaign_id from comment where id = $1', [id])).toEqual({ campaign_id: null });
  });

  it('stays while another copy does, and goes with the last', async () => {
    const ids = await receiveScreened([copy(1), copy(2)]);
    await decide([ids[0]!], 'delete');
    expect((await campaignsOf(stage, site.id)).map(({ size }) => size)).toEqual([1]);
    await decide([ids[1]!], 'delete');
    expect(await campaignsOf(stage, site.id)).toEqual([]);
  });

  it('goes with spam that is purged, and the counts of the others are right', async () => {
    const ids = await receiveScreened([copy(1), copy(2), copy(3), OTHER]);
    await decide(ids.slice(2), 'spam');
    const later = new Date(Date.now() + 1_000);
    await stage.database.acrossSites('sweep', (manager) => purgeOldSpam(manager, stage.changes, later));
    expect(await campaignsOf(stage, site.id)).toMatchObject([{ size: 2, confirmed: 0 }]);
  });

  it('goes after thirty days in which it came no more, unless it came twice or was confirmed as spam', async () => {
    const [, , confirmed] = await receiveScreened([copy(1), copy(2), copy(3, OTHER)]);
    await receiveScreened([
      'The old bridge over the river was painted green again last week, and I am glad that it was',
    ]);
    await decide([confirmed!], 'spam');
    const retire = (before: Date): Promise<number> =>
      stage.database.acrossSites('sweep', (manager) => forgetLoneCampaigns(manager, before));
    const lastAt = await stage.one<{ at: Date }>(
      'select min(last_at) as at from campaign where size = 1 and confirmed = 0',
    );
    await retire(new Date(lastAt.at.getTime() - 1));
    expect(await campaignsOf(stage, site.id)).toHaveLength(3);
    await retire(new Date(Date.now() + 1_000));
    expect(await campaignsOf(stage, site.id)).toMatchObject([{ size: 2 }, { size: 1, confirmed: 1 }]);
  });

  it('goes with its site', async () => {
    await receiveScreened([copy(1), copy(2)]);
    await stage.postgres.query('delete from site where id = $1', [site.id]);
    expect(await campaignsOf(stage, site.id)).toEqual([]);
  });

  it('is the one that the library gives', async () => {
    await receiveScreened([copy(1)]);
    const [row] = await campaignsOf(stage, site.id);
    expect(row).toMatchObject({ near_fingerprint: nearFingerprint(copy(1)) });
  });
});
