import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import pg from 'pg';
import { listTables } from '../../src/platform/backup/backup-tables.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { schema } from '../../src/schema.js';
import { ask, contents, shape } from '../support/database-contents.js';
import { withEmptyDatabase } from '../support/empty-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { TestStage } from '../support/test-stage.js';
import { waitUntil } from '../support/wait-until.js';
import { serviceOn, winnow, winnowBytes } from '../support/winnow-command.js';

// Each of these runs a whole restore, and some run four.
jest.setTimeout(60_000);

/* `winnow backup` and `winnow restore` on real databases, in files of this test alone. */

type Urls = TestDatabase['urls'];

let stage: TestStage;
let site: KnownSite;
let folder: string;
let file: string;
/** What `file` must bring back. */
let saved: Record<string, string>;

beforeAll(async () => {
  stage = await TestStage.open();
  folder = await mkdtemp(join(tmpdir(), 'winnow-test-backup-'));
  site = await stage.addSite();
  await stage.receive(site, 200);
  await stage.receive(await stage.addSite(), 50, { body: 'Tab\there, back\\slash, "quote", newline\nand \u{1F426}.' });
  await stage.rows("insert into service_secret values ('service', '\\x00ff10')");
  saved = await contents(stage.files.urls.postgres);
  file = join(folder, 'winnow.backup');
  expect(await winnow(['backup', file], serviceOn(stage.files.urls))).toMatchObject({ code: 0, err: '' });
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await stage.close();
});

async function restoreHere(urls: Urls, from = file): Promise<Awaited<ReturnType<typeof winnow>>> {
  return winnow(['restore', from], serviceOn(urls));
}

function onEmpty<T>(work: (urls: Urls) => Promise<T>): Promise<T> {
  return withEmptyDatabase(stage.files.urls, work);
}

describe('a backup', () => {
  it('comes back table by table, byte by byte, with walls, triggers and rights as they were', async () => {
    await onEmpty(async (urls) => {
      const { code, out, err } = await restoreHere(urls);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/Restored {3}\d+ rows in \d+ tables, among them 201 comments; every checksum is right\.\n$/);
      expect(await contents(urls.postgres)).toEqual(saved);
      expect(await shape(urls.postgres)).toEqual(await shape(stage.files.urls.postgres));
    });
  });

  it('holds every table but the list of migrations', async () => {
    const client = new pg.Client({ connectionString: stage.files.urls.owner });
    await client.connect();
    const names = (await listTables(client)).map(({ name }) => name);
    await client.end();
    const all = Object.keys(await contents(stage.files.urls.postgres)).filter((name) => name !== 'migrations');
    expect(names.sort()).toEqual(all.sort());
  });

  it('has no sequence to carry but that of the migrations, which count themselves', async () => {
    const sequences = await ask(
      stage.files.urls.postgres,
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'`,
    );
    expect(sequences).toEqual([{ relname: 'migrations_id_seq' }]);
  });

  it('is for its owner alone, and nothing half is left beside it', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).filter((name) => name.includes('half'))).toEqual([]);
  });

  it('overwrites nothing', async () => {
    const before = await readFile(file);
    const { code, err } = await winnow(['backup', file], serviceOn(stage.files.urls));
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('is there already') as string });
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it('says so when its file cannot be written', async () => {
    const { code, err } = await winnow(['backup', join(folder, 'nowhere', 'a')], serviceOn(stage.files.urls));
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/cannot be written \(ENOENT\)/) as string });
  });

  it('goes to standard output and comes from standard input', async () => {
    const { code, out } = await winnowBytes(['backup', '-'], serviceOn(stage.files.urls));
    expect(code).toBe(0);
    await onEmpty(async (urls) => {
      const restored = await winnow(['restore', '-'], serviceOn(urls), { in: Readable.from([out]) });
      expect(restored.code).toBe(0);
      expect(await contents(urls.postgres)).toEqual(saved);
    });
  });

  it('is refused where no table of Winnow is', async () => {
    await onEmpty(async (urls) => {
      const { code, err } = await winnow(['backup', join(folder, 'none')], serviceOn(urls));
      expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('There is nothing to back up') as string });
    });
    expect(await readdir(folder)).not.toContain('none');
  });

  it('is one moment of a service that goes on taking comments', async () => {
    const acknowledged = new Set<string>();
    let isRunning = true as boolean;
    const load = (async () => {
      while (isRunning) for (const id of await stage.receive(site, 20)) acknowledged.add(id);
    })();
    await waitUntil(() => acknowledged.size >= 100, 'comments come in');
    const early = [...acknowledged];
    const path = join(folder, 'under-load');
    const { code } = await winnow(['backup', path], serviceOn(stage.files.urls));
    isRunning = false;
    await load;
    expect(code).toBe(0);
    await onEmpty(async (urls) => {
      expect((await restoreHere(urls, path)).code).toBe(0);
      const found = new Set((await ask<{ id: string }>(urls.postgres, 'select id from comment')).map(({ id }) => id));
      expect(early.filter((id) => !found.has(id))).toEqual([]);
      const [torn] = await ask<{ events: number; orphans: number }>(
        urls.postgres,
        `select (select count(*)::int from comment c where not exists
                  (select from comment_event e where e.site_id = c.site_id and e.comment_id = c.id)) as events,
                (select count(*)::int from comment_event e where not exists
                  (select from comment c where c.site_id = e.site_id and c.id = e.comment_id)) as orphans`,
      );
      expect(torn).toEqual({ events: 0, orphans: 0 });
    });
  });
});

describe('a restore', () => {
  it('is refused where rows are, and says what to do', async () => {
    const before = await contents(stage.files.urls.postgres);
    const { code, err } = await restoreHere(stage.files.urls);
    expect(code).toBe(1);
    expect(err).toMatch(/^winnow: The database is not empty: .* Restore into an empty one: a new DATA_DIR, or a new/);
    expect(await contents(stage.files.urls.postgres)).toEqual(before);
  });

  it('finds every changed byte of the packed file, and keeps nothing', async () => {
    const bytes = await readFile(file);
    await onEmpty(async (urls) => {
      for (const place of [0.2, 0.5, 0.8, 0.999]) {
        const changed = Buffer.from(bytes);
        const at = Math.floor(bytes.length * place);
        changed[at] = changed[at]! ^ 1;
        const path = join(folder, `changed-${place}`);
        await writeFile(path, changed);
        const { code, err } = await restoreHere(urls, path);
        expect({ place, code, err }).toEqual({ place, code: 1, err: expect.stringContaining('damaged') as string });
      }
      const left = await ask<{ n: number }>(urls.postgres, 'select count(*)::int as n from comment');
      expect(left).toEqual([{ n: 0 }]);
    });
  });

  it('finds a row that was changed with care, inside a whole archive', async () => {
    const tar = gunzipSync(await readFile(file));
    const at = tar.indexOf('Ada Lovelace');
    tar.write('Eva', at);
    const path = join(folder, 'forged');
    await writeFile(path, gzipSync(tar));
    await onEmpty(async (urls) => {
      const { code, err } = await restoreHere(urls, path);
      expect(code).toBe(1);
      expect(err).toMatch(/^winnow: The backup is damaged: the rows of \w+ are not those that were written\./);
    });
  });

  it('finds a file that was cut off, also between two of its parts', async () => {
    const tar = gunzipSync(await readFile(file));
    const path = join(folder, 'short');
    await writeFile(path, gzipSync(tar.subarray(0, tar.indexOf('manifest.json'))));
    await onEmpty(async (urls) => {
      const { code, err } = await restoreHere(urls, path);
      expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('damaged') as string });
    });
  });

  it.each([
    ['text', Buffer.from('not a backup\n')],
    ['an archive of something else', gzipSync(Buffer.alloc(2048))],
    ['nothing', Buffer.alloc(0)],
  ])('refuses %s and leaves the database as it was', async (_, bytes) => {
    const path = join(folder, 'other');
    await writeFile(path, bytes);
    await onEmpty(async (urls) => {
      const { code, err } = await restoreHere(urls, path);
      expect(code).toBe(1);
      expect(err).toMatch(/^winnow: .*no backup of Winnow[^\n]*\n$/);
      expect(await contents(urls.postgres)).toEqual({});
    });
  });

  it('refuses a backup of a newer Winnow', async () => {
    const tar = gunzipSync(await readFile(file)).toString('latin1');
    const newest = schema.migrations.at(-1)!.name;
    const path = join(folder, 'newer');
    await writeFile(path, gzipSync(Buffer.from(tar.replace(newest, newest.replace(/..$/, '99')), 'latin1')));
    await onEmpty(async (urls) => {
      const { code, err } = await restoreHere(urls, path);
      expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('a newer Winnow') as string });
    });
  });

  it('names a file that is not there', async () => {
    const { code, err } = await winnow(['restore', join(folder, 'gone')], {});
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('cannot be read (ENOENT)') as string });
  });

  it('can be repeated after it was stopped in the middle', async () => {
    const bytes = await readFile(file);
    await onEmpty(async (urls) => {
      const stop = new AbortController();
      async function* stopping(): AsyncGenerator<Buffer> {
        yield bytes.subarray(0, bytes.length / 2);
        await waitUntil(async () => {
          const busy = await ask(urls.postgres, `select from pg_stat_activity where query like 'copy %stdin'`);
          return busy.length > 0;
        }, 'rows are being copied');
        stop.abort();
        yield bytes.subarray(bytes.length / 2);
      }
      const source = Readable.from(stopping());
      const stopped = await winnow(['restore', '-'], serviceOn(urls), { in: source, interrupted: stop.signal });
      expect(stopped).toMatchObject({ code: 1, err: expect.stringContaining('Stopped') as string });
      expect((await restoreHere(urls)).code).toBe(0);
      expect(await contents(urls.postgres)).toEqual(saved);
    });
  });

  it('goes into a database that only `winnow migrate` has seen', async () => {
    await onEmpty(async (urls) => {
      expect((await winnow(['migrate'], serviceOn(urls))).code).toBe(0);
      expect((await restoreHere(urls)).code).toBe(0);
    });
  });

  it('takes a backup of an older Winnow and brings it up to this one', async () => {
    const { older, newer } = { older: schema.migrations.slice(0, -3), newer: schema.migrations.slice(-3) };
    const path = join(folder, 'older');
    await onEmpty(async (urls) => {
      expect((await restoreHere(urls)).code).toBe(0);
      const { prepareDatabase } = await import('../../src/prepare-database.js');
      await prepareDatabase(
        { ownerUrl: urls.owner, superuserUrl: urls.postgres, appRole: 'app' },
        older.map(({ name }) => name),
      );
      expect((await winnow(['backup', path], serviceOn(urls))).code).toBe(0);
    });
    await onEmpty(async (urls) => {
      const { code, out } = await restoreHere(urls, path);
      expect(code).toBe(0);
      expect(out.match(/^Ran .*$/gm)).toEqual(newer.map(({ name }) => `Ran        ${name}`));
      expect(await ask(urls.postgres, 'select count(*)::int as n from comment')).toEqual([
        { n: expect.any(Number) as number },
      ]);
    });
  });

  it.each([[['backup']], [['restore', 'a', 'b']], [['backup', '--all', 'x']]])(
    '%j is a wrong command line',
    async (args) => {
      expect((await winnow(args, {})).code).toBe(2);
    },
  );
});
