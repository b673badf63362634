import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  EmbeddedPostgresFault,
  ensureDatabase,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/platform/embedded/embedded-postgres.js';
import { waitUntil } from '../support/wait-until.js';

/*
 * The embedded PostgreSQL with real processes: what is killed here is a node of its own that runs the compiled runner.
 * A second start must find what the first left, however the first ended.
 */

const RUNNER = new URL('../../dist/platform/embedded/embedded-postgres.js', import.meta.url).href;

// Says on its output what it got, keeps running, and stops in order when its input ends.
const OWNER_SCRIPT = `
  const { startEmbeddedPostgres } = await import(process.argv[1]);
  const postgres = await startEmbeddedPostgres({ dataDirectory: process.argv[2] });
  const { owned, dataDirectory, notices } = postgres;
  console.log(JSON.stringify({ owned, dataDirectory, notices, url: postgres.url('postgres', 'postgres') }));
  process.stdin.resume().on('end', async () => { await postgres.stop(); process.exit(0); });`;

interface Owner {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly owned: boolean;
  readonly dataDirectory: string;
  readonly notices: readonly string[];
  readonly url: string;
}

const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === 'linux';

// Root's temporary folder may be private, and then the data would lie elsewhere; one test looks at that on purpose.
const openFolder = isRoot ? '/var/tmp' : tmpdir();
const mayUseTemporaryFolder =
  !isRoot || spawnSync('/bin/ls', [tmpdir()], { uid: 65_534, gid: 65_534, cwd: '/' }).status === 0;

const owners: ChildProcess[] = [];
const servers = new Set<number>();
const folders = new Set<string>();

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(openFolder, 'winnow-embedded-'));
  folders.add(folder);
  return folder;
}

async function startOwner(dataDirectory: string): Promise<Owner> {
  const words = ['--input-type=module', '--eval', OWNER_SCRIPT, RUNNER, dataDirectory];
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  owners.push(child);
  let line = '';
  for await (const text of child.stdout) {
    line += String(text);
    if (line.endsWith('\n')) break;
  }
  const said = JSON.parse(line) as Omit<Owner, 'process' | 'pid'>;
  folders.add(said.dataDirectory);
  servers.add(serverOf(said.dataDirectory));
  return { ...said, process: child, pid: child.pid! };
}

async function stopOwner(owner: Owner): Promise<void> {
  const ended = once(owner.process, 'exit');
  owner.process.stdin!.end();
  await ended;
}

async function kill(owner: Owner): Promise<void> {
  const ended = once(owner.process, 'exit');
  owner.process.kill('SIGKILL');
  await ended;
}

async function startHere(dataDirectory: string): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDirectory });
  folders.add(postgres.dataDirectory);
  servers.add(serverOf(postgres.dataDirectory));
  return postgres;
}

async function faultOf(dataDirectory: string): Promise<string> {
  const fault: unknown = await startEmbeddedPostgres({ dataDirectory }).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(fault).toBeInstanceOf(EmbeddedPostgresFault);
  return (fault as Error).message;
}

function lockFileOf(dataDirectory: string): string {
  return join(dataDirectory, 'cluster-18', 'postmaster.pid');
}

function serverOf(dataDirectory: string): number {
  return Number.parseInt(readFileSync(lockFileOf(dataDirectory), 'utf8'), 10);
}

/** A zombie counts as ended: nobody can signal it, and its parent reaps it when it likes. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isLinux || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function untilEnded(pid: number, what: string, withinMs?: number): Promise<void> {
  await waitUntil(() => !isRunning(pid), what, withinMs);
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

afterEach(async () => {
  for (const child of owners.splice(0)) {
    child.kill('SIGKILL');
  }
  for (const pid of servers) {
    if (isRunning(pid)) process.kill(pid, 'SIGINT');
    await untilEnded(pid, `the server ${pid} of a test has ended`);
  }
  servers.clear();
});

afterAll(async () => {
  for (const folder of folders) {
    await rm(folder, { recursive: true, force: true });
  }
});

describe('a cluster of one owner', () => {
  let data: string;

  beforeAll(async () => {
    data = await newFolder();
    await (await startHere(data)).stop();
  });

  it('keeps its rows from one start to the next', async () => {
    const first = await startHere(data);
    expect(first.owned).toBe(true);
    expect(first.version).toMatch(/^18\./);
    await query(first.url('postgres', 'postgres'), 'create table kept as select 42 as answer');
    await first.stop();
    expect(existsSync(lockFileOf(data))).toBe(false);

    const second = await startHere(data);
    expect(await query(second.url('postgres', 'postgres'), 'select * from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it('makes the roles and the database once, though two ask for them together and again', async () => {
    const postgres = await startHere(data);
    await Promise.all([ensureDatabase(postgres, 'a "name"'), ensureDatabase(postgres, 'a "name"')]);
    await ensureDatabase(postgres, 'a "name"');
    const as = (role: 'owner' | 'app' | 'queue', text: string) => query(postgres.url(role, 'a "name"'), text);
    await as('owner', 'create table thing (id int)');
    await as('queue', 'create schema jobs');
    await expect(as('app', 'create table other (id int)')).rejects.toThrow('permission denied for schema public');
    await expect(as('app', 'create schema other')).rejects.toThrow('permission denied for database');
    await expect(as('app', 'set role owner')).rejects.toThrow('permission denied to set role');
    await postgres.stop();
  });

  it('listens on its socket only and lets nobody else into its folder', async () => {
    const postgres = await startHere(data);
    const [settings] = await query(
      postgres.url('postgres', 'postgres'),
      `select current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync`,
    );
    expect(settings).toEqual({ addresses: '', fsync: 'on' });
    expect(statSync(join(data, 'run')).mode & 0o777).toBe(0o700);
    expect(statSync(join(data, 'cluster-18')).mode & 0o777).toBe(0o700);
    await postgres.stop();
  });

  it('takes the settings of the caller over its own', async () => {
    const postgres = await startEmbeddedPostgres({ dataDirectory: data, settings: { max_connections: '7' } });
    expect(await query(postgres.url('postgres', 'postgres'), 'show max_connections')).toEqual([
      { max_connections: '7' },
    ]);
    await postgres.stop();
  });

  it('tells its log when the server is killed under it, and starts again', async () => {
    const postgres = await startHere(data);
    process.kill(serverOf(data), 'SIGKILL');
    expect(await postgres.died).toEqual(expect.any(String));
    await postgres.stop();
    const next = await startHere(data);
    expect(next.owned).toBe(true);
    await next.stop();
  });

  it('ends within seconds when its owner is killed, and the next start is normal', async () => {
    const owner = await startOwner(data);
    const server = serverOf(data);
    await kill(owner);
    await untilEnded(server, 'the guard has ended the server', 5_000);
    const next = await startHere(data);
    expect(next.owned).toBe(true);
    expect(next.notices.join()).not.toContain('died');
    await next.stop();
  });

  it('starts beside a guard that is still ending the server of a killed owner', async () => {
    const owner = await startOwner(data);
    const server = serverOf(data);
    await kill(owner);
    const next = await startHere(data);
    expect(next.owned).toBe(true);
    expect(serverOf(data)).not.toBe(server);
    await next.stop();
  });

  (isLinux ? it : it.skip)('replaces an orphan whose owner and guard are both dead', async () => {
    const owner = await startOwner(data);
    const server = serverOf(data);
    const children = readFileSync(`/proc/${owner.pid}/task/${owner.pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .map(Number);
    const guard = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('/bin/sh'))!;
    process.kill(guard, 'SIGKILL');
    await untilEnded(guard, 'the guard is dead');
    await kill(owner);
    expect(isRunning(server)).toBe(true);

    const next = await startHere(data);
    expect(next.owned).toBe(true);
    expect(next.notices.join()).toContain(`process ${owner.pid}, had died`);
    expect(isRunning(server)).toBe(false);
    await next.stop();
  });

  it('starts over a postmaster.pid that names another living program', async () => {
    await writeFile(lockFileOf(data), `${process.pid}\n${data}\n1700000000\n5432\n${join(data, 'run')}\n\n`);
    const postgres = await startHere(data);
    expect(postgres.owned).toBe(true);
    expect(postgres.notices.join()).toContain(`named process ${process.pid}, which is another program`);
    await postgres.stop();
  });

  it('sweeps what a killed start left half made, once it is an hour old', async () => {
    const [old, young] = [join(data, 'cluster-18.making-older'), join(data, 'cluster-18.making-young')];
    await Promise.all([mkdir(old), mkdir(young)]);
    const twoHoursAgo = Date.now() / 1000 - 7_200;
    await utimes(old, twoHoursAgo, twoHoursAgo);
    await (await startHere(data)).stop();
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  });
});

describe('several processes', () => {
  it('shares one cluster between two first starts at once, and only its owner ends it', async () => {
    const data = await newFolder();
    const both = await Promise.all([startOwner(data), startOwner(data)]);
    const owner = both.find((each) => each.owned)!;
    const guest = both.find((each) => !each.owned)!;
    expect(both.map((each) => each.owned).sort()).toEqual([false, true]);
    expect((await readdir(data)).filter((name) => name.includes('making'))).toEqual([]);
    expect(guest.notices.join()).toContain(`process ${owner.pid}`);

    const server = serverOf(data);
    await stopOwner(guest);
    expect(await query(owner.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    const killed = await startOwner(data);
    await kill(killed);
    expect(killed.owned).toBe(false);
    expect(await query(owner.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await stopOwner(owner);
    expect(isRunning(server)).toBe(false);
  });

  it('gives two data directories a server each', async () => {
    const [one, other] = await Promise.all([newFolder().then(startHere), newFolder().then(startHere)]);
    await query(one.url('postgres', 'postgres'), 'create table here ()');
    await expect(query(other.url('postgres', 'postgres'), 'table here')).rejects.toThrow('does not exist');
    await Promise.all([one.stop(), other.stop()]);
  });
});

describe('where it can live', () => {
  it('refuses a cluster of another version, and says how to move it', async () => {
    const data = await newFolder();
    await (await startHere(data)).stop();
    await writeFile(join(data, 'cluster-18', 'PG_VERSION'), '19\n');
    expect(await faultOf(data)).toContain(
      'was written by PostgreSQL 19 and this version of Winnow brings PostgreSQL 18',
    );
    await rename(join(data, 'cluster-18'), join(data, 'cluster-17'));
    await writeFile(join(data, 'cluster-17', 'PG_VERSION'), '17\n');
    expect(await faultOf(data)).toMatch(/cluster-17 was written by PostgreSQL 17 .*run `winnow upgrade`/);
    expect(await readdir(data)).not.toContain('cluster-18');
  });

  (mayUseTemporaryFolder ? it : it.skip)(
    'puts the socket of a long path under the temporary folder, and refuses one that others may enter',
    async () => {
      const data = join(await newFolder(), 'long'.repeat(25));
      // The folder's parent is private to its maker, and PostgreSQL under root is another account.
      await chmod(join(data, '..'), 0o755);
      const postgres = await startHere(data);
      const socketFolder = decodeURIComponent(/host=([^&]+)/.exec(postgres.url('app', 'x'))![1]!);
      folders.add(socketFolder);
      expect(socketFolder).toMatch(new RegExp(`^${tmpdir()}/winnow-[0-9a-f]{12}$`));
      expect(await query(postgres.url('postgres', 'postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
      await postgres.stop();
      await chmod(socketFolder, 0o755);
      expect(await faultOf(data)).toContain(`${socketFolder} is not a folder of ours alone`);
    },
  );

  (isRoot ? it : it.skip)(
    'keeps the data elsewhere for root when the way to it is private, and says so each time',
    async () => {
      const data = join(await newFolder(), 'data');
      const first = await startHere(data);
      expect(first.dataDirectory).toMatch(/^\/var\/lib\/winnow\/[0-9a-f]{12}$/);
      await first.stop();
      const second = await startHere(data);
      expect(second.dataDirectory).toBe(first.dataDirectory);
      expect(second.notices.join()).toContain(`The data is in ${first.dataDirectory}`);
      await second.stop();
    },
  );

  (isRoot ? it : it.skip)('refuses a folder in use that the account of the server may not enter', async () => {
    const data = await newFolder();
    await writeFile(join(data, 'something'), 'of somebody else');
    expect(await faultOf(data)).toContain(`which may not enter ${data}`);
  });

  (isRoot ? it.skip : it)('refuses a folder that it may not write to', async () => {
    expect(await faultOf('/usr/winnow-data')).toContain('cannot keep its data in /usr/winnow-data');
  });
});
