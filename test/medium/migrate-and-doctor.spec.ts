import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Finding } from '../../src/cli/doctor/finding.js';
import { withEmptyDatabase } from '../support/empty-database.js';
import { freePort } from '../support/free-port.js';
import { describeOnRedis } from '../support/gates.js';
import { openPostgresProxy } from '../support/tcp-proxy.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import { serviceOn, winnow, type Outcome } from '../support/winnow-command.js';
import { schema } from '../../src/schema.js';

let files: TestDatabase;
let postgres: pg.Client;

beforeAll(async () => {
  files = await openTestDatabase();
  postgres = new pg.Client({ connectionString: files.urls.postgres });
  await postgres.connect();
});

afterAll(async () => {
  await postgres.end();
  await files.close();
});

function given(urls: TestDatabase['urls'] = files.urls): Record<string, string> {
  return serviceOn(urls);
}

async function examine(environment: Record<string, string>): Promise<Outcome & { findings: Finding[] }> {
  const outcome = await winnow(['doctor', '--json'], environment);
  return { ...outcome, findings: (JSON.parse(outcome.out) as { findings: Finding[] }).findings };
}

/** The findings of one state, as `area: sentence`. */
function told(findings: readonly Finding[], state: Finding['state']): string[] {
  return findings.filter((finding) => finding.state === state).map(({ area, says }) => `${area}: ${says}`);
}

function onEmpty(work: (urls: TestDatabase['urls']) => Promise<void>): Promise<void> {
  return withEmptyDatabase(files.urls, work);
}

describe('winnow migrate', () => {
  it('says what it ran, and that there is nothing to do the second time', async () => {
    await onEmpty(async (urls) => {
      const first = await winnow(['migrate'], given(urls));
      expect(first).toMatchObject({ code: 0, err: '' });
      expect(first.out.split('\n')).toEqual([
        'Database   PostgreSQL of DATABASE_URL',
        ...schema.migrations.map(({ name }) => `Ran        ${name}`),
        'Ran        the migrations of the queue',
        'The database is ready.',
        '',
      ]);
      const second = await winnow(['migrate'], given(urls));
      expect(second).toEqual({ code: 0, out: 'Database   PostgreSQL of DATABASE_URL\nNothing to do.\n', err: '' });
    });
  });

  it('leaves the queue alone when it is on Redis', async () => {
    await onEmpty(async (urls) => {
      const { out } = await winnow(['migrate'], { ...given(urls), REDIS_URL: 'redis://127.0.0.1:1' });
      expect(out).not.toContain('queue');
    });
  });

  it('may be run twice at once', async () => {
    await onEmpty(async (urls) => {
      const codes = await Promise.all([winnow(['migrate'], given(urls)), winnow(['migrate'], given(urls))]);
      expect(codes.map(({ code }) => code)).toEqual([0, 0]);
    });
  });

  it('makes the embedded database where there is none, and starts on it again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'winnow-test-migrate-'));
    try {
      const environment = { DATA_DIR: join(folder, 'data') };
      expect((await winnow(['migrate'], environment)).out).toMatch(
        /^Database {3}embedded PostgreSQL in [^]*ready\.\n$/,
      );
      expect((await winnow(['migrate'], environment)).out).toMatch(/Nothing to do\.\n$/);
      const { code, findings } = await examine(environment);
      expect({ code, wrong: told(findings, 'wrong') }).toEqual({ code: 0, wrong: [] });
      expect(told(findings, 'ok').join()).toContain('disk: ');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 60_000);

  it.each([
    ['a wrong setting', () => ({ PORT: 'x', ROLE: 'y' }), /^winnow: PORT must.*\n.*ROLE must.*\n$/],
    [
      'a database nobody has made',
      () => ({ DATABASE_URL: files.urls.app.replace(/winnow_test_\d+/, 'winnow_nowhere') }),
      /^winnow: The database of DATABASE_URL cannot be reached .*\n$/,
    ],
  ])('says what is wrong in sentences for %s', async (_, environment, sentence) => {
    const { code, err } = await winnow(['migrate'], environment());
    expect(code).toBe(1);
    expect(err).toMatch(sentence);
  });

  it('names the setting that is missing when its login may not make tables', async () => {
    await onEmpty(async (urls) => {
      const { code, err } = await winnow(['migrate'], { DATABASE_URL: urls.app });
      expect(code).toBe(1);
      expect(err).toMatch(/^winnow: The login that migrates may not .*MIGRATION_DATABASE_URL[^\n]*\n$/);
    });
  });
});

describe('winnow doctor', () => {
  it('finds a prepared database well', async () => {
    const { code, findings } = await examine(given());
    // The test server writes nothing through to the disk, and that is just what it must find.
    expect(told(findings, 'wrong')).toEqual([expect.stringMatching(/^database: A crash may lose .*fsync=off/)]);
    expect(code).toBe(1);
    const well = told(findings, 'ok').join('\n');
    expect(well).toContain(`database: All ${schema.migrations.length} migrations have run.`);
    expect(well).toContain('database: Row-level security binds the login app.');
    expect(well).toContain('database: LISTEN and NOTIFY get through.');
    expect(well).toContain('clock: The clocks of this machine and of the database agree.');
    expect(well).toContain('queue: The screening queue holds 0 jobs');
    expect(well).toContain('backlog: No comment waits for its verdict.');
  });

  it('says what to do about a database without tables', async () => {
    await onEmpty(async (urls) => {
      const { code, findings } = await examine(given(urls));
      expect(code).toBe(1);
      const migrations = findings.find(({ says }) => says.includes('migrations have not run'));
      expect(migrations).toMatchObject({ state: 'wrong', next: 'Run `winnow migrate`.' });
    });
  });

  it('warns of a login that bypasses the walls', async () => {
    const { findings } = await examine({ DATABASE_URL: files.urls.postgres });
    expect(told(findings, 'note').join()).toContain('The login postgres may bypass row-level security');
  });

  it('sees that nobody screens', async () => {
    await postgres.query(
      `insert into site values ('00000000-0000-7000-8000-000000000001', 'a', 'A', '{}', '{}', now());
       insert into article (site_id, id, key, created_at) select id, id, '/a', now() from site;
       insert into comment select id, id, id, null, 0, 'received', 1, 1, 'n', 'e', null, 'e', 'text', null, null,
         null, 0, false, null, null, null, null, null, now() - interval '10 minutes', null, null, now(),
         now() - interval '9 minutes' from site`,
    );
    const { findings } = await examine(given());
    expect(told(findings, 'wrong').join()).toMatch(
      /backlog: 1 comments wait .* for 60\d s\. No worker looks after them/,
    );
  });

  it('ends in time when the database falls silent in the middle', async () => {
    const { proxy, url } = await openPostgresProxy(files.urls.app);
    try {
      proxy.deafFor = /listen "winnow_doctor"/;
      const { code, findings } = await examine({ ...given(), DATABASE_URL: url });
      expect(code).toBe(1);
      expect(told(findings, 'wrong').join()).toContain('database: It could not be looked at (Query read timeout)');
    } finally {
      await proxy.close();
    }
  }, 40_000);

  it('tells of a database that is away, and looks no further', async () => {
    const { code, findings } = await examine({ DATABASE_URL: `postgres://a@127.0.0.1:${await freePort()}/a` });
    expect(code).toBe(1);
    expect(told(findings, 'wrong')).toEqual([expect.stringContaining('database: The database of DATABASE_URL cannot')]);
  });

  it('makes nothing where there is nothing yet', async () => {
    const { code, findings } = await examine({ DATA_DIR: '/tmp/winnow-test-nothing-here' });
    expect(code).toBe(0);
    expect(told(findings, 'note').join()).toContain('There is no database in /tmp/winnow-test-nothing-here yet.');
  });

  it('prints a line for each finding', async () => {
    const { out } = await winnow(['doctor'], given());
    expect(out).toMatch(/^ok {5}node {6}Node v\d+/);
    expect(out).toMatch(/\n\n(One thing is|\d+ things are) wrong\.\n$/);
  });

  it('refuses words it does not know with exit code 2', async () => {
    expect((await winnow(['doctor', '--fix'], given())).code).toBe(2);
    expect((await winnow(['migrate', 'now'], given())).code).toBe(2);
  });
});

describeOnRedis('winnow doctor, on Redis', (redisUrl) => {
  it('looks at its version, its policy, its clock and its jobs', async () => {
    const { findings } = await examine({ ...given(), REDIS_URL: redisUrl });
    const all = findings.map(({ area, says }) => `${area}: ${says}`).join('\n');
    expect(all).toMatch(/queue: Redis \d+\.\d+\.\d+ answers in \d+ ms\./);
    expect(all).toContain('clock: The clocks of this machine and of Redis agree.');
    expect(all).toContain('queue: The screening queue holds 0 jobs');
    expect(told(findings, 'note').join()).toContain('queue: Redis keeps no append-only file');
  });

  it('tells of a Redis that is away', async () => {
    const { code, findings } = await examine({ ...given(), REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    expect(code).toBe(1);
    expect(told(findings, 'wrong').join('\n')).toMatch(/queue: The Redis of REDIS_URL does not answer \(connect ECONN/);
  });
});
