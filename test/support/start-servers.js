import { existsSync } from 'node:fs';
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM } from './chromium.js';
import { openGuard } from './guard.js';
import { startRedis } from './redis-server.js';

/*
 * Jest's globalSetup: a PostgreSQL and, where `redis-server` is installed, a Redis for this run alone, and the database
 * that every test database is copied from. What it starts ends with the run, however the run ends.
 */

const TEMPLATE = 'winnow_template';
const IN_MEMORY = '/dev/shm';
const ROOM_BYTES = 4 * 1024 ** 3;

// A test database may be lost with the machine, so nothing waits for the disk.
const QUICK = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

// For postgres-log.ts: in a file, each line with its database and its SQLSTATE.
const LOG = { logging_collector: 'on', log_filename: 'postgres.log', log_line_prefix: '%d %e ' };
const SETTINGS = { ...QUICK, ...LOG };

/** Starts the servers once, however many projects name this file, and counts who uses them. */
export default async function startServers() {
  if (globalThis.winnowTestServers !== undefined) {
    globalThis.winnowTestServers.users += 1;
    return;
  }
  const { startEmbeddedPostgres, ensureDatabase } = await compiled('platform/embedded/embedded-postgres.js');
  const { prepareDatabase } = await compiled('prepare-database.js');
  const run = await openRun();
  try {
    const postgres = await startEmbeddedPostgres({ dataDirectory: run.folder, settings: SETTINGS });
    run.atTheEnd(() => postgres.stop());
    run.alsoRemove(postgres.dataDirectory);
    await offerRedis(run);
    await ensureDatabase(postgres, TEMPLATE);
    await prepareDatabase({
      ownerUrl: postgres.url('owner', TEMPLATE),
      superuserUrl: postgres.url('postgres', TEMPLATE),
      appRole: 'app',
      queueUrl: postgres.url('queue', TEMPLATE),
    });
    process.env.TEST_POSTGRES = JSON.stringify(urlsByRole(postgres));
  } catch (error) {
    await run.close();
    throw error;
  }
  globalThis.winnowTestServers = { users: 1, close: run.close };
}

async function compiled(path) {
  const file = new URL(`../../dist/${path}`, import.meta.url);
  if (!existsSync(file)) {
    throw new Error(`dist/${path} is missing: run npm run build (npm test does it first).`);
  }
  return import(file.href);
}

/** The URL of each role, with `DATABASE` where a worker puts the name of its own database. */
function urlsByRole(postgres) {
  const roles = ['postgres', 'owner', 'app', 'queue'];
  return Object.fromEntries(roles.map((role) => [role, postgres.url(role, 'DATABASE')]));
}

async function offerRedis(run) {
  const isRequired = process.env.REQUIRE_SERVERS === '1';
  const redis = await startRedis(run.folder);
  if (redis !== undefined) {
    run.atTheEnd(redis.stop);
    run.alsoKill(redis.pid);
    process.env.TEST_REDIS_URL = redis.url;
  } else if (isRequired) {
    throw new Error('REQUIRE_SERVERS=1 asks for redis-server, and there is none on the PATH: install it.');
  } else {
    console.warn('\nSKIPPING every suite on Redis: there is no redis-server on the PATH.\n');
  }
  if (isRequired && CHROMIUM === undefined) {
    throw new Error(
      'REQUIRE_SERVERS=1 asks for Chromium, and there is none in /usr/bin: install chromium-headless-shell.',
    );
  }
}

/**
 * In memory where there is room, as on most Linuxes but in few containers: copying and dropping a database costs a
 * quarter of a second of processor on a disk, and a tenth of that here.
 */
async function roomyFolder() {
  const room = await statfs(IN_MEMORY).catch(() => undefined);
  const hasRoom = room !== undefined && room.bavail * room.bsize >= ROOM_BYTES;
  return hasRoom && process.env.TMPDIR === undefined ? IN_MEMORY : tmpdir();
}

/** The folder of the run and the list of what must end with it. */
async function openRun() {
  const folder = await mkdtemp(join(await roomyFolder(), 'winnow-test-'));
  const folders = new Set([folder]);
  const steps = [];
  const guard = openGuard();
  guard.remove(folder);
  return {
    folder,
    atTheEnd: (step) => steps.unshift(step),
    alsoRemove: (path) => {
      folders.add(path);
      guard.remove(path);
    },
    alsoKill: guard.kill,
    close: async () => {
      for (const step of steps) {
        await step();
      }
      for (const path of folders) {
        await rm(path, { recursive: true, force: true });
      }
      guard.close();
    },
  };
}
