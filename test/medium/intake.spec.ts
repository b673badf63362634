import { batchSubmissions } from '../../src/intake/comment-intake.js';
import { SubmissionStore, type SubmitOutcome } from '../../src/intake/submission-store.js';
import type { Submission } from '../../src/intake/submission.js';
import { Database, type NamedStatement } from '../../src/platform/database/database.js';
import { toProblem } from '../../src/platform/problem/problem.filter.js';
import { newId, type CommentId } from '../../src/platform/ids.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { acceptedId, submission, TestStage } from '../support/test-stage.js';

let stage: TestStage;
let site: KnownSite;

beforeAll(async () => {
  stage = await TestStage.open();
});

afterAll(() => stage.close());

beforeEach(async () => {
  site = await stage.addSite();
});

async function count(table: 'comment' | 'comment_event' | 'idempotency_record' | 'article'): Promise<number> {
  const row = await stage.one<{ count: number }>(`select count(*)::int from ${table} where site_id = $1`, [site.id]);
  return row.count;
}

/** A published comment under `/post`, to be answered to. */
async function published(of = site): Promise<CommentId> {
  const [id] = await stage.receive(of);
  await stage.database.inSite(of.id, (manager) =>
    stage.mover.decide(
      manager,
      { id: of.id, publishOnApproval: true },
      [{ id: id!, decision: 'publish' }],
      { kind: 'person', id: null, name: 'M' },
      new Date(),
    ),
  );
  return id!;
}

async function close(articleKey: string): Promise<void> {
  await stage.store.write([submission(site, {}, { articleKey })]);
  await stage.postgres.query('update article set open = false where site_id = $1 and key = $2', [site.id, articleKey]);
}

const kinds = (outcomes: readonly SubmitOutcome[]): string[] => outcomes.map(({ kind }) => kind);

describe('a batch', () => {
  it('of 500, good and bad and twice and in the wrong place, answers each in its order', async () => {
    const parent = await published();
    await close('/closed');
    const make = (index: number): Submission => {
      const articleKey = `/article-${index % 7}`;
      if (index % 5 === 1) return submission(site, { parentId: newId<CommentId>() }, { articleKey });
      if (index % 5 === 2) return submission(site, {}, { articleKey: '/closed' });
      if (index % 5 === 3) return submission(site, {}, { articleKey: '/keyed', idempotencyKey: `key-${index % 50}` });
      if (index % 5 === 4) return submission(site, { parentId: parent });
      return submission(site, { body: `Body ${index}` }, { articleKey });
    };
    const before = await count('comment');
    const batch = Array.from({ length: 500 }, (_, index) => make(index));
    const outcomes = await stage.store.write(batch);
    const of = (rest: number): SubmitOutcome[] => outcomes.filter((_, index) => index % 5 === rest);
    expect(new Set(kinds(of(0)))).toEqual(new Set(['accepted']));
    expect(new Set(kinds(of(1)))).toEqual(new Set(['parent-not-published']));
    expect(new Set(kinds(of(2)))).toEqual(new Set(['article-closed']));
    expect(new Set(kinds(of(4)))).toEqual(new Set(['accepted']));
    // Ten keys, each ten times: the first is stored; the others come with another payload.
    expect(of(3).filter(({ kind }) => kind === 'accepted')).toHaveLength(10);
    expect(of(3).filter(({ kind }) => kind === 'idempotency-key-reused')).toHaveLength(90);
    expect((await count('comment')) - before).toBe(100 + 100 + 10);
  });

  it('stores each comment with its first event, and nothing of those it refuses', async () => {
    await close('/closed');
    const before = [await count('comment'), await count('comment_event'), await count('idempotency_record')];
    const outcomes = await stage.store.write([
      submission(site, {}, { articleKey: '/closed', idempotencyKey: 'a' }),
      submission(site, { parentId: newId<CommentId>() }, { idempotencyKey: 'b' }),
      submission(site, {}, { idempotencyKey: 'c' }),
    ]);
    expect(kinds(outcomes)).toEqual(['article-closed', 'parent-not-published', 'accepted']);
    const after = [await count('comment'), await count('comment_event'), await count('idempotency_record')];
    expect(after.map((value, index) => value - before[index]!)).toEqual([1, 1, 1]);
  });

  it('lets a refused key be used again when the reason is gone', async () => {
    const parent = newId<CommentId>();
    const refused = submission(site, { parentId: parent }, { idempotencyKey: 'again' });
    expect(kinds(await stage.store.write([refused]))).toEqual(['parent-not-published']);
    const mended = submission(site, {}, { idempotencyKey: 'again' });
    expect(kinds(await stage.store.write([mended]))).toEqual(['accepted']);
  });

  it('takes the same comment twice in it for one', async () => {
    const twice = [submission(site, { body: 'Once.' }), submission(site, { body: 'Once.' })];
    const [first, second] = await stage.store.write(twice);
    expect(second).toEqual({ kind: 'accepted', id: acceptedId(first), isReplay: true });
    expect(await count('comment')).toBe(1);
  });

  it('keeps two sites with the same article, key and text apart', async () => {
    const other = await stage.addSite();
    const outcomes = await stage.store.write([
      submission(site, { body: 'Same.' }, { idempotencyKey: 'k' }),
      submission(other, { body: 'Same.' }, { idempotencyKey: 'k' }),
    ]);
    expect(outcomes.map((outcome) => outcome.kind === 'accepted' && outcome.isReplay)).toEqual([false, false]);
  });
});

describe('an article that took a comment before', () => {
  const change = (sql: string): Promise<unknown> => stage.postgres.query(sql, [site.id]);
  const send = async (): Promise<string[]> => kinds(await stage.store.write([submission(site)]));

  it('that was closed meanwhile by somebody else takes none, and takes them again when it is opened', async () => {
    expect(await send()).toEqual(['accepted']);
    await change('update article set open = false where site_id = $1');
    expect(await send()).toEqual(['article-closed']);
    await change('update article set open = true where site_id = $1');
    expect(await send()).toEqual(['accepted']);
  });

  it('that was removed is made anew', async () => {
    await send();
    await change('delete from article where site_id = $1');
    expect(await send()).toEqual(['accepted']);
    expect([await count('article'), await count('comment')]).toEqual([1, 1]);
  });

  it('takes none when its site is gone', async () => {
    await send();
    await change('delete from site where id = $1');
    expect(await send()).toEqual(['site-not-found']);
  });

  it('is answered as one comment when its batch had to be written again in parts', async () => {
    await send();
    const bad = { ...submission(site, {}, { articleKey: '/new' }), fingerprint: 'no number' };
    const good = submission(site);
    await expect(stage.store.write([good, bad])).rejects.toThrow();
    expect(await stage.store.write([good])).toEqual([{ kind: 'accepted', id: good.id, isReplay: false }]);
  });
});

describe('a site or article that goes between the look and the store', () => {
  /** Does something just before the first comments are stored. */
  const storeAfter = (sql: string, ...batch: Submission[]): Promise<string[]> =>
    storeInterrupted('intake-store', sql, ...batch);

  async function storeInterrupted(before: string, sql: string, ...batch: Submission[]): Promise<string[]> {
    const { atOnce, dataSource } = stage;
    let isDone = false;
    class Interrupted extends Database {
      override async acrossSitesAtOnce<Row>(reason: 'an intake batch', statement: NamedStatement): Promise<Row[]> {
        if (statement.name === before && !isDone) {
          isDone = true;
          await stage.postgres.query(sql, [site.id]);
        }
        return super.acrossSitesAtOnce(reason, statement);
      }
    }
    const store = new SubmissionStore(new Interrupted(dataSource, atOnce), stage.metrics);
    return kinds(await store.write(batch));
  }

  it('is told as what it is, and no key counts as taken', async () => {
    expect(await storeAfter('delete from site where id = $1', submission(site))).toEqual(['site-not-found']);
  });

  it('is told as what it is also while its article is being made', async () => {
    const answers = await storeInterrupted('intake-articles', 'delete from site where id = $1', submission(site));
    expect(answers).toEqual(['site-not-found']);
  });

  it('takes the comments nothing happened to', async () => {
    const other = await stage.addSite();
    const batch = [submission(site), submission(other), submission(site, { parentId: newId<CommentId>() })];
    expect(await storeAfter('update article set open = false where site_id = $1', ...batch)).toEqual([
      'article-closed',
      'accepted',
      'parent-not-published',
    ]);
  });

  it('is made anew when it is the article alone', async () => {
    expect(await storeAfter('delete from article where site_id = $1', submission(site))).toEqual(['accepted']);
  });
});

describe('a reply', () => {
  it('is refused under a comment of another article, another site, or one that is not out', async () => {
    const parent = await published();
    const elsewhere = await published(await stage.addSite());
    const [hidden] = await stage.receive(site);
    const outcomes = await stage.store.write([
      submission(site, { parentId: parent }, { articleKey: '/other' }),
      submission(site, { parentId: elsewhere }),
      submission(site, { parentId: hidden! }),
      submission(site, { parentId: parent }),
    ]);
    expect(kinds(outcomes)).toEqual([
      'parent-not-published',
      'parent-not-published',
      'parent-not-published',
      'accepted',
    ]);
  });

  it('deeper than the site nests stands beside its parent', async () => {
    site = await stage.addSite({ maxDepth: 1 });
    const top = await published();
    const place = async (parentId: CommentId): Promise<{ id: CommentId; parent_id: string; depth: number }> => {
      const [outcome] = await stage.store.write([submission(site, { parentId })]);
      await stage.postgres.query(`update comment set status = 'published' where id = $1`, [acceptedId(outcome)]);
      return stage.one('select id, parent_id, depth from comment where id = $1', [acceptedId(outcome)]);
    };
    const reply = await place(top);
    expect(reply).toMatchObject({ parent_id: top, depth: 1 });
    expect(await place(reply.id)).toMatchObject({ parent_id: top, depth: 1 });
  });
});

describe('an idempotency key', () => {
  it('gives the same comment again until it expires, and then is free for another', async () => {
    const at = new Date('2026-11-01T00:00:00Z');
    const write = async (hours: number, body: string): Promise<SubmitOutcome> => {
      const later = new Date(at.getTime() + hours * 3_600_000);
      const [outcome] = await stage.store.write([submission(site, { body }, { idempotencyKey: 'k', at: later })]);
      return outcome!;
    };
    const first = await write(0, 'One.');
    expect(await write(23, 'One.')).toEqual({ kind: 'accepted', id: acceptedId(first), isReplay: true });
    expect(await write(23, 'Two.')).toEqual({ kind: 'idempotency-key-reused' });
    const second = await write(24, 'Two.');
    expect(second).toMatchObject({ kind: 'accepted', isReplay: false });
    expect(await write(25, 'Two.')).toEqual({ kind: 'accepted', id: acceptedId(second), isReplay: true });
  });

  it('of no client is the content, for a minute', async () => {
    const at = new Date('2026-11-01T00:00:00Z');
    const write = async (ms: number): Promise<SubmitOutcome> => {
      const later = new Date(at.getTime() + ms);
      return (await stage.store.write([submission(site, { body: 'Same.' }, { at: later })]))[0]!;
    };
    const first = await write(0);
    expect(await write(59_999)).toMatchObject({ id: acceptedId(first), isReplay: true });
    expect(await write(60_000)).toMatchObject({ kind: 'accepted', isReplay: false });
  });

  it('that fifty requests bring at once makes one comment (F19)', async () => {
    const others = await Promise.all([stage.anotherStore(), stage.anotherStore()]);
    try {
      const batchers = [stage.store, ...others.map(({ store }) => store)].map((store) => batchSubmissions(store));
      for (let round = 0; round < 20; round++) {
        const outcomes = await Promise.all(
          Array.from({ length: 50 }, (_, index) =>
            batchers[index % 3]!.submit(submission(site, { body: 'Storm.' }, { idempotencyKey: `storm-${round}` })),
          ),
        );
        expect(new Set(outcomes.map(acceptedId)).size).toBe(1);
        expect(outcomes.filter((outcome) => outcome.kind === 'accepted' && !outcome.isReplay)).toHaveLength(1);
      }
      expect(await count('comment')).toBe(20);
    } finally {
      for (const { close: end } of others) await end();
    }
  });
});

describe('two processes', () => {
  let other: { store: SubmissionStore; close: () => Promise<void> };

  beforeAll(async () => {
    other = await stage.anotherStore();
  });

  afterAll(() => other.close());

  it('write the same keys and articles in opposite orders fifty times, and never fight over a lock', async () => {
    for (let round = 0; round < 50; round++) {
      const make = (): Submission[] =>
        Array.from({ length: 20 }, (_, index) =>
          submission(
            site,
            { body: `R${round} ${index}` },
            {
              articleKey: `/r${round}/${index % 5}`,
              idempotencyKey: `r${round}-${index}`,
            },
          ),
        );
      const [one, two] = await Promise.all([stage.store.write(make()), other.store.write(make().reverse())]);
      expect(one.map(acceptedId)).toEqual(two.map(acceptedId).reverse());
    }
    expect(await count('comment')).toBe(50 * 20);
    expect(await count('comment_event')).toBe(50 * 20);
  });

  it('see a comment the moment its answer was given', async () => {
    for (let round = 0; round < 20; round++) {
      const [outcome] = await stage.store.write([submission(site)]);
      expect(await stage.rows('select 1 from comment where id = $1', [acceptedId(outcome)])).toHaveLength(1);
    }
  });
});

describe('a row that the database does not take', () => {
  it('fails alone, and leaves no key behind', async () => {
    await stage.postgres.query(`alter table comment add constraint no_poison check (body <> 'poison')`);
    try {
      const batcher = batchSubmissions(stage.store);
      const settled = await Promise.allSettled(
        Array.from({ length: 100 }, (_, index) =>
          batcher.submit(submission(site, { body: index === 42 ? 'poison' : `Good ${index}` })),
        ),
      );
      expect(settled.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([42]);
      expect([await count('comment'), await count('idempotency_record')]).toEqual([99, 99]);
    } finally {
      await stage.postgres.query('alter table comment drop constraint no_poison');
    }
  });
});

describe('a site that was removed a moment ago', () => {
  // Another process may still know it: news take a moment, and longer while they are interrupted.
  it('is 404 for a comment on its way, and no fault of ours', async () => {
    await stage.postgres.query('delete from site where id = $1', [site.id]);
    const batcher = batchSubmissions(stage.store);
    const refused = await batcher.submit(submission(site)).then(
      ({ kind }) => kind as string,
      (error: unknown) => toProblem(error).code,
    );
    expect(refused).toBe('site-not-found');
  });
});
