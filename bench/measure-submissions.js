// P1 to P5: submissions, the worker running beside them, against the naive path and against bare Fastify.
import { startBareFastify, startIntakeAlone, startNaive, startWinnow } from './contestants.js';
import { PEERS } from './rows.js';
import { column, interleave, ratio, spread, withSpread } from './statistics.js';
import { untilEmpty } from './winnow.js';

const CONNECTIONS = [16, 64];

/** Which rows need whom. */
const NEEDS = {
  winnow: ['P1', 'P2', 'P3', 'P4', 'P5'],
  'winnow on Redis': ['P3'],
  naive: ['P3'],
  'naive on Redis': ['P3'],
  'winnow, no worker': ['P4'],
  'bare Fastify': ['P4'],
};

export const submissions = {
  rows: ['P1', 'P2', 'P3', 'P4', 'P5'],
  estimate: ({ seconds, rounds, wants }) => {
    const contestants = Object.values(NEEDS).filter((rows) => rows.some(wants)).length;
    // About as long again goes into what the naive path has left in its queue.
    return contestants * (5 + CONNECTIONS.length * (warmUpSeconds(seconds) + rounds * seconds * 1.5));
  },

  async measure(run) {
    const contestants = await startAll(run);
    try {
      const tasks = {};
      for (const [name, contestant] of Object.entries(contestants)) {
        for (const connections of CONNECTIONS) {
          await submitOnce(run, contestant, connections, warmUpSeconds(run.seconds));
          tasks[`${name}, ${connections}`] = () => submitOnce(run, contestant, connections, run.seconds);
        }
      }
      const results = await interleave(run.rounds, tasks, run.say);
      for (const contestant of Object.values(contestants)) await contestant.mustHaveJudged?.();
      recordRows(run, results);
      run.table('Submissions, the worker running beside them', DETAIL_HEADS, detailLines(results));
      run.raw.submissions = results;
    } finally {
      for (const contestant of Object.values(contestants)) await contestant.stop();
    }
  },
};

const warmUpSeconds = (seconds) => Math.min(3, seconds / 2);

async function startAll(run) {
  const isWanted = (name) => NEEDS[name].some(run.wants);
  const started = {};
  if (isWanted('winnow')) started.winnow = await startWinnow(run, 'winnow');
  if (isWanted('naive')) started.naive = await startNaive(run, 'naive');
  if (isWanted('winnow on Redis')) {
    const redis = await run.redis();
    const database = (number) => ({ ...redis, url: `${redis.url}/${number}` });
    if (redis) {
      started['winnow on Redis'] = await startWinnow(run, 'winnow-redis', database(1));
      started['naive on Redis'] = await startNaive(run, 'naive-redis', database(2));
    }
  }
  if (isWanted('winnow, no worker')) started['winnow, no worker'] = await startIntakeAlone(run, 'winnow-web');
  if (isWanted('bare Fastify')) started['bare Fastify'] = await startBareFastify(run);
  run.say(`  started: ${Object.keys(started).join(', ')}`);
  return started;
}

/** One load, then the wait until all of it is screened: the CPU of a submission is paid only then. */
async function submitOnce(run, { url, hasForm, countWaiting, cpuMs }, connections, seconds) {
  const cpuBefore = cpuMs();
  const load = await run.load.submit({ url, hasForm, connections, seconds });
  const waiting = await countWaiting();
  const drain = await untilEmpty(countWaiting);
  const cpu = cpuBefore === null ? Number.NaN : cpuMs() - cpuBefore;
  if (drain.left > 0) run.say(`  ${drain.left} comments still wait two minutes after the load.`);
  return {
    ...load,
    waiting,
    drainSeconds: waiting === 0 ? 0 : drain.seconds,
    checkedPerSecond: (load.done - waiting) / load.seconds,
    throughPerSecond: load.done / (load.seconds + (waiting === 0 ? 0 : drain.seconds)),
    cpuMsEach: cpu / load.done,
    line: `${load.line}, ${waiting} wait at the end, empty after ${drain.seconds.toFixed(1)} s`,
  };
}

function recordRows(run, results) {
  const of = (name, member) => column(results[name] ?? [], member);
  const perSecond = of('winnow, 16', 'perSecond');
  for (const peer of ['waline', 'remark42', 'wordpress', 'isso', 'twikoo']) {
    const factor = spread(perSecond.map((value) => value / PEERS[peer].submissions));
    run.record(`P1.${peer}`, factor, `${withSpread(spread(perSecond), '/s')}`);
  }
  const p99 = of('winnow, 16', 'p99');
  run.record('P2', spread(p99.map((ms) => ms / PEERS.remark42.p99Ms)), withSpread(spread(p99), 'ms'));
  for (const [key, ours, theirs, member = 'perSecond'] of [
    ['P3.postgres16', 'winnow, 16', 'naive, 16'],
    ['P3.postgres64', 'winnow, 64', 'naive, 64'],
    ['P3.redis16', 'winnow on Redis, 16', 'naive on Redis, 16'],
    ['P3.redis64', 'winnow on Redis, 64', 'naive on Redis, 64'],
    ['P3.donePostgres16', 'winnow, 16', 'naive, 16', 'checkedPerSecond'],
    ['P3.donePostgres64', 'winnow, 64', 'naive, 64', 'checkedPerSecond'],
    ['P3.doneRedis16', 'winnow on Redis, 16', 'naive on Redis, 16', 'checkedPerSecond'],
    ['P3.doneRedis64', 'winnow on Redis, 64', 'naive on Redis, 64', 'checkedPerSecond'],
    ['P4.16', 'winnow, no worker, 16', 'bare Fastify, 16'],
    ['P4.64', 'winnow, no worker, 64', 'bare Fastify, 64'],
    ['P4.whole16', 'winnow, 16', 'bare Fastify, 16'],
    ['P4.whole64', 'winnow, 64', 'bare Fastify, 64'],
  ]) {
    const base = of(theirs, member);
    run.record(key, ratio(of(ours, member), base), `${theirs}: ${withSpread(spread(base), '/s')}`);
  }
  for (const [key, ours] of [
    ['P3.checkedPostgres', 'winnow, 64'],
    ['P3.checkedRedis', 'winnow on Redis, 64'],
  ]) {
    const acknowledged = of(ours, 'perSecond');
    run.record(
      key,
      ratio(of(ours, 'checkedPerSecond'), acknowledged),
      `${ours}: ${withSpread(spread(acknowledged), '/s')}`,
    );
  }
  const drains = [...of('winnow, 64', 'drainSeconds'), ...of('winnow on Redis, 64', 'drainSeconds')];
  run.record(
    'P3.backlog',
    spread(drains),
    `${Math.max(0, ...of('winnow, 64', 'waiting'))} waited at most (PostgreSQL)`,
  );
  const cpu = of('winnow, 16', 'cpuMsEach');
  run.record('P5.cpu', spread(cpu), 'service, PostgreSQL and its backends');
  run.record('P5.remark42', spread(cpu.map((ms) => ms / PEERS.remark42.cpuMs)));
}

const DETAIL_HEADS = [
  'who, connections',
  'submissions/s',
  'p50 ms',
  'p99 ms',
  'checked/s during the load',
  'submitted to screened/s',
  'waiting at the end',
  'empty after s',
  'CPU ms each',
];

function detailLines(results) {
  const members = [
    'perSecond',
    'p50',
    'p99',
    'checkedPerSecond',
    'throughPerSecond',
    'waiting',
    'drainSeconds',
    'cpuMsEach',
  ];
  return Object.entries(results).map(([name, rounds]) => [
    name,
    ...members.map((member) => withSpread(spread(column(rounds, member)))),
  ]);
}
