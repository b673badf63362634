import type { Caller } from '../../src/accounts/caller.js';
import type { LearningQueue } from '../../src/learning/learning.queue.js';
import { AfterDecisions } from '../../src/moderation/after-decisions.js';
import { CampaignDecisionsAcrossSites } from '../../src/moderation/campaign-decisions-across-sites.js';
import { CampaignDecisions } from '../../src/moderation/campaign-decisions.js';
import { CampaignsAcrossSites, FIND_WAITING } from '../../src/moderation/campaigns-across-sites.js';
import { ModeratedSites } from '../../src/moderation/moderated-sites.js';
import { SystemClock } from '../../src/platform/clock.js';
import { newId, type AccountId, type CampaignId } from '../../src/platform/ids.js';
import type { ScreeningQueue } from '../../src/screening/screening.queue.js';
import { SiteDirectory, type KnownSite } from '../../src/sites/site-directory.js';
import { TestStage } from '../support/test-stage.js';

/* What is looked at on many sites, and no more than that. */

const quiet = { wake: () => undefined };

let stage: TestStage;
let list: CampaignsAcrossSites;
let decisions: CampaignDecisionsAcrossSites;

beforeAll(async () => {
  stage = await TestStage.open();
  const { database, changes, secrets, metrics, mover } = stage;
  const directory = new SiteDirectory(database, changes);
  list = new CampaignsAcrossSites(new ModeratedSites(database, directory), secrets);
  const after = new AfterDecisions(quiet as unknown as ScreeningQueue, quiet as unknown as LearningQueue, metrics);
  const ofOne = new CampaignDecisions(database, mover, after, new SystemClock());
  decisions = new CampaignDecisionsAcrossSites(ofOne, directory);
});

afterAll(() => stage.close());

function memberOf(...sites: readonly KnownSite[]): Caller {
  const memberships = new Map(sites.map(({ key, id }) => [key, { siteId: id, role: 'moderator' as const }]));
  return {
    kind: 'person',
    accountId: newId<AccountId>(),
    name: 'Mo',
    isOperator: false,
    memberships,
  } as unknown as Caller;
}

/** A campaign with this fingerprint and so many comments that wait, put there as the screening does. */
async function addCampaign(site: KnownSite, print: readonly number[], count = 1): Promise<CampaignId> {
  const id = newId<CampaignId>();
  const ids = await stage.receive(site, count);
  const results = ids.map((comment) => ({
    ...{ siteId: site.id, id: comment, revision: 1, to: 'pending' as const, reason: 'A test.' },
    verdict: { label: 'ham' as const, probability: 0.1, score: -2, signals: [] },
    ...{ html: '<p></p>', rendererVersion: 1, linkDomains: [], campaign: { id, nearFingerprint: print } },
  }));
  await stage.database.acrossSites('screen a batch', (manager) => stage.mover.screen(manager, results, new Date()));
  return id;
}

const print = (seed: number): number[] =>
  Array.from({ length: 16 }, (_, n) => Math.imul(seed * 16 + n + 1, 0x9e3779b1));

describe('campaigns over sites', () => {
  it('hold what waits on the sites of the caller, and nothing of a neighbour with the same text', async () => {
    const [mine, also, foreign] = [await stage.addSite(), await stage.addSite(), await stage.addSite()];
    const first = await addCampaign(mine, print(1));
    await addCampaign(foreign, print(1), 3);
    await addCampaign(also, print(1), 2);
    const { items } = await list.list(memberOf(mine, also), {});
    expect(items).toMatchObject([{ id: first, size: 3, pending: 3, sites: [{ key: also.key }, { key: mine.key }] }]);
    expect(JSON.stringify(items)).not.toContain(foreign.key);
    expect((await list.list(memberOf(mine), {})).items).toEqual([]);
  });

  it('name at most a hundred, and count all', async () => {
    const [site, other] = [await stage.addSite(), await stage.addSite()];
    await addCampaign(other, print(2), 2);
    await stage.postgres.query(
      `insert into campaign (site_id, id, near_fingerprint, first_at, last_at, size, pending)
       select $1, gen_random_uuid(), $2, now(), now(), 1, 1 from generate_series(1, 102)`,
      [site.id, print(2)],
    );
    await addCampaign(site, print(9));
    const { items } = await list.list(memberOf(site, other), {});
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ size: 104, pending: 104 });
    expect(items[0]?.sites).toHaveLength(100);
    expect(items[0]?.sites[0]).toMatchObject({ key: other.key, pending: 2 });
  });

  it('are looked for along an index that holds only what waits, at most so many a site', async () => {
    const site = await stage.addSite();
    await addCampaign(site, print(3), 2);
    // Texts that came once and are decided, by the thousand: what is looked for must not be searched among them.
    await stage.postgres.query(
      `insert into campaign (site_id, id, near_fingerprint, first_at, last_at, size, spam)
       select $1, gen_random_uuid(), '{1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16}', now(), now(), 1, 1 from generate_series(1, 5000)`,
      [site.id],
    );
    await stage.postgres.query('analyze campaign');
    const plan = await stage.database.inSites([site.id], (manager) =>
      manager.query<{ 'QUERY PLAN': string }[]>(`explain ${FIND_WAITING}`, [[site.id]]),
    );
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toMatch(/Index Scan (Backward )?using campaign_waiting/);
    expect(text).not.toContain('Seq Scan on campaign');
  });

  it('whose time is up are told by what there is left to do', async () => {
    const [mine, also] = [await stage.addSite(), await stage.addSite()];
    const [a, b] = [await addCampaign(mine, print(4), 2), await addCampaign(also, print(4), 3)];
    const campaigns = [
      { site: mine.key, campaign: a },
      { site: also.key, campaign: b },
    ];
    const caller = memberOf(mine, also);
    const late = await decisions.decide(caller, { action: 'spam', campaigns }, 0);
    expect(late.results).toEqual([
      { ...campaigns[0], moved: 0, inForce: 0, refused: 0, remaining: 2 },
      { ...campaigns[1], moved: 0, inForce: 0, refused: 0, remaining: 3 },
    ]);
    const again = await decisions.decide(caller, { action: 'spam', campaigns });
    expect(again.results).toEqual([
      { ...campaigns[0], moved: 2, inForce: 0, refused: 0, remaining: 0 },
      { ...campaigns[1], moved: 3, inForce: 0, refused: 0, remaining: 0 },
    ]);
  });
});
