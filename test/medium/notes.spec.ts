import type { Caller } from '../../src/accounts/caller.js';
import { purgeOldSpam } from '../../src/comments/retention.js';
import { Notes } from '../../src/moderation/notes.js';
import { SystemClock } from '../../src/platform/clock.js';
import { newId, type ApiKeyId, type CommentId } from '../../src/platform/ids.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { TestStage } from '../support/test-stage.js';

let stage: TestStage;
let site: KnownSite;
let notes: Notes;
let mo: Caller;

beforeAll(async () => {
  stage = await TestStage.open();
  notes = new Notes(stage.database, new SystemClock());
});

afterAll(() => stage.close());

beforeEach(async () => {
  site = await stage.addSite();
  const of = { siteId: site.id, siteKey: site.key, scopes: ['moderation:write'] as const };
  mo = { kind: 'program', apiKeyId: newId<ApiKeyId>(), name: 'Mo', ...of };
});

function decide(ids: readonly CommentId[], decision: 'spam' | 'delete'): Promise<unknown> {
  return stage.database.inSite(site.id, (manager) =>
    stage.mover.decide(
      manager,
      { id: site.id, publishOnApproval: true },
      ids.map((id) => ({ id, decision })),
      { kind: 'person', id: null, name: 'M' },
      new Date(),
    ),
  );
}

const left = async (): Promise<number> =>
  (await stage.rows('select 1 from moderator_note where site_id = $1', [site.id])).length;
const from = (email: string): { author: { name: string; email: string } } => ({ author: { name: 'Lin', email } });

describe('notes', () => {
  it('go with a purged comment, and those on its author with the last one', async () => {
    const [spam, ham] = [
      await stage.receive(site, 1, from('lin@a.org')),
      await stage.receive(site, 1, from('lin@a.org')),
    ];
    const [other] = await stage.receive(site, 1, from('bob@a.org'));
    await notes.write(site, spam[0]!, 'comment', 'On it.', mo);
    await notes.write(site, spam[0]!, 'author', 'On Lin.', mo);
    await notes.write(site, other!, 'author', 'On Bob.', mo);
    const purge = (): Promise<number> =>
      stage.database.acrossSites('sweep', (manager) =>
        purgeOldSpam(manager, stage.changes, new Date(Date.now() + 1_000)),
      );
    await decide(spam, 'spam');
    await purge();
    expect(await left()).toBe(2);
    await decide(ham, 'spam');
    await purge();
    expect(await stage.rows('select text from moderator_note where site_id = $1', [site.id])).toEqual([
      { text: 'On Bob.' },
    ]);
  });

  it('on an author are gone when all comments of theirs are deleted at once, in one go or in two', async () => {
    for (let race = 0; race < 10; race++) {
      const [one, two] = (await stage.receive(site, 2, from('lin@a.org'))) as [CommentId, CommentId];
      await notes.write(site, one, 'author', 'On Lin.', mo);
      if (race % 2 === 0) await decide([one, two], 'delete');
      else await Promise.all([decide([one], 'delete'), decide([two], 'delete')]);
      expect(await left()).toBe(0);
    }
  });

  it('written while the comment is deleted are refused or go with it', async () => {
    for (let race = 0; race < 20; race++) {
      const [id] = (await stage.receive(site, 1, from('lin@a.org'))) as [CommentId];
      const write = (place: 'comment' | 'author'): Promise<unknown> =>
        notes.write(site, id, place, 'Too late?', mo).catch((error: unknown) => error);
      await Promise.all([write('comment'), decide([id], 'delete'), write('author')]);
      expect(await left()).toBe(0);
    }
  });
});
