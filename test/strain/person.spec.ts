import { ERASED_AT_ONCE } from '../../src/moderation/person/erase-comments.js';
import { deletedComments, slowDeletions, writeMany } from '../support/large-person.js';
import { TestClient } from '../support/test-client.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import { OPERATOR, testEnvironment } from '../support/test-service.js';
import { waitUntil } from '../support/wait-until.js';
import { ServiceProcess } from '../faults/service-process.js';

/* The process that erases a person is killed in the middle, again and again. */

const PERSON = { name: 'Canary Personname', email: 'canary.person@private-canary.example' };
const COMMENTS = 5 * ERASED_AT_ONCE + 30;
const KILLS = 3;
const MS_EACH = 2;

let database: TestDatabase;
let service: ServiceProcess;

async function start(): Promise<void> {
  service = await ServiceProcess.start({ ...testEnvironment(database), ROLE: 'web' });
}

beforeAll(async () => {
  database = await openTestDatabase();
  await start();
}, 120_000);
afterAll(async () => {
  await service.stop();
  await database.close();
});

const signIn = (): Promise<TestClient> => new TestClient(service.url).signIn(OPERATOR.email, OPERATOR.password);

const erase = async (): Promise<{ comments: number; done: boolean }> =>
  (
    await (
      await signIn()
    ).post<{ comments: number; done: boolean }>('/v1/sites/demo/people/erase', { email: PERSON.email })
  ).body;

/** Rows of any table that hold a part of the person. */
async function traces(): Promise<string[]> {
  const { rows } = await database.superuser.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await database.superuser.query(`select from ${name} t where t::text ilike '%canary%' limit 1`);
    if (rowCount !== 0) found.push(name);
  }
  return found;
}

describe('an erasure whose process is killed', () => {
  it('has erased whole turns each time, and all of it when it is begun once more', async () => {
    await writeMany(new TestClient(service.url), 'demo', COMMENTS, PERSON);
    expect(await traces()).toContain('comment');
    await slowDeletions(database, MS_EACH);
    for (let kill = 1; kill <= KILLS; kill++) {
      const before = await deletedComments(database);
      const cut = erase().then(
        () => 'answered',
        () => 'cut off',
      );
      await waitUntil(async () => (await deletedComments(database)) > before, 'a turn is over', 30_000);
      await service.kill();
      expect(await cut).toBe('cut off');
      // What the killed process had begun ends or is rolled back with its connection.
      await waitUntil(async () => (await atWork()) === 0, 'PostgreSQL has let go of it', 30_000);
      const after = await deletedComments(database);
      expect({ turns: after % ERASED_AT_ONCE, isLeft: after < COMMENTS }).toEqual({ turns: 0, isLeft: true });
      await start();
    }
    const before = await deletedComments(database);
    let erased = 0;
    for (let isDone = false; !isDone;) {
      const { comments, done } = await erase();
      [erased, isDone] = [erased + comments, done];
    }
    expect(before + erased).toBe(COMMENTS);
    expect(await traces()).toEqual([]);
    expect(await erase()).toMatchObject({ comments: 0, done: true });
  }, 240_000);
});

describe('an erasure that does not fit into a call', () => {
  it('goes as far as 8 s reach, says so, and goes on when it is called again', async () => {
    const comments = 4 * ERASED_AT_ONCE;
    await writeMany(new TestClient(service.url), 'demo', comments, PERSON);
    await database.superuser.query('drop trigger if exists take_time on comment; drop function if exists take_time');
    await slowDeletions(database, 15);
    const startedAt = performance.now();
    const first = await erase();
    const took = performance.now() - startedAt;
    expect(first.done).toBe(false);
    expect(took).toBeGreaterThan(8_000);
    // A turn that began in time is ended; the contract's 15 s hold.
    expect(took).toBeLessThan(15_000);
    let erased = first.comments;
    for (let isDone = false; !isDone;) {
      const { comments: more, done } = await erase();
      [erased, isDone] = [erased + more, done];
    }
    expect(erased).toBe(comments);
    expect(await traces()).toEqual([]);
  }, 120_000);
});

async function atWork(): Promise<number> {
  const { rows } = await database.superuser.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where datname = current_database() and usename = 'app'`,
  );
  return rows[0]?.count ?? 0;
}
