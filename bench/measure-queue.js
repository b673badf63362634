// P9 and P10: a moderator's pages and searches over HTTP, on clusters of different size, one page after the other.
import { COMMON_WORDS, rareWord } from './fill.js';
import { filledDataDirectory, fillEstimate, refuseFullDisk } from './filled.js';
import { column, interleave, ratio, spread, withSpread } from './statistics.js';
import { untilEmpty, waitingOn, Winnow } from './winnow.js';

const SITE = 'site-1';
const QUEUE = `/v1/sites/${SITE}/moderation/comments`;
/** Two moderators at work; more would measure their wait for each other. */
const CONNECTIONS = 2;
const PAGES_DEEP = 15;
const RARE_WORDS = 400;
const LISTS = [
  'status=pending',
  'status=pending&sort=newest',
  'status=spam&sort=newest',
  'status=published&sort=newest',
];
const STATUSES = ['pending', 'spam', 'published'];

// The oldest of five million comments are years old: what retention would delete is what is measured.
const KEEPS_ALL = { RETENTION_SPAM_DAYS: '36500', RETENTION_IP_DAYS: '36500' };

export const queuePages = {
  rows: ['P9', 'P10'],
  estimate: ({ sizes, seconds, rounds, wants }) =>
    fillEstimate(sizes) +
    sizes.length * (8 + (rounds + 1) * seconds * ((wants('P9') ? 1 : 0) + (wants('P10') ? 2 : 0))),

  /** Before anything else is measured: a fill that fails after an hour helps nobody. */
  check: ({ sizes }) => refuseFullDisk(sizes),

  async measure(run) {
    const services = [];
    try {
      const tasks = {};
      for (const size of run.sizes) {
        const dataDirectory = await filledDataDirectory(size, run.say);
        const winnow = await Winnow.start(run.processes, { dataDirectory, environment: KEEPS_ALL });
        services.push(winnow);
        Object.assign(tasks, await tasksOf(run, winnow, size));
      }
      // A round that does not count fills PostgreSQL's memory and lets each process compile what it runs.
      for (const task of Object.values(tasks)) await task();
      const results = await interleave(run.rounds, tasks, run.say);
      recordRows(run, results);
    } finally {
      for (const winnow of services) await winnow.stop();
    }
  },
};

async function tasksOf(run, winnow, size) {
  const client = await winnow.signIn();
  const { left } = await untilEmpty(() => waitingOn(client, SITE));
  if (left > 0) throw new Error(`${left} comments of the fill are never screened`);
  const load = (paths) => () =>
    run.load.get({
      url: winnow.url,
      paths,
      headers: client.headerLines,
      connections: CONNECTIONS,
      seconds: run.seconds,
    });
  const pages = await queuePaths(client);
  client.close();
  run.say(`  ${size.toLocaleString('en')} comments: ${pages.length} different pages of the queue`);
  return {
    ...(run.wants('P9') && { [taskName('pages', size)]: load(pages) }),
    ...(run.wants('P10') && {
      [taskName('rare words', size)]: load(
        Array.from({ length: RARE_WORDS }, (_, at) => search(rareWord(at * 81), at)),
      ),
      [taskName('common words', size)]: load(COMMON_WORDS.flatMap((word) => STATUSES.map((_, at) => search(word, at)))),
    }),
  };
}

const taskName = (what, size) => `${what}, ${size.toLocaleString('en')}`;
const search = (word, number) => `${QUEUE}?q=${word}&status=${STATUSES[number % STATUSES.length]}`;

/** First pages, pages further down by their cursors, and the queues of single articles. */
async function queuePaths(client) {
  const paths = [];
  for (const list of LISTS) {
    let cursor = '';
    for (let page = 0; page < PAGES_DEEP && cursor !== null; page++) {
      const path = `${QUEUE}?${list}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      paths.push(path);
      cursor = (await client.must('GET', path)).nextCursor;
    }
  }
  const articles = Array.from({ length: PAGES_DEEP }, (_, number) => number * 7);
  return [...paths, ...articles.map((number) => `/v1/sites/${SITE}/articles/article-${number}/moderation/comments`)];
}

function recordRows(run, results) {
  const [smallest, largest] = [run.sizes[0], run.sizes.at(-1)];
  const p99 = (what, size) => column(results[taskName(what, size)] ?? [], 'p99');
  const at = `at ${largest.toLocaleString('en')} comments`;
  if (run.wants('P9')) {
    const base = p99('pages', smallest);
    const against = `at ${smallest.toLocaleString('en')}: ${withSpread(spread(base), 'ms')}`;
    run.record('P9.ratio', ratio(p99('pages', largest), base), `${at}; ${against}`);
    run.record('P9.ms', spread(p99('pages', largest)), at);
  }
  if (run.wants('P10')) {
    run.record('P10.rare', spread(p99('rare words', largest)), at);
    run.record('P10.common', spread(p99('common words', largest)), at);
  }
  run.table(
    `The queue over HTTP, ${CONNECTIONS} connections`,
    ['what, comments', 'requests/s', 'p50 ms', 'p99 ms', 'slowest ms'],
    Object.entries(results).map(([name, rounds]) => [
      name,
      ...['perSecond', 'p50', 'p99', 'most'].map((member) => withSpread(spread(column(rounds, member)))),
    ]),
  );
  run.raw.queue = results;
}
