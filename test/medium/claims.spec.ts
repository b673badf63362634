import type { Caller } from '../../src/accounts/caller.js';
import { forgetEndedClaims } from '../../src/comments/retention.js';
import type { ClaimView } from '../../src/moderation/claim.view.js';
import { Claims } from '../../src/moderation/claims.js';
import { Changes, type ClaimNews } from '../../src/platform/database/changes.js';
import { Listener } from '../../src/platform/database/listener.js';
import { newId, type ApiKeyId, type CommentId } from '../../src/platform/ids.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { TestStage } from '../support/test-stage.js';
import { waitUntil } from '../support/wait-until.js';

let stage: TestStage;
let site: KnownSite;
let claims: Claims;
let id: CommentId;

beforeAll(async () => {
  stage = await TestStage.open();
  claims = new Claims(stage.database, stage.changes);
});

afterAll(() => stage.close());

beforeEach(async () => {
  site = await stage.addSite();
  [id] = (await stage.receive(site)) as [CommentId];
});

function program(name: string): Caller {
  const of = { siteId: site.id, siteKey: site.key, scopes: ['moderation:write'] as const };
  return { kind: 'program', apiKeyId: newId<ApiKeyId>(), name, ...of };
}

const end = (): Promise<unknown> =>
  stage.rows(`update comment_claim set until = now() - interval '1 ms' where comment_id = $1`, [id]);

describe('of several who claim a comment at once', () => {
  it('one gets it and the others hear who, fifty times', async () => {
    const people = ['Mo', 'Jo', 'Bo', 'Flo'].map(program);
    for (let race = 0; race < 50; race++) {
      // Every second time the claim of the race before has ended, and is to be taken over.
      if (race % 2 === 0) await stage.rows('delete from comment_claim where comment_id = $1', [id]);
      else await end();
      const views = await Promise.all(people.map((one) => claims.claim(site, id, one)));
      expect(views.filter(({ isYours }) => isYours)).toHaveLength(1);
      const whose = (view: ClaimView): string => `${view.by.id} ${view.until}`;
      expect(new Set(views.map(whose)).size).toBe(1);
    }
  });

  it('one gets it while another gives it back', async () => {
    const [mo, jo] = [program('Mo'), program('Jo')];
    for (let race = 0; race < 50; race++) {
      await claims.claim(site, id, mo);
      const [view] = await Promise.all([claims.claim(site, id, jo), claims.release(site, id, mo)]);
      const left = await stage.rows<{ by: string }>(
        'select actor_name as by from comment_claim where comment_id = $1',
        [id],
      );
      expect(left).toEqual(view.isYours ? [{ by: 'API key Jo' }] : []);
      await claims.release(site, id, jo);
    }
  });
});

describe('the news of a claim', () => {
  it('comes after its commit, in the order of commits, with nothing of the comment', async () => {
    const listener = new Listener(stage.files.urls.app, Changes.channels);
    const heard: ClaimNews[] = [];
    new Changes(listener).onClaimed((news) => heard.push(news));
    await listener.open();
    try {
      const mo = program('Mo');
      const { by, until } = await claims.claim(site, id, mo);
      await claims.claim(site, id, program('Jo'));
      await claims.release(site, id, mo);
      await claims.release(site, id, mo);
      await waitUntil(() => heard.length >= 2, 'both were heard');
      await claims.claim(site, id, mo);
      await waitUntil(() => heard.length >= 3, 'the next was heard');
      expect(heard.slice(0, 2)).toEqual([
        { site: site.id, id, by, until },
        { site: site.id, id, by, until: null },
      ]);
    } finally {
      await listener.close();
    }
  });
});

describe('a claim that is over', () => {
  it('is forgotten by the sweep, and one that is not stays', async () => {
    const [other] = await stage.receive(site);
    await claims.claim(site, id, program('Mo'));
    await claims.claim(site, other!, program('Jo'));
    await end();
    await stage.database.acrossSites('sweep', (manager) => forgetEndedClaims(manager));
    expect(await stage.rows('select comment_id as id from comment_claim where site_id = $1', [site.id])).toEqual([
      { id: other },
    ]);
  });

  it('goes with its comment', async () => {
    await claims.claim(site, id, program('Mo'));
    await stage.rows('delete from comment where id = $1', [id]);
    expect(await stage.rows('select 1 from comment_claim where comment_id = $1', [id])).toEqual([]);
  });
});
