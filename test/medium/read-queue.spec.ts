import type { EntityManager } from 'typeorm';
import { readQueue, type Limits, type Place } from '../../src/moderation/read-queue.js';
import { readQueueQuery, type QueueQuery } from '../../src/moderation/queue-query.js';
import type { CommentId } from '../../src/platform/ids.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { TestStage } from '../support/test-stage.js';

/* Searching along a queue that is longer than one look: with limits so small that forty comments are many. */

const COUNT = 40;
const NO_TIME: Limits = { near: 3, stretch: 4, budgetMs: 0 };
const MUCH_TIME: Limits = { near: 3, stretch: 4, budgetMs: 60_000 };

let stage: TestStage;
let site: KnownSite;
let ids: CommentId[];

beforeAll(async () => {
  stage = await TestStage.open();
  site = await stage.addSite();
  ids = [];
  for (let n = 0; n < COUNT; n++) ids.push(...(await stage.receive(site, 1, { body: bodyOf(n) })));
  // As screened comments stand, a second apart: of one millisecond their ids would decide the order, and by chance.
  // The sixth part has a reason, and all of them are found by their text.
  await stage.postgres.query(
    `update comment set status = 'pending', submitted_at = now() + array_position($2::uuid[], id) * interval '1 second',
       verdict_signals = jsonb_build_array(jsonb_build_object('name',
       case when array_position($2::uuid[], id) % 6 = 1 then 'odd' else 'plain' end)) where site_id = $1`,
    [site.id, ids],
  );
  await stage.postgres.query(
    `insert into comment_search select site_id, id, author_name || ' ' || author_email || E'\\n' || body from comment
      where site_id = $1`,
    [site.id],
  );
});

afterAll(() => stage.close());

/** "od" is too short for the index, so that it is looked for along the queue. */
function bodyOf(n: number): string {
  return `Thought number ${n}${n % 8 === 7 ? ', od' : ''}.`;
}

async function pages(asked: Record<string, string>, limits: Limits): Promise<CommentId[][]> {
  const query = readQueueQuery(asked);
  const found: CommentId[][] = [];
  for (let after: Place | null = null; ;) {
    const page = await stage.database.inSite(site.id, (manager) => read(manager, query, after, limits));
    const rows = page.rows.slice(0, query.limit);
    found.push(rows.map(({ id }) => id as CommentId));
    const last = page.rows.length > query.limit ? rows.at(-1) : undefined;
    after = last ? [last.place, last.id] : page.rest;
    if (after === null) return found;
  }
}

const read = (
  manager: EntityManager,
  query: QueueQuery,
  after: Place | null,
  limits: Limits,
): ReturnType<typeof readQueue> => readQueue({ manager, site: site.id, article: null, query, after }, limits);

const withText = (): CommentId[] => ids.filter((_, n) => n % 8 === 7);
const withReason = (): CommentId[] => ids.filter((_, n) => n % 6 === 0);

describe.each([
  ['oldest', (list: CommentId[]) => list],
  ['newest', (list: CommentId[]) => list.toReversed()],
] as const)('a search along a long queue, %s first', (sort, inOrder) => {
  it.each([1, 2, 50])(
    'finds everything once and in order, %i a page, when its time is up at every look',
    async (limit) => {
      const found = await pages({ q: 'od', sort, limit: String(limit) }, NO_TIME);
      expect(found.flat()).toEqual(inOrder(withText()));
      expect(found.some((page) => page.length === 0)).toBe(true);
    },
  );

  it('fills its pages when there is time', async () => {
    const found = await pages({ q: 'od', sort, limit: '2' }, MUCH_TIME);
    expect(found.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(found.flat()).toEqual(inOrder(withText()));
  });

  it('goes along it for a reason too, and for both', async () => {
    expect((await pages({ reason: 'odd', sort }, NO_TIME)).flat()).toEqual(inOrder(withReason()));
    const both = ids.filter((_, n) => n % 8 === 7 && n % 6 === 0);
    expect((await pages({ reason: 'odd', q: 'od', sort }, NO_TIME)).flat()).toEqual(inOrder(both));
  });
});

describe('a search for a word that the index knows', () => {
  it('needs one look beyond the next comments, and minds the reason', async () => {
    expect(await pages({ q: 'number 37' }, NO_TIME)).toEqual([[ids[37]]]);
    expect((await pages({ q: 'thought', reason: 'odd' }, NO_TIME)).flat()).toEqual(withReason());
  });

  it('looks no further than the next comments when they fill the page', async () => {
    expect((await pages({ q: 'thought', limit: '1' }, NO_TIME)).flat()).toEqual(ids);
  });
});
