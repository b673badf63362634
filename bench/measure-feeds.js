// P6 to P8: what readers get. A thread of 100 comments from memory, unchanged, from the database, and right after a
// moderator has changed it.
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { startBareFastify, startPlainNode } from './contestants.js';
import { HttpConnection, requestText } from './http-connection.js';
import { PEERS } from './rows.js';
import { column, interleave, median, ratio, spread, withSpread } from './statistics.js';
import { untilEmpty, waitingOn, Winnow } from './winnow.js';

const COMMENTS = 100;
const ARTICLE = 'warm';
const CONNECTIONS = 16;
/** Read once each, so that none is in memory. */
const COLD_ARTICLES = 400;
const CHANGES = 40;
const ARTICLE_PATH = `/v1/sites/demo/articles/${ARTICLE}`;
const THREAD = `${ARTICLE_PATH}/comments?limit=${COMMENTS}`;

const AS_BROWSERS = ['accept-encoding: gzip, deflate, br'];

/** What the thread's page needs, in one statement, by a login that no policy binds: the least that a read can cost. */
const ONE_QUERY = `
  select c.id, c.parent_id, c.author_name, c.author_url, c.html, c.language, c.submitted_at, c.published_at, c.edited_at
    from comment c where c.site_id = $1 and c.article_id = $2 and c.status = 'published'
   order by c.published_at, c.id limit ${COMMENTS + 1}`;

export const feeds = {
  rows: ['P6', 'P7', 'P8'],
  estimate: ({ seconds, rounds }) => 20 + 8 * seconds + rounds * (8 * seconds + 5),

  async measure(run) {
    const winnow = await Winnow.start(run.processes, { dataDirectory: `${run.processes.folder}/feeds` });
    const bare = await startBareFastify(run);
    const plain = await startPlainNode(run);
    const database = new pg.Client({ connectionString: await winnow.databaseUrl() });
    await database.connect();
    const client = await winnow.signIn();
    try {
      const ids = await publishComments(run, winnow, client);
      await copyToColdArticles(database, COLD_ARTICLES * (run.rounds + 1));
      run.say(`  ${COMMENTS} comments are published under one article, and copied to ${COLD_ARTICLES} for each round`);
      const results = await readInRounds(run, { winnow, bare, plain }, client);
      const changes = run.wants('P8') ? await changeAndRead(run, { winnow, client, database, ids }) : null;
      recordRows(run, results, changes);
    } finally {
      client.close();
      await database.end();
      await plain.stop();
      await bare.stop();
      await winnow.stop();
    }
  },
};

async function publishComments(run, winnow, client) {
  const job = { url: winnow.url, connections: 4, count: COMMENTS, article: ARTICLE, keepsIds: true, onlyHam: true };
  const { ids } = await run.load.submit(job);
  await untilEmpty(() => waitingOn(client, 'demo'));
  await client.must('POST', '/v1/sites/demo/moderation/decisions', { action: 'publish', ids });
  const { body } = await client.ask('GET', THREAD);
  if (body.comments?.length !== COMMENTS) throw new Error(`the thread has ${body.comments?.length} comments`);
  return ids;
}

/** Every column as it stands but the ids, whatever columns there are. */
async function copyToColdArticles(database, count) {
  await database.query('set session_replication_role = replica');
  const columnsOf = async (table, but) => {
    const { rows } = await database.query(
      `select string_agg(quote_ident(column_name), ', ') as list from information_schema.columns
        where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' and column_name <> all($2)`,
      [table, but],
    );
    return rows[0].list;
  };
  const articleColumns = await columnsOf('article', ['id', 'key']);
  const commentColumns = await columnsOf('comment', ['id', 'article_id']);
  await database.query(
    `insert into article (id, key, ${articleColumns})
     select md5('cold-' || n)::uuid, 'cold-' || n, ${articleColumns} from article, generate_series(0, $1::int - 1) n
      where key = '${ARTICLE}'`,
    [count],
  );
  await database.query(
    `insert into comment (id, article_id, ${commentColumns})
     select gen_random_uuid(), md5('cold-' || n)::uuid, ${commentColumns} from comment, generate_series(0, $1::int - 1) n
      where article_id = (select id from article where key = '${ARTICLE}')`,
    [count],
  );
  await database.query('analyze article, comment; set session_replication_role = default');
}

async function readInRounds(run, { winnow, bare, plain }, client) {
  const { headers } = await client.ask('GET', THREAD);
  const timed = { connections: CONNECTIONS, seconds: run.seconds };
  const unchanged = [`if-none-match: ${headers.etag}`];
  let round = 0;
  const coldPaths = () => {
    const first = COLD_ARTICLES * round++;
    return Array.from({ length: COLD_ARTICLES }, (_, number) => coldPath(first + number));
  };
  const tasks = {
    'hello world': () => run.load.get({ url: bare.url, paths: ['/hello'], ...timed }),
    'warm thread': () => run.load.get({ url: winnow.url, paths: [THREAD], ...timed }),
    'warm thread, gzip': () => run.load.get({ url: winnow.url, paths: [THREAD], headers: AS_BROWSERS, ...timed }),
    'warm feed.json': () =>
      run.load.get({ url: winnow.url, paths: [`${ARTICLE_PATH}/feed.json?limit=${COMMENTS}`], ...timed }),
    'not modified (304)': () =>
      run.load.get({ url: winnow.url, paths: [THREAD], headers: unchanged, expects: 304, ...timed }),
    'plain Node, 50 kB': () => run.load.get({ url: plain.url, paths: [THREAD], ...timed }),
    'plain Node, 304': () =>
      run.load.get({ url: plain.url, paths: [THREAD], headers: unchanged, expects: 304, ...timed }),
    'cold thread': () =>
      run.load.get({ url: winnow.url, paths: coldPaths(), connections: CONNECTIONS, count: COLD_ARTICLES }),
  };
  for (const task of Object.values(tasks)) await task();
  return interleave(run.rounds, tasks, run.say);
}

const coldPath = (number) => `/v1/sites/demo/articles/cold-${number}/comments?limit=${COMMENTS}`;

/** A decision over the API, then the first read that shows it, then the query by itself; again and again. */
async function changeAndRead(run, { winnow, client, database, ids }) {
  const { rows } = await database.query('select site_id, id from article where key = $1', [ARTICLE]);
  const parameters = [rows[0].site_id, rows[0].id];
  const connection = await HttpConnection.open(winnow.url);
  const text = requestText('GET', THREAD, new URL(winnow.url).host);
  let tag = etagOf(await connection.send(text));
  const reads = [];
  const queries = [];
  let stale = 0;
  for (let change = 0; change < CHANGES * run.rounds; change++) {
    const action = change % 2 === 0 ? 'unpublish' : 'publish';
    await client.must('POST', `${ARTICLE_PATH}/comments/${ids[(change >> 1) % COMMENTS]}/${action}`);
    let read = await timed(() => connection.send(text));
    for (; etagOf(read.value) === tag; stale++) {
      await delay(2);
      read = await timed(() => connection.send(text));
    }
    tag = etagOf(read.value);
    reads.push(read.ms);
    queries.push((await timed(() => database.query(ONE_QUERY, parameters))).ms);
  }
  connection.close();
  const chunks = (values) =>
    Array.from({ length: run.rounds }, (_, at) => median(values.slice(at * CHANGES, (at + 1) * CHANGES)));
  run.say(
    `  first read ${median(reads).toFixed(2)} ms, one query ${median(queries).toFixed(2)} ms, ${stale} stale reads`,
  );
  return { reads: chunks(reads), queries: chunks(queries), stale };
}

async function timed(work) {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
}

function etagOf({ head }) {
  return /\r\netag: *(\S+)/i.exec(head)?.[1];
}

function recordRows(run, results, changes) {
  const perSecond = (name) => column(results[name], 'perSecond');
  const hello = perSecond('hello world');
  const base = `hello world: ${withSpread(spread(hello), '/s')}`;
  run.record('P6.warm', ratio(perSecond('warm thread'), hello), base);
  run.record('P6.notModified', ratio(perSecond('not modified (304)'), hello), base);
  run.record('P6.packed', ratio(perSecond('warm thread, gzip'), hello), base);
  const warm = perSecond('warm thread');
  for (const [key, ours, theirs] of [
    ['P6.plain', 'warm thread', 'plain Node, 50 kB'],
    ['P6.plainNotModified', 'not modified (304)', 'plain Node, 304'],
  ]) {
    run.record(
      key,
      ratio(perSecond(ours), perSecond(theirs)),
      `${theirs}: ${withSpread(spread(perSecond(theirs)), '/s')}`,
    );
  }
  run.record('P7', spread(warm.map((value) => value / PEERS.remark42.reads)), withSpread(spread(warm), '/s'));
  if (changes) {
    const query = withSpread(spread(changes.queries), 'ms');
    run.record('P8', ratio(changes.reads, changes.queries), `one query: ${query}; ${changes.stale} stale reads`);
  }
  run.table(
    `Reads at ${CONNECTIONS} connections`,
    ['what', 'reads/s', 'p50 ms', 'p99 ms', 'bytes'],
    Object.entries(results).map(([name, rounds]) => [
      name,
      ...['perSecond', 'p50', 'p99', 'bytesEach'].map((member) => withSpread(spread(column(rounds, member)))),
    ]),
  );
  run.raw.feeds = { results, changes };
}
