import type { Actor } from '../../src/comments/actor.js';
import type { Decision, Editor } from '../../src/comments/comment-status.js';
import type { EditOutcome } from '../../src/comments/move-comment.js';
import type { EditRequest } from '../../src/comments/rule-on-edit.js';
import { SiteModels } from '../../src/learning/site-models.js';
import type { CommentId } from '../../src/platform/ids.js';
import { SiteRules } from '../../src/rules/site-rules.js';
import { compareComments } from '../../src/screening/compare-comments.js';
import { gatherEvidence } from '../../src/screening/gather-evidence.js';
import { screen } from '../../src/screening/screen-comment.js';
import { ScreeningSites } from '../../src/screening/screening-sites.js';
import { ScreenCommentsJob } from '../../src/screening/screen-comments.job.js';
import { SystemClock } from '../../src/platform/clock.js';
import { SiteDirectory, type KnownSite } from '../../src/sites/site-directory.js';
import { LearningStage } from '../support/learning-stage.js';
import { expectSoundMoves } from '../support/sound-moves.js';
import type { TestStage } from '../support/test-stage.js';

const AUTHOR = { kind: 'author', id: null, name: null } as const;
const MO = { kind: 'person', id: null, name: 'Mo' } as const;
const OLD = 'I would like to hear more about the garden behind the old mill, and who kept it.';
const NEW = 'I would like to hear more about the orchard beside the bridge, and who sold it in spring.';

let learning: LearningStage;
let stage: TestStage;
let site: KnownSite;
let sites: ScreeningSites;
let job: ScreenCommentsJob;
let serial = 0;

beforeAll(async () => {
  learning = await LearningStage.open();
  stage = learning.stage;
  const directory = new SiteDirectory(stage.database, stage.changes);
  sites = new ScreeningSites(directory, new SiteRules(stage.database, stage.changes), stage.secrets, new SiteModels());
  job = new ScreenCommentsJob(stage.database, sites, stage.mover, new SystemClock(), stage.watch);
});

afterAll(() => learning.stage.close());

beforeEach(async () => {
  site = await stage.addSite({ moderation: 'unsure' });
});

afterEach(() => expectSoundMoves(stage, site.id));

async function received(body = OLD): Promise<CommentId> {
  const author = { name: 'Ada', email: `ada${String(++serial)}@analytical.org` };
  const [id] = await stage.receive(site, 1, { body, author });
  return id!;
}

async function screenNow(id: CommentId): Promise<void> {
  await job.run({ comments: [[site.id, id]] });
}

async function screened(body = OLD): Promise<CommentId> {
  const id = await received(body);
  await screenNow(id);
  return id;
}

function edit(
  id: CommentId,
  body: string,
  actor: Actor & { kind: Editor } = AUTHOR,
  more: Partial<EditRequest> = {},
): Promise<EditOutcome> {
  return stage.database.inSite(site.id, (manager) =>
    stage.mover.edit(manager, site.id, { id, body, ...more }, actor, new Date()),
  );
}

function decide(id: CommentId, decision: Decision, actor: Actor = MO): Promise<unknown> {
  return stage.database.inSite(site.id, (manager) =>
    stage.mover.decide(manager, { id: site.id, publishOnApproval: true }, [{ id, decision }], actor, new Date()),
  );
}

interface Row {
  readonly status: string;
  readonly revision: number;
  readonly version: number;
  readonly body: string;
  readonly html: string | null;
  readonly label: string | null;
  readonly campaign: string | null;
}

const rowOf = (id: CommentId): Promise<Row> =>
  stage.one(
    `select status, revision, version, body, html, verdict_label as label, campaign_id as campaign from comment where id = $1`,
    [id],
  );

const textsOf = (id: CommentId): Promise<unknown[]> =>
  stage.rows('select revision, body from comment_revision where comment_id = $1 order by revision', [id]);

const recordOf = async (): Promise<Record<string, number>> =>
  stage.one('select screened, let_out, held, restored, marked from filter_record where site_id = $1', [site.id]);

describe('an author’s edit', () => {
  it('sends the comment back as a new revision, with nothing of what was found out about the old text', async () => {
    const id = await screened();
    expect(await rowOf(id)).toMatchObject({ status: 'published', revision: 1, label: 'ham' });
    expect(await edit(id, NEW)).toEqual({ ruling: { kind: 'edited', to: 'received' }, status: 'received' });
    const empty = { html: null, label: null, campaign: null };
    expect(await rowOf(id)).toEqual({ status: 'received', revision: 2, version: 3, body: NEW, ...empty });
    expect(await textsOf(id)).toEqual([{ revision: 1, body: OLD }]);
    expect(await stage.rows('select from comment_search where comment_id = $1', [id])).toEqual([]);
    expect(await stage.rows('select from campaign where site_id = $1', [site.id])).toEqual([]);
    await screenNow(id);
    expect(await rowOf(id)).toMatchObject({ status: 'published', revision: 2, label: 'ham' });
    const [found] = await stage.rows<{ document: string }>(
      'select document from comment_search where comment_id = $1',
      [id],
    );
    expect(found?.document).toContain(NEW);
  });

  it('counts in the record of the filter once, by what was found last', async () => {
    const id = await screened();
    expect(await recordOf()).toMatchObject({ screened: 1, let_out: 1 });
    await decide(id, 'spam');
    expect(await recordOf()).toMatchObject({ screened: 1, let_out: 1, marked: 1 });
    await edit(id, NEW);
    expect(await recordOf()).toMatchObject({ screened: 0, let_out: 0, marked: 0 });
    await screenNow(id);
    expect(await recordOf()).toEqual({ screened: 1, let_out: 0, held: 1, restored: 0, marked: 0 });
  });

  it('of what is not screened yet makes the running screening come too late, and the next one right', async () => {
    const id = await received();
    const known = await sites.find([site.id]);
    const isMoved = await stage.database.acrossSites('screen a batch', async (manager) => {
      const now = new Date();
      const [comment] = await compareComments(
        manager,
        await gatherEvidence(manager, [{ siteId: site.id, id }], now),
        now,
      );
      await edit(id, NEW);
      return stage.mover.screen(manager, [screen(comment!, known.get(site.id)!, null)], now);
    });
    expect(isMoved).toEqual([]);
    expect(await rowOf(id)).toMatchObject({ status: 'received', revision: 2, body: NEW, label: null });
    await screenNow(id);
    expect(await rowOf(id)).toMatchObject({ status: 'published', revision: 2, body: NEW });
  });

  it('twice at once is two edits one after the other, and neither text is lost', async () => {
    const id = await screened();
    const texts = ['The first of two thoughts about the mill.', 'The second of two thoughts about the mill.'];
    const outcomes = await Promise.all(texts.map((text) => edit(id, text)));
    expect(outcomes.map(({ ruling }) => ruling.kind)).toEqual(['edited', 'edited']);
    const { body, revision } = await rowOf(id);
    expect(revision).toBe(3);
    const kept = (await textsOf(id)) as { body: string }[];
    expect([...kept.map((text) => text.body), body].sort()).toEqual([OLD, ...texts].sort());
  });

  it('of the same text twice at once is one edit', async () => {
    const id = await screened();
    const outcomes = await Promise.all([edit(id, NEW), edit(id, NEW)]);
    expect(outcomes.map(({ ruling }) => ruling.kind).sort()).toEqual(['edited', 'in-force']);
    expect(await textsOf(id)).toHaveLength(1);
  });

  it.each<[Decision, string]>([
    ['publish', 'published'],
    ['reject', 'rejected'],
    ['delete', 'deleted'],
  ])('and a decision to %s at once come one after the other', async (decision, end) => {
    for (let round = 0; round < 10; round++) {
      const id = await screened();
      await decide(id, 'restore');
      const [{ ruling }] = await Promise.all([edit(id, NEW), decide(id, decision)]);
      const { status, body } = await rowOf(id);
      const isEditLast = status === 'received';
      expect([end, 'received']).toContain(status);
      if (isEditLast) expect(ruling.kind).toBe('edited');
      if (ruling.kind === 'edited') expect(body).toBe(status === 'deleted' ? '' : NEW);
      else expect([ruling.kind, status]).toEqual(['move-refused', end]);
    }
  });

  it('takes back what was taught of the other text, in whatever order they are learned', async () => {
    for (const decision of ['publish', 'spam'] as const) {
      const [early, late] = [await screened(), await screened()];
      for (const id of [early, late]) await decide(id, 'restore');
      await decide(early, decision);
      await learning.learn(site);
      expect(await learning.labels(site)).toHaveLength(1);
      await decide(late, decision);
      await edit(early, NEW);
      await edit(late, NEW);
      await learning.learn(site);
      expect(await learning.rows(site)).toEqual([]);
    }
  });

  it('leaves no label of a person, neither on the comment nor on its links', async () => {
    const id = await screened('See https://orchard.example/ for the whole story of the mill.');
    await decide(id, 'spam');
    const standing = 'select standing from comment_link where comment_id = $1';
    expect(await stage.rows(standing, [id])).toEqual([{ standing: 'spam' }]);
    await edit(id, 'See https://orchard.example/ for half of the story.');
    expect(await stage.rows(standing, [id])).toEqual([]);
    expect(await stage.one('select decided, spam_confirmed_by from comment where id = $1', [id])).toEqual({
      decided: null,
      spam_confirmed_by: null,
    });
  });

  it('of what a person called spam goes to a person, however fine it looks and however often it is edited', async () => {
    const id = await screened();
    await decide(id, 'spam');
    await edit(id, NEW);
    await edit(id, `${NEW} Thank you.`);
    await screenNow(id);
    expect(await rowOf(id)).toMatchObject({ status: 'pending', label: 'ham' });
    await decide(id, 'publish');
    await edit(id, OLD);
    await screenNow(id);
    expect((await rowOf(id)).status).toBe('published');
  });

  it('cannot be undone by a person, whose decision was about another text', async () => {
    const id = await screened();
    await decide(id, 'reject');
    await decide(id, 'undo');
    await edit(id, NEW);
    const outcome = (await decide(id, 'undo')) as { ruling: { kind: string } }[];
    expect(outcome[0]?.ruling.kind).toBe('nothing-to-undo');
  });
});

describe('a person’s edit', () => {
  it('keeps status, verdict and label, and shows the new text at once', async () => {
    const id = await screened();
    await decide(id, 'restore');
    await decide(id, 'publish');
    await learning.learn(site);
    const taught = await learning.rows(site);
    expect(await edit(id, NEW, MO, { version: 4 })).toMatchObject({ status: 'published' });
    const row = await rowOf(id);
    expect(row).toMatchObject({ status: 'published', revision: 2, version: 5, label: 'ham', html: `<p>${NEW}</p>` });
    expect(await stage.one('select decided from comment where id = $1', [id])).toEqual({ decided: 'ham' });
    await learning.learn(site);
    expect(await learning.rows(site)).toEqual(taught);
    const [found] = await stage.rows<{ document: string }>(
      'select document from comment_search where comment_id = $1',
      [id],
    );
    expect(found?.document).toContain(NEW);
  });

  it('with a stale version changes nothing', async () => {
    const id = await screened();
    expect(await edit(id, NEW, MO, { version: 1 })).toMatchObject({ ruling: { kind: 'version-conflict' } });
    expect(await rowOf(id)).toMatchObject({ body: OLD, revision: 1 });
  });

  it('by two people at once is the first one’s', async () => {
    const id = await screened();
    const outcomes = await Promise.all(['One.', 'Two.'].map((text) => edit(id, text, MO, { version: 2 })));
    expect(outcomes.map(({ ruling }) => ruling.kind).sort()).toEqual(['edited', 'version-conflict']);
  });
});

describe('what a comment said before', () => {
  it.each([['its author', AUTHOR] as const, ['a person', MO] as const])(
    'is erased when %s deletes it',
    async (_, who) => {
      const id = await screened();
      await edit(id, NEW);
      await decide(id, 'delete', who);
      expect(await textsOf(id)).toEqual([]);
      expect(await rowOf(id)).toMatchObject({ status: 'deleted', body: '' });
      expect(await stage.rows('select from comment_search where comment_id = $1', [id])).toEqual([]);
    },
  );

  it('goes with a comment that is purged, and with its article', async () => {
    const [purged, ofArticle] = [await screened(), await screened()];
    for (const id of [purged, ofArticle]) await edit(id, NEW);
    await stage.database.inSite(site.id, (manager) =>
      manager.query('delete from comment where site_id = $1 and id = $2', [site.id, purged]),
    );
    expect(await textsOf(purged)).toEqual([]);
    expect(await textsOf(ofArticle)).toHaveLength(1);
    await stage.database.inSite(site.id, (manager) =>
      manager.query('delete from article where site_id = $1', [site.id]),
    );
    expect(await textsOf(ofArticle)).toEqual([]);
    // What is deleted past the door is in no count any more.
    site = await stage.addSite();
  });
});

describe('an author’s deletion', () => {
  it('takes back what was learned of an accepted comment, and keeps what spam taught', async () => {
    const [ham, spam] = [await screened(), await screened()];
    await decide(ham, 'restore');
    await decide(ham, 'publish');
    await decide(spam, 'spam');
    await learning.learn(site);
    for (const id of [ham, spam]) await decide(id, 'delete', AUTHOR);
    await learning.learn(site);
    expect(await learning.labels(site)).toEqual(['spam']);
  });

  it('leaves the domains of confirmed spam behind for half a year, as a purge does', async () => {
    const text = 'Cheap orchards at https://orchard.example/ and nowhere else.';
    const [spam, ham] = [await screened(text), await screened(text)];
    await decide(spam, 'spam');
    await decide(ham, 'publish');
    for (const id of [spam, ham]) await decide(id, 'delete', AUTHOR);
    expect(
      await stage.rows(
        `select standing, kept_until > now() + interval '179 days' as kept from comment_link where site_id = $1`,
        [site.id],
      ),
    ).toEqual([{ standing: 'spam', kept: true }]);
  });
});
