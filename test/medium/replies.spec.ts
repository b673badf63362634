import type { ReplyOutcome } from '../../src/comments/move-comment.js';
import { VerifiedNames } from '../../src/comments/verified-names.js';
import { newId, type AccountId, type CommentId } from '../../src/platform/ids.js';
import { gatherEvidence, gatherForTrial } from '../../src/screening/gather-evidence.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { expectSoundMoves } from '../support/sound-moves.js';
import { TestStage } from '../support/test-stage.js';

/* What people of the site write at the desk, below HTTP. */

const GRACE = { id: newId<AccountId>(), name: 'Grace Hopper' };
const TEXT = 'Thank you for the long letter about the garden behind the old mill.';

let stage: TestStage;
let site: KnownSite;

beforeAll(async () => {
  stage = await TestStage.open(20);
});

afterAll(() => stage.close());

beforeEach(async () => {
  site = await stage.addSite();
});

afterEach(() => expectSoundMoves(stage, site.id));

function reply(parentId: CommentId, on = site): Promise<ReplyOutcome> {
  const written = { id: newId<CommentId>(), parentId, account: GRACE, body: TEXT, maxDepth: 5 };
  return stage.database.inSite(on.id, (manager) =>
    stage.mover.reply(manager, on.id, written, { kind: 'person', ...GRACE }, new Date()),
  );
}

async function decide(id: CommentId, decision: 'publish' | 'unpublish' | 'delete'): Promise<void> {
  const actor = { kind: 'person', id: null, name: 'Mo' } as const;
  await stage.database.inSite(site.id, (manager) =>
    stage.mover.decide(manager, { id: site.id, publishOnApproval: true }, [{ id, decision }], actor, new Date()),
  );
}

async function published(): Promise<CommentId> {
  const [id] = await stage.receive(site);
  await decide(id!, 'publish');
  return id!;
}

const written = (): Promise<{ id: CommentId; status: string }[]> =>
  stage.rows('select id, status from comment where site_id = $1 and account_id is not null', [site.id]);

describe('a reply', () => {
  it('is stored where its comment is out, and leaves nothing where it is not, however they race', async () => {
    const id = await published();
    const racing = Array.from({ length: 12 }, async (_, n) => {
      if (n % 3 === 2) await decide(id, n % 2 === 0 ? 'unpublish' : 'publish');
      return reply(id);
    });
    const outcomes = (await Promise.all(racing)).map(({ kind }) => kind);
    expect(outcomes.filter((kind) => kind !== 'published' && kind !== 'comment-not-published')).toEqual([]);
    const rows = await written();
    expect(rows.every(({ status }) => status === 'published')).toBe(true);
    expect(rows).toHaveLength(outcomes.filter((kind) => kind === 'published').length);
  });

  it('answers nothing of another site', async () => {
    const id = await published();
    expect(await reply(id, await stage.addSite())).toEqual({ kind: 'comment-not-found' });
  });

  it('makes no reader’s same text a repeat, and nobody’s pace a rush', async () => {
    const id = await published();
    for (let n = 0; n < 5; n++) await reply(id);
    const [same] = await stage.receive(site, 1, { body: TEXT });
    const [evidence] = await stage.database.acrossSites('screen a batch', (manager) =>
      gatherEvidence(manager, [{ siteId: site.id, id: same! }], new Date()),
    );
    expect(evidence?.facts).toMatchObject({ recentCopies: 0, authorRecent: 1, authorPublished: 1 });
    const text = { body: 'Hm.', authorName: 'X', authorEmail: '', authorUrl: null, language: null, articleTitle: null };
    const tried = await stage.database.acrossSites('try a text', (manager) =>
      gatherForTrial(manager, { siteId: site.id, id: newId<CommentId>(), at: new Date() }, { text }),
    );
    expect(tried.facts).toMatchObject({ authorRecent: 0, authorPublished: 0, authorSpam: 0 });
  });

  it('is of nobody any more once it is deleted, and gives the name back', async () => {
    const names = new VerifiedNames(stage.database, stage.changes);
    await reply(await published());
    expect(await names.of(site.id)).toEqual([GRACE.name]);
    const [row] = await written();
    await decide(row!.id, 'delete');
    expect(await written()).toEqual([]);
    expect(await new VerifiedNames(stage.database, stage.changes).of(site.id)).toEqual([]);
  });
});
