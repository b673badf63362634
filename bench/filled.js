// Clusters with millions of comments, kept in bench/.cache between runs: filling five million takes minutes.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ensureDatabase, startEmbeddedPostgres } from '../dist/platform/embedded/embedded-postgres.js';
import { prepareDatabase } from '../dist/prepare-database.js';
import { fillWithComments } from './fill.js';

const CACHE = fileURLToPath(new URL('./.cache/', import.meta.url));
/** The database that the service uses in its embedded cluster. */
const DATABASE = 'winnow';
/** Measured on filled clusters: rows with their indexes, and what building the largest index sorts on disk. */
const BYTES_EACH = 2_100;
/** The log that a fill leaves behind, until it is as long as it may be. */
const LOG_BYTES_EACH = 1_500;
const LOG_BYTES = 2.2e9;
const CLUSTER_BYTES = 1e8;
const COMMENTS_PER_SECOND = 8_000;

const FILL_VERSION = createHash('sha256')
  .update(readFileSync(new URL('./fill.js', import.meta.url)))
  .digest('hex')
  .slice(0, 8);

// What is lost with the machine is filled again.
const FILL_SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  shared_buffers: '512MB',
  maintenance_work_mem: '1GB',
  max_wal_size: '2GB',
};

/** @returns seconds that filling what is not there yet will take, roughly */
export function fillEstimate(sizes) {
  return sizes
    .filter((size) => !existsSync(markOf(size)))
    .reduce((sum, size) => sum + 8 + size / COMMENTS_PER_SECOND, 0);
}

/** @throws Error that says how much room is missing */
export async function refuseFullDisk(sizes) {
  const missing = sizes.filter((size) => !existsSync(markOf(size)));
  if (missing.length === 0) return;
  await mkdir(CACHE, { recursive: true });
  const { bavail, bsize } = await statfs(CACHE);
  const wanted = missing.reduce((sum, size) => sum + bytesOf(size), 0);
  if (bavail * bsize >= wanted) return;
  const inGigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new Error(
    `Filling ${missing.map((size) => size.toLocaleString('en')).join(', ')} comments needs about ${inGigabytes(wanted)} ` +
      `in ${CACHE}; ${inGigabytes(bavail * bsize)} are free. Make room, or choose smaller --sizes.`,
  );
}

/**
 * The DATA_DIR of a cluster with so many comments, filled now if it is not there.
 * @param {number} count
 */
export async function filledDataDirectory(count, say) {
  const dataDirectory = join(CACHE, nameOf(count));
  const mark = markOf(count);
  if (existsSync(mark)) return dataDirectory;
  say(`  filling ${count.toLocaleString('en')} comments, kept in ${CACHE} for the next run`);
  const postgres = await startEmbeddedPostgres({ dataDirectory, settings: FILL_SETTINGS });
  try {
    await dropHalfFilled(postgres);
    await ensureDatabase(postgres, DATABASE);
    const url = (role) => postgres.url(role, DATABASE);
    await prepareDatabase({
      ownerUrl: url('owner'),
      superuserUrl: url('postgres'),
      appRole: 'app',
      queueUrl: url('queue'),
    });
    await fillWithComments(url('postgres'), count, (line) => say(`    ${line}`));
  } finally {
    await postgres.stop();
  }
  await writeFile(mark, `${JSON.stringify({ count, dataDirectory: postgres.dataDirectory })}\n`);
  return dataDirectory;
}

/** Forgets every cluster, wherever its data really are. */
export async function clearCache() {
  for (const name of (await readdir(CACHE).catch(() => [])).filter((each) => each.endsWith('.json'))) {
    const { dataDirectory } = JSON.parse(await readFile(join(CACHE, name), 'utf8'));
    await rm(dataDirectory, { recursive: true, force: true });
  }
  await rm(CACHE, { recursive: true, force: true });
}

async function dropHalfFilled(postgres) {
  const client = new pg.Client({ connectionString: postgres.url('postgres', 'postgres') });
  await client.connect();
  await client.query(`drop database if exists ${DATABASE} with (force)`);
  await client.end();
}

const bytesOf = (count) => CLUSTER_BYTES + count * BYTES_EACH + Math.min(LOG_BYTES, count * LOG_BYTES_EACH);

const markOf = (count) => join(CACHE, `${nameOf(count)}.json`);

// Another way to fill is another cluster. A newer schema is not: the service migrates what it finds.
function nameOf(count) {
  return `${count}-${FILL_VERSION}`;
}
