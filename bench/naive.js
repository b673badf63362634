// The path that one would write first, a process of its own like the service: each request is one INSERT, awaited, and
// one BullMQ job, awaited; a worker in the same process takes one job for each comment and updates its row. It does what
// is usual to be quick: pools, prepared statements, a compiled schema, jobs removed when done. It screens nothing, which
// is to its advantage.
import { randomUUID } from 'node:crypto';
import { createPostgresBackend, createRedisBackend, runMigrations, withBackend } from 'bullmq';
import Fastify from 'fastify';
import { Redis } from 'ioredis';
import pg from 'pg';
import { ensureDatabase, startEmbeddedPostgres } from '../dist/platform/embedded/embedded-postgres.js';

const { port, dataDirectory, redisUrl } = JSON.parse(process.argv[2]);
const CONNECTIONS = 10;
/** As many as the service's SCREENING_CONCURRENCY. */
const JOBS_AT_ONCE = 16;
const DATABASE = 'naive';

// The same settings as the service's: those of the embedded default, a commit waits for the disk.
const postgres = await startEmbeddedPostgres({ dataDirectory });
await ensureDatabase(postgres, DATABASE);
const pool = new pg.Pool({ connectionString: postgres.url('owner', DATABASE), max: CONNECTIONS });
await pool.query(`
  create table if not exists comment (
    id uuid primary key, site text not null, article text not null, author_name text not null, author_email text not null,
    author_url text, body text not null, status text not null, submitted_at timestamptz not null);
  create index if not exists comment_article on comment (site, article, submitted_at);
  create index if not exists comment_waiting on comment (submitted_at) where status = 'received';`);
const { queue, worker, close } = await (redisUrl ? openOnRedis() : openOnPostgres());
for (const each of [queue, worker, pool])
  each.on('error', (error) => process.stderr.write(`naive: ${error.message}\n`));

const app = Fastify();
app.post('/v1/sites/:site/articles/:article/comments', { schema: { body: bodySchema() } }, submit);
app.get('/waiting', async () => {
  const { rows } = await pool.query(`select count(*)::int as waiting from comment where status = 'received'`);
  return rows[0];
});
await app.listen({ port, host: '127.0.0.1' });
process.send({ isReady: true });

async function submit(request, reply) {
  const { site, article } = request.params;
  const { author, body } = request.body;
  const id = randomUUID();
  await pool.query({
    name: 'insert',
    text: `insert into comment values ($1, $2, $3, $4, $5, $6, $7, 'received', now())`,
    values: [id, site, article, author.name, author.email, author.url ?? null, body],
  });
  await queue.add('screen', { id });
  return reply.code(202).send({ id, status: 'received' });
}

async function screen({ data: { id } }) {
  const { rows } = await pool.query({ name: 'read', text: 'select body from comment where id = $1', values: [id] });
  const status = /https?:/.test(rows[0].body) ? 'spam' : 'pending';
  await pool.query({
    name: 'move',
    text: `update comment set status = $2 where id = $1 and status = 'received'`,
    values: [id, status],
  });
}

function bodySchema() {
  const text = (maxLength) => ({ type: 'string', minLength: 1, maxLength });
  return {
    type: 'object',
    required: ['author', 'body'],
    properties: {
      author: {
        type: 'object',
        required: ['name', 'email'],
        properties: { name: text(100), email: text(254), url: { type: 'string', maxLength: 2048 } },
      },
      body: text(10_000),
    },
  };
}

async function openOnPostgres() {
  const own = new pg.Client({ connectionString: postgres.url('queue', DATABASE) });
  await own.connect();
  await runMigrations(own);
  await own.end();
  const connection = new pg.Pool({
    connectionString: postgres.url('queue', DATABASE),
    max: CONNECTIONS,
    options: '-c search_path=bullmq -c synchronous_commit=off',
  });
  connection.on('error', () => undefined);
  return open(
    withBackend(createPostgresBackend),
    () => connection,
    () => connection.end(),
  );
}

function openOnRedis() {
  const clients = [];
  const connect = () => {
    const client = new Redis(redisUrl, { maxRetriesPerRequest: null });
    clients.push(client);
    return client;
  };
  return open(withBackend(createRedisBackend), connect, () => clients.forEach((client) => client.disconnect()));
}

function open({ Queue, Worker }, connect, end) {
  const removed = { removeOnComplete: true };
  const jobs = new Queue('naive', { connection: connect(), defaultJobOptions: removed });
  const screening = new Worker('naive', screen, { connection: connect(), concurrency: JOBS_AT_ONCE });
  return {
    queue: jobs,
    worker: screening,
    close: async () => {
      await screening.close();
      await jobs.close();
      await end();
    },
  };
}

let isStopping = false;
async function stop() {
  if (isStopping) return;
  isStopping = true;
  await app.close();
  await close();
  await pool.end();
  await postgres.stop();
  process.exit();
}
process.on('SIGTERM', stop);
process.on('disconnect', stop);
