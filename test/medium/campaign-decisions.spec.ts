import type { Caller } from '../../src/accounts/caller.js';
import { AfterDecisions } from '../../src/moderation/after-decisions.js';
import { CampaignDecisions } from '../../src/moderation/campaign-decisions.js';
import { SystemClock } from '../../src/platform/clock.js';
import { newId, type ApiKeyId, type CampaignId } from '../../src/platform/ids.js';
import type { LearningQueue } from '../../src/learning/learning.queue.js';
import { SiteModels } from '../../src/learning/site-models.js';
import { SiteRules } from '../../src/rules/site-rules.js';
import { ScreenCommentsJob } from '../../src/screening/screen-comments.job.js';
import type { ScreeningQueue } from '../../src/screening/screening.queue.js';
import { ScreeningSites } from '../../src/screening/screening-sites.js';
import { SiteDirectory, type KnownSite } from '../../src/sites/site-directory.js';
import { campaignsOf, wrongCampaigns } from '../support/campaigns.js';
import { submission, TestStage } from '../support/test-stage.js';

/** Nobody is woken: no worker runs here. */
const quiet = { wake: () => undefined };

let stage: TestStage;
let site: KnownSite;
let decisions: CampaignDecisions;
let caller: Caller;

beforeAll(async () => {
  stage = await TestStage.open();
  const after = new AfterDecisions(
    quiet as unknown as ScreeningQueue,
    quiet as unknown as LearningQueue,
    stage.metrics,
  );
  decisions = new CampaignDecisions(stage.database, stage.mover, after, new SystemClock());
});

afterAll(() => stage.close());

beforeEach(async () => {
  site = await stage.addSite();
  const of = { siteId: site.id, siteKey: site.key, scopes: ['moderation:write'] as const };
  caller = { kind: 'program', apiKeyId: newId<ApiKeyId>(), name: 'a test', ...of };
});

/** So many copies of one text, screened. They come from strangers, so that only the copies weigh. @returns their campaign */
async function flood(count: number): Promise<CampaignId> {
  const { database, changes, mover, watch, secrets } = stage;
  const directory = new SiteDirectory(database, changes);
  const sites = new ScreeningSites(directory, new SiteRules(database, changes), secrets, new SiteModels());
  const job = new ScreenCommentsJob(database, sites, mover, new SystemClock(), watch);
  const copies = Array.from({ length: count }, (_, n) =>
    submission(
      site,
      {
        author: { name: 'Ada', email: `a${n}@analytical.org` },
        body: `${n}: we all ask the council to keep the little library at the corner of the market open`,
      },
      { clientNetwork: null },
    ),
  );
  const outcomes = await stage.store.write(copies);
  const ids = outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? [[site.id, outcome.id] as const] : []));
  await job.run({ comments: ids });
  const [campaign] = await campaignsOf(stage, site.id);
  expect(campaign).toMatchObject({ size: count });
  return campaign?.id as CampaignId;
}

describe('one decision on more than a transaction moves', () => {
  it('moves all of them', async () => {
    const campaign = await flood(1_203);
    const outcome = await decisions.decide(site, campaign, { action: 'spam' }, caller);
    expect(outcome).toEqual({ moved: 1_203, unchanged: 0, refused: 0, remaining: 0 });
    expect(await stage.countByStatus(site.id)).toEqual({ spam: 1_203 });
    expect(await wrongCampaigns(stage, site.id)).toEqual([]);
  });

  it('says how many are left when time is up, and goes on when it is asked again', async () => {
    const campaign = await flood(1_203);
    const moves: number[] = [];
    for (let remaining = 1; remaining > 0;) {
      const outcome = await decisions.decide(site, campaign, { action: 'reject' }, caller, 0);
      moves.push(outcome.moved);
      ({ remaining } = outcome);
      expect(outcome.moved + outcome.unchanged + remaining).toBe(1_203);
    }
    expect(moves).toEqual([500, 500, 203]);
    expect(await wrongCampaigns(stage, site.id)).toEqual([]);
  });

  it('made by two people at once is made once for each comment', async () => {
    const campaign = await flood(700);
    const both = await Promise.all([1, 2].map(() => decisions.decide(site, campaign, { action: 'spam' }, caller)));
    expect(both.reduce((sum, { moved }) => sum + moved, 0)).toBe(700);
    expect(await stage.countByStatus(site.id)).toEqual({ spam: 700 });
    expect(await wrongCampaigns(stage, site.id)).toEqual([]);
  });
});
