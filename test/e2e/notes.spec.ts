import { expectProblem } from '../support/problems.js';
import { asSuperuser, signInMember } from '../support/test-accounts.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Note } from '../support/test-site.js';

/* What moderators write for each other, on a comment or on its author. */

const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';
const PLACES = ['notes', 'author/notes'] as const;

let service: TestService;
let operator: TestClient;
let site: TestSite;
let mo: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

beforeEach(async () => {
  const key = `notes-${String(++serial)}`;
  site = await TestSite.make(operator, service.anonymous, { key });
  mo = await signInMember(service, `mo-${key}@notes.test`, { [key]: 'moderator' });
});

const pathOf = (id: string, place: string): string => site.path(`/moderation/comments/${id}/${place}`);

async function written(id: string, place: string, text: string, client = mo): Promise<Note> {
  const answer = await client.post<Note>(pathOf(id, place), { text });
  if (answer.status !== 201) throw new Error(`Writing failed: ${answer.text}`);
  return answer.body;
}

const remove = (client: TestClient, id: string, place: string, note: string): Promise<Answer> =>
  client.request('DELETE', pathOf(id, `${place}/${note}`));

const by = (email: string): { author: { email: string } } => ({ author: { email } });

describe.each(PLACES)('a note under %s', (place) => {
  it('is written, read by viewers, shown with the comment oldest first, and deleted by who wrote it', async () => {
    const { id } = await site.submitSettled();
    const one = await written(id, place, 'First.\nOf two lines.');
    expect(one).toEqual({
      ...{ id: expect.any(String) as string, text: 'First.\nOf two lines.' },
      ...{ by: { id: expect.any(String) as string, name: `mo-${site.key}@notes.test` } },
      at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
    const two = await written(id, place, 'Second.', operator);
    const viewer = await signInMember(service, `viewer-${site.key}@notes.test`, { [site.key]: 'viewer' });
    expect((await viewer.get(pathOf(id, place))).body).toEqual({ items: [one, two], nextCursor: null });
    const member = place === 'notes' ? 'notes' : 'authorNotes';
    expect(await site.read(id)).toMatchObject({ notes: [], authorNotes: [], noteCount: 2, [member]: [one, two] });
    expect((await site.queue()).items[0]?.noteCount).toBe(2);
    const across = await viewer.get(`/v1/moderation/comments/${id}`);
    expect(across.body).toMatchObject({ noteCount: 2, [member]: [one, two] });
    expect((await remove(mo, id, place, one.id)).status).toBe(204);
    expectProblem(await remove(mo, id, place, one.id), 404, 'note-not-found');
    expect(await site.read(id)).toMatchObject({ noteCount: 1, [member]: [two] });
  });

  it('of a colleague is deleted by owners only', async () => {
    const { id } = await site.submitSettled();
    const note = await written(id, place, 'Mine.');
    const jo = await signInMember(service, `jo-${site.key}@notes.test`, { [site.key]: 'moderator' });
    expectProblem(await remove(jo, id, place, note.id), 403, 'forbidden');
    const owner = await signInMember(service, `owner-${site.key}@notes.test`, { [site.key]: 'owner' });
    expect((await remove(owner, id, place, note.id)).status).toBe(204);
  });

  it('has 1 to 2,000 visible characters', async () => {
    const { id } = await site.submitSettled();
    for (const text of ['', ' ', '\u200b', 'x'.repeat(2_001), 7, null]) {
      expectProblem(await mo.post(pathOf(id, place), { text }), 422, 'invalid-body');
    }
    expect((await written(id, place, 'x'.repeat(2_000))).text).toHaveLength(2_000);
  });

  it('is for moderators of the site, on comments there are', async () => {
    const { id } = await site.submitSettled();
    const viewer = await signInMember(service, `reader-${site.key}@notes.test`, { [site.key]: 'viewer' });
    const note = await written(id, place, 'For us.');
    expectProblem(await viewer.post(pathOf(id, place), { text: 'x' }), 403, 'forbidden');
    expectProblem(await remove(viewer, id, place, note.id), 403, 'forbidden');
    expectProblem(await mo.post(pathOf(UNKNOWN, place), { text: 'x' }), 404, 'comment-not-found');
    expectProblem(await mo.get(pathOf(UNKNOWN, place)), 404, 'comment-not-found');
    const other = await TestSite.make(operator, service.anonymous, { key: `other-${place.length}-${site.key}` });
    const foreign = await other.submitSettled();
    expectProblem(await mo.post(pathOf(foreign.id, place), { text: 'x' }), 404, 'comment-not-found');
    expectProblem(
      await operator.request('DELETE', other.path(`/moderation/comments/${foreign.id}/${place}/${note.id}`)),
      404,
      'note-not-found',
    );
  });

  it('is the hundredth at most', async () => {
    const { id } = await site.submitSettled();
    await asSuperuser(
      service,
      `insert into moderator_note select c.site_id, gen_random_uuid(), case when $2 then c.id end,
              case when not $2 then c.author_key end, 'x', c.id, 'A', now()
         from comment c, generate_series(1, 99) where c.id = $1`,
      [id, place === 'notes'],
    );
    await written(id, place, 'The hundredth.');
    expectProblem(await mo.post(pathOf(id, place), { text: 'One more.' }), 409, 'too-many-notes');
  });
});

describe('notes on an author', () => {
  it('are read at each of their comments, however the address was typed, and at nobody else’s', async () => {
    const first = await site.submitSettled('/a', by('Lin@analytical.org'));
    const second = await site.submitSettled('/b', by('lin@analytical.org'));
    const other = await site.submitSettled('/b', by('bob@analytical.org'));
    const note = await written(first.id, 'author/notes', 'Writes from a library.');
    expect(await site.read(second.id)).toMatchObject({ authorNotes: [note], notes: [], noteCount: 1 });
    expect(await site.read(other.id)).toMatchObject({ authorNotes: [], noteCount: 0 });
    expect((await remove(mo, second.id, 'author/notes', note.id)).status).toBe(204);
  });

  it('go with their last comment', async () => {
    const first = await site.submitSettled('/a', by('lin@analytical.org'));
    const second = await site.submitSettled('/a', by('lin@analytical.org'));
    await written(first.id, 'author/notes', 'Writes from a library.');
    await site.decided(first.id, 'delete');
    expect((await site.read(second.id)).authorNotes).toHaveLength(1);
    await site.decided(second.id, 'delete');
    const third = await site.submitSettled('/a', by('lin@analytical.org'));
    expect((await site.read(third.id)).authorNotes).toEqual([]);
  });
});

describe('of a deleted comment', () => {
  it('nothing is noted any more, and what was is gone', async () => {
    const { id } = await site.submitSettled();
    await written(id, 'notes', 'On it.');
    await site.decided(id, 'delete');
    expect(await site.read(id)).toMatchObject({ notes: [], authorNotes: [], noteCount: 0 });
    expectProblem(await mo.post(pathOf(id, 'notes'), { text: 'x' }), 404, 'comment-not-found');
    expectProblem(await mo.post(pathOf(id, 'author/notes'), { text: 'x' }), 409, 'author-unknown');
    expect(await asSuperuser(service, 'select 1 from moderator_note where comment_id = $1', [id])).toEqual([]);
  });
});

describe('readers', () => {
  it('see nothing of them', async () => {
    const { id } = await site.published();
    await written(id, 'notes', 'A canarybird.');
    await written(id, 'author/notes', 'A canarybird.');
    for (const rest of ['/comments', '/feed.json', '/feed.atom', '/feed.html']) {
      expect((await service.anonymous.get(site.articlePath('/a', rest))).text).not.toContain('canarybird');
    }
  });
});
