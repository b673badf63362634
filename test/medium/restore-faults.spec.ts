import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { jest } from '@jest/globals';
import { ask, contents } from '../support/database-contents.js';
import { withEmptyDatabase } from '../support/empty-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { TestStage } from '../support/test-stage.js';
import { waitUntil } from '../support/wait-until.js';
import { serviceOn, winnow } from '../support/winnow-command.js';

// Each of these runs a restore that fails, and one that does not.
jest.setTimeout(60_000);

/* What nobody can foresee of a machine, in the middle of `winnow restore`: one sentence, and the same command again. */

type Urls = TestDatabase['urls'];

let stage: TestStage;
let folder: string;
let file: string;
let saved: Record<string, string>;

beforeAll(async () => {
  stage = await TestStage.open();
  folder = await mkdtemp(join(tmpdir(), 'winnow-test-restore-'));
  await stage.receive(await stage.addSite(), 200);
  saved = await contents(stage.files.urls.postgres);
  file = join(folder, 'winnow.backup');
  expect(await winnow(['backup', file], serviceOn(stage.files.urls))).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await stage.close();
});

/** A trigger that does to a row of this table what a machine might. */
async function onRowOf(urls: Urls, table: string, raise: string): Promise<void> {
  await ask(
    urls.postgres,
    `create function fault() returns trigger language plpgsql as $$ begin ${raise}; return new; end $$;
     create trigger fault before insert on ${table} for each row execute function fault()`,
  );
}

const restoreIn = (urls: Urls, source?: Readable) =>
  source ? winnow(['restore', '-'], serviceOn(urls), { in: source }) : winnow(['restore', file], serviceOn(urls));

describe('a restore', () => {
  it.each([
    ['53100', 'could not extend file: No space left on device', /^winnow: The database has no room left \(could not/],
    ['53200', 'out of memory', /^winnow: The database has no room left \(out of memory\)/],
    ['58030', 'could not write to file', /^winnow: The database gave up \(could not write to file\)/],
    ['57P01', 'terminating connection due to administrator command', /^winnow: The connection to the database ended/],
    ['P0001', 'a rule of somebody: canary', /^winnow: The database refuses it \(P0001\); /],
  ])('that the database ends with %s says so in a sentence, and is simply run again', async (code, words, sentence) => {
    await withEmptyDatabase(stage.files.urls, async (urls) => {
      expect((await winnow(['migrate'], serviceOn(urls))).code).toBe(0);
      await onRowOf(urls, 'comment', `raise exception '${words}' using errcode = '${code}'`);
      const failed = await restoreIn(urls);
      expect(failed.code).toBe(1);
      expect(failed.err).toMatch(sentence);
      expect(failed.err).toMatch(/^[^\n]+ run this again[^\n]*\n$/);
      expect(failed.err).not.toContain('canary');
      await ask(urls.postgres, 'drop trigger fault on comment; drop function fault');
      expect((await restoreIn(urls)).code).toBe(0);
      expect(await contents(urls.postgres)).toEqual(saved);
    });
  });

  it('whose connection is killed in the middle says so in a sentence, and is simply run again', async () => {
    const bytes = await readFile(file);
    await withEmptyDatabase(stage.files.urls, async (urls) => {
      async function* killing(): AsyncGenerator<Buffer> {
        yield bytes.subarray(0, bytes.length / 2);
        await waitUntil(async () => {
          const killed = await ask(
            urls.postgres,
            `select pg_terminate_backend(pid) from pg_stat_activity
              where datname = current_database() and query like 'copy %stdin'`,
          );
          return killed.length > 0;
        }, 'rows are being copied');
        yield bytes.subarray(bytes.length / 2);
      }
      const failed = await restoreIn(urls, Readable.from(killing()));
      expect(failed.code).toBe(1);
      expect(failed.err).toMatch(/^winnow: The connection to the database ended \([^\n]+ run this again[^\n]*\n$/);
      expect((await restoreIn(urls)).code).toBe(0);
      expect(await contents(urls.postgres)).toEqual(saved);
    });
  });

  it('of what cannot be read to its end says so', async () => {
    await withEmptyDatabase(stage.files.urls, async (urls) => {
      const { code, err } = await winnow(['restore', folder], serviceOn(urls));
      expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^winnow: .*EISDIR[^\n]*\n$/) as string });
      const broken = new Readable({
        read: () => broken.destroy(Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' })),
      });
      const failed = await restoreIn(urls, broken);
      expect(failed).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^winnow: The backup cannot be read \(EIO\)[^\n]*\n$/) as string,
      });
      expect((await restoreIn(urls)).code).toBe(0);
    });
  });
});
