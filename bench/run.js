// The benchmark: `npm run bench -- [--only P1,P6] [--rounds 3] [--seconds 8] [--sizes 100000,1000000,5000000]
// [--comments 20000] [--json file] [--clear-cache]`. See README.md. Progress goes to stderr, the tables to stdout.
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { clearCache } from './filled.js';
import { Load } from './load.js';
import { feeds } from './measure-feeds.js';
import { kills } from './measure-kills.js';
import { memory, starts } from './measure-process.js';
import { queuePages } from './measure-queue.js';
import { submissions } from './measure-submissions.js';
import { Processes } from './processes.js';
import { headline, markdownTable, rowsTable } from './report.js';
import { ROW_NAMES } from './rows.js';

const MEASUREMENTS = [submissions, feeds, queuePages, starts, memory, kills];

const say = (line) => process.stderr.write(`${line}\n`);

const options = readOptions();
if (options.clearsCache) {
  await clearCache();
  say('bench/.cache is empty.');
  process.exit();
}
const run = await openRun(options);
let isEnding = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (isEnding) return;
    isEnding = true;
    say('\nEnding what was started …');
    void run.processes.stopAll().then(() => process.exit(130));
  });
}
try {
  await measureAll(run);
} catch (error) {
  fail(error.message);
}
if (!isEnding) {
  isEnding = true;
  await run.processes.stopAll();
  if (run.records.size > 0) await report(run);
  process.exit();
}

function fail(why) {
  // An interruption pulls the ground from under what was being measured; that is no fault.
  if (isEnding) return;
  process.exitCode = 1;
  say(`\nFAILED: ${why}`);
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: ROW_NAMES.join(',') },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '8' },
      sizes: { type: 'string', default: '100000,1000000,5000000' },
      comments: { type: 'string', default: '20000' },
      json: { type: 'string' },
      'clear-cache': { type: 'boolean', default: false },
    },
  });
  const only = values.only.toUpperCase().split(',');
  const unknown = only.filter((row) => !ROW_NAMES.includes(row));
  const numbers = [values.rounds, values.seconds, values.comments, ...values.sizes.split(',')].map(Number);
  if (unknown.length > 0 || !numbers.every((value) => value > 0)) {
    say(`Rows are ${ROW_NAMES.join(', ')}; rounds, seconds, comments and sizes are positive numbers.`);
    process.exit(2);
  }
  const [rounds, seconds, comments, ...sizes] = numbers;
  return {
    wants: (row) => only.includes(row),
    rounds,
    seconds,
    comments,
    sizes: sizes.toSorted((one, other) => one - other),
    json: values.json,
    clearsCache: values['clear-cache'],
  };
}

/** What a measurement is given: the options, what to start processes and loads with, and where to put its results. */
async function openRun(given) {
  const processes = await Processes.open();
  const records = new Map();
  const tables = [];
  let redis;
  return {
    ...given,
    say,
    processes,
    load: new Load(processes),
    records,
    tables,
    raw: {},
    record: (key, measured, base = '') => {
      if (given.wants(key.split('.')[0])) records.set(key, { measured, base });
    },
    table: (title, heads, lines) => tables.push(`## ${title}\n\n${markdownTable(heads, lines)}`),
    redis: async () => {
      redis ??= await processes.startRedis();
      if (!redis) say('\n*** NO redis-server ON THE PATH: every row on Redis is left out. ***\n');
      return redis;
    },
  };
}

async function measureAll(current) {
  const wanted = MEASUREMENTS.filter(({ rows }) => rows.some(current.wants));
  const total = wanted.reduce((sum, { estimate }) => sum + estimate(current), 0);
  say(
    `About ${Math.ceil(total / 60)} minutes. Load of this machine now: ${loadavg()[0].toFixed(2)}; it should be idle.`,
  );
  for (const { check } of wanted) await check?.(current);
  const startedAt = performance.now();
  for (const measurement of wanted) {
    say(`\n${measurement.rows.filter(current.wants).join(', ')}, about ${Math.ceil(measurement.estimate(current))} s`);
    // One that fails does not take the others' results with it.
    await measurement.measure(current).catch((error) => fail(error.stack));
    if (isEnding) return;
  }
  say(`\nDone in ${((performance.now() - startedAt) / 60_000).toFixed(1)} minutes.`);
}

async function report(current) {
  const parts = [headline(current), rowsTable(current.records), ...current.tables];
  process.stdout.write(`${parts.join('\n\n')}\n`);
  if (!current.json) return;
  const { rounds, seconds, sizes, comments, raw } = current;
  const records = Object.fromEntries(current.records);
  const result = { headline: headline(current), rounds, seconds, sizes, comments, records, raw };
  await writeFile(current.json, `${JSON.stringify(result, null, 2)}\n`);
}
