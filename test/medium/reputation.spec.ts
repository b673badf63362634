import { DataSource } from 'typeorm';
import type { CommentStatus, Decision } from '../../src/comments/comment-status.js';
import { forgetOldLinks, purgeOldSpam } from '../../src/comments/retention.js';
import type { LinkDomain } from '../../src/lib/spam/evidence.js';
import { Reputation1763800011000 } from '../../src/migrations/1763800011000-reputation.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { newId, type CommentId } from '../../src/platform/ids.js';
import { schema } from '../../src/schema.js';
import { gatherEvidence, type ReceivedComment } from '../../src/screening/gather-evidence.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { acceptedId, submission, TestStage } from '../support/test-stage.js';

/* What people decide, as the next comment's checks see it. */

const DAY_MS = 86_400_000;
const LINK = 'Read on at https://shop.evil.example/offer if you like.';

let stage: TestStage;
let site: KnownSite;
let serial = 0;

beforeAll(async () => {
  stage = await TestStage.open(20);
});

afterAll(() => stage.close());

beforeEach(async () => {
  await stage.postgres.query('delete from site');
  site = await stage.addSite();
});

async function decide(ids: readonly CommentId[], decision: Decision, on = site): Promise<void> {
  await stage.database.inSite(on.id, (manager) =>
    stage.mover.decide(
      manager,
      { id: on.id, publishOnApproval: true },
      ids.map((id) => ({ id, decision })),
      { kind: 'person', id: null, name: 'Mo' },
      new Date(),
    ),
  );
}

async function one(on = site, body = LINK): Promise<CommentId> {
  const [id] = await stage.receive(on, 1, { body: `${body} ${String(++serial)}` });
  return id!;
}

async function decided(decision: Decision, on = site): Promise<CommentId> {
  const id = await one(on);
  await decide([id], decision, on);
  return id;
}

function screen(id: CommentId, to: CommentStatus, linkDomains: readonly string[], on = site): Promise<CommentId[]> {
  const verdict = { label: 'ham' as const, probability: 0.1, score: -2, signals: [] };
  const result = {
    siteId: on.id,
    id,
    revision: 1,
    to,
    reason: 'R.',
    verdict,
    html: '',
    rendererVersion: 1,
    linkDomains,
    campaign: null,
  };
  return stage.database.acrossSites('screen a batch', (manager) => stage.mover.screen(manager, [result], new Date()));
}

/** What the checks would know of a comment that came now. */
async function factsOf(id: CommentId, on = site, at = new Date()): Promise<ReceivedComment['facts']> {
  const [comment] = await stage.database.acrossSites('screen a batch', (manager) =>
    gatherEvidence(manager, [{ siteId: on.id, id }], at),
  );
  return comment!.facts;
}

async function known(on = site, at = new Date()): Promise<LinkDomain | undefined> {
  const { linkDomains } = await factsOf(await one(on), on, at);
  return linkDomains[0];
}

const NOTHING = { domain: 'evil.example', spamHere: 0, hamHere: 0, spamSites: 0, hamSites: 0 };

async function own(on: KnownSite, ...accounts: string[]): Promise<void> {
  for (const account of accounts) {
    await stage.postgres.query(`insert into account values ($1, $2, 'A', 'x', false, now()) on conflict do nothing`, [
      account,
      `${account}@owner.example`,
    ]);
    await stage.postgres.query(`insert into membership values ($1, $2, 'owner', now())`, [on.id, account]);
  }
}

/** The same told by the history alone: what an undo brings back is what stood two events before it. */
function labelByHistory(actions: readonly string[]): string | null {
  const labels: (string | null)[] = [null];
  for (const [index, action] of actions.entries()) {
    if (action === 'undo') labels.push(labels[index - 1] ?? null);
    else if (action === 'unpublish') labels.push(labels[index] ?? null);
    else labels.push(action === 'spam' ? 'spam' : /^(approve|publish)$/.test(action) ? 'ham' : null);
  }
  return labels.at(-1) ?? null;
}

describe('the domain of a link', () => {
  it('is unknown until somebody decides', async () => {
    await one();
    expect(await known()).toBeUndefined();
  });

  it('is known by what people decided, and by nothing twice', async () => {
    await decided('spam');
    await decided('spam');
    await decided('approve');
    await decided('reject');
    const id = await decided('publish');
    await decide([id], 'publish');
    expect(await known()).toEqual({ ...NOTHING, spamHere: 2, hamHere: 2 });
  });

  it.each<[string, readonly Decision[], Partial<LinkDomain>]>([
    ['spam, then undone', ['spam', 'undo'], {}],
    ['published, then spam, then undone', ['publish', 'spam', 'undo'], { hamHere: 1 }],
    ['spam, then approved, then undone', ['spam', 'approve', 'undo'], { spamHere: 1 }],
    ['spam, then restored', ['spam', 'restore'], {}],
    ['spam, then restored, then undone', ['spam', 'restore', 'undo'], { spamHere: 1 }],
    ['published, then only taken off the page', ['publish', 'unpublish'], { hamHere: 1 }],
    ['published, taken off, then undone', ['publish', 'unpublish', 'undo'], { hamHere: 1 }],
    ['published, then rejected', ['publish', 'reject'], {}],
    ['spam, then erased', ['spam', 'delete'], {}],
    ['undone, then decided again', ['spam', 'undo', 'approve', 'undo', 'spam'], { spamHere: 1 }],
  ])('of a comment that was %s counts as it must', async (_, decisions, expected) => {
    const id = await one();
    for (const decision of decisions) await decide([id], decision);
    const rest = await known();
    expect(rest ?? NOTHING).toEqual({ ...NOTHING, ...expected });
    const rows = await stage.rows('select standing from comment_link where site_id = $1', [site.id]);
    expect(rows).toHaveLength(Object.keys(expected).length);
  });

  it('of what a policy published is as good as accepted after a week, and not before', async () => {
    expect(await screen(await one(), 'published', ['evil.example'])).toHaveLength(1);
    expect((await known())?.hamHere ?? 0).toBe(0);
    expect(await known(site, new Date(Date.now() + 8 * DAY_MS))).toMatchObject({ hamHere: 1, spamHere: 0 });
  });

  it('of what a policy published and a person marked is spam, and of what a machine put away is nothing', async () => {
    const [published, putAway] = [await one(), await one()];
    await screen(published, 'published', ['evil.example']);
    await screen(putAway, 'spam', ['evil.example']);
    await decide([published], 'spam');
    expect(await known(site, new Date(Date.now() + 8 * DAY_MS))).toEqual({ ...NOTHING, spamHere: 1 });
    await decide([published], 'undo');
    expect(await known(site, new Date(Date.now() + 8 * DAY_MS))).toEqual({ ...NOTHING, hamHere: 1 });
  });

  it('survives the purge of the spam, and goes half a year later', async () => {
    const machine = await one();
    await screen(machine, 'spam', ['evil.example']);
    await decided('spam');
    const later = new Date(Date.now() + 31 * DAY_MS);
    await stage.database.acrossSites('sweep', (manager) => purgeOldSpam(manager, stage.changes, later));
    expect(await stage.countByStatus(site.id)).toEqual({});
    expect(await known()).toMatchObject({ spamHere: 1 });
    const forget = (days: number): Promise<number> =>
      stage.database.acrossSites('sweep', (manager) => forgetOldLinks(manager, new Date(Date.now() + days * DAY_MS)));
    expect([await forget(179), await forget(181)]).toEqual([0, 1]);
    expect(await known()).toBeUndefined();
  });

  it('counts right whatever moderators do at the same moment', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => one()));
    const all: Decision[] = ['spam', 'approve', 'restore', 'undo', 'reject', 'publish'];
    for (let round = 0; round < 8; round++) {
      await Promise.all([
        decide(ids, all[round % all.length]!),
        decide([...ids].reverse(), all[(round + 2) % all.length]!),
        decide(ids.slice(5), all[(round + 3) % all.length]!),
      ]);
    }
    const wrong = await stage.rows(
      `select c.id, c.status, c.decided, l.standing from comment c
         left join comment_link l on l.site_id = c.site_id and l.comment_id = c.id
        where c.site_id = $1 and l.standing is distinct from
          coalesce(c.decided, case c.status when 'published' then 'out' end)`,
      [site.id],
    );
    expect(wrong).toEqual([]);
    for (const id of ids) {
      const events = await stage.rows<{ action: string }>(
        'select action from comment_event where comment_id = $1 order by version',
        [id],
      );
      const { decided } = await stage.one<{ decided: string | null }>('select decided from comment where id = $1', [
        id,
      ]);
      expect([id, decided]).toEqual([id, labelByHistory(events.map(({ action }) => action))]);
    }
  });

  it('goes with its site and with its comment', async () => {
    const id = await decided('spam');
    await decided('publish');
    await stage.database.inSite(site.id, (manager) => manager.query('delete from comment where id = $1', [id]));
    expect(await stage.rows('select standing from comment_link')).toEqual([{ standing: 'ham' }]);
    await stage.database.inSite(site.id, (manager) => manager.query('delete from site where id = $1', [site.id]));
    expect(await stage.rows('select 1 from comment_link')).toEqual([]);
  });
});

describe('other sites', () => {
  it('are counted once each, and this one not among them', async () => {
    for (let n = 0; n < 3; n++) {
      const other = await stage.addSite();
      await decided('spam', other);
      await decided('spam', other);
    }
    await decided('publish', await stage.addSite());
    await decided('spam');
    expect(await known()).toEqual({ ...NOTHING, spamHere: 1, spamSites: 3, hamSites: 1 });
  });

  it('of one owner are one, also when they share the owner with others', async () => {
    const [ann, bob] = [newId(), newId()];
    for (const owners of [[ann], [ann], [ann, bob], [bob]]) {
      const other = await stage.addSite();
      await own(other, ...owners);
      await decided('spam', other);
    }
    expect(await known()).toMatchObject({ spamSites: 2 });
  });

  it('are no more than thirty, however many there are', async () => {
    for (let n = 0; n < 40; n++) await decided('spam', await stage.addSite());
    expect(await known()).toMatchObject({ spamSites: 30 });
  });
});

describe('what is known of an author', () => {
  const author = { name: 'Ada', email: 'ada@analytical.org' };

  it('is spam that a person marked, not what a machine put away', async () => {
    const [byPerson, byMachine, undone] = await stage.receive(site, 3, { author });
    await decide([byPerson!, undone!], 'spam');
    await decide([undone!], 'undo');
    await screen(byMachine!, 'spam', []);
    const [next] = await stage.receive(site, 1, { author: { ...author, email: 'ADA@analytical.org' } });
    expect(await factsOf(next!)).toMatchObject({ authorSpam: 1, authorPublished: 0 });
  });

  it('and of the rate is how many others came within ten minutes, of them and from their network', async () => {
    const now = Date.now();
    const send = async (minutesAgo: number, email: string, clientNetwork: string): Promise<CommentId> => {
      const at = new Date(now - minutesAgo * 60_000);
      const [outcome] = await stage.store.write([
        submission(site, { author: { name: 'A', email } }, { at, clientNetwork }),
      ]);
      return acceptedId(outcome);
    };
    await send(12, author.email, '192.0.2.0/24');
    await screen(await send(9, author.email, '192.0.2.0/24'), 'published', []);
    await decide([await send(5, author.email, '198.51.100.0/24')], 'spam');
    await send(4, 'bob@analytical.org', '192.0.2.0/24');
    await send(3, 'cy@analytical.org', '198.51.100.0/24');
    const last = await send(1, author.email, '192.0.2.0/24');
    await send(0, author.email, '192.0.2.0/24');
    expect(await factsOf(last)).toMatchObject({ authorRecent: 2, networkRecent: 1 });
  });

  it('and of the network is what people decided in a week, on this site only', async () => {
    const other = await stage.addSite();
    const at = new Date(Date.now() - 8 * DAY_MS);
    const [old] = await stage.store.write([submission(site, {}, { at })]);
    await decide([acceptedId(old)], 'spam');
    await decided('spam', other);
    await decided('spam');
    await decided('spam');
    await decided('approve');
    expect(await factsOf(await one())).toMatchObject({ networkSpam: 2, networkHam: 1 });
  });
});

describe('the migration', () => {
  it('knows what people had decided before, on every site', async () => {
    const other = await stage.addSite();
    const spam = await decided('spam');
    const ham = await decided('approve', other);
    const undone = await decided('spam');
    await decide([undone], 'undo');
    const owner = await new DataSource(dataSourceOptions(schema, stage.files.urls.owner)).initialize();
    const runner = owner.createQueryRunner();
    await runner.startTransaction();
    await new Reputation1763800011000().down(runner);
    await new Reputation1763800011000().up(runner);
    await runner.query(`set local app.across_sites = 'on'`);
    const rows: unknown = await runner.query('select id, decided from comment where id = any ($1)', [
      [spam, ham, undone],
    ]);
    await runner.rollbackTransaction();
    await owner.destroy();
    expect(rows).toEqual(
      expect.arrayContaining([
        { id: spam, decided: 'spam' },
        { id: ham, decided: 'ham' },
        { id: undone, decided: null },
      ]),
    );
  });
});
