// P11 and P12: how long a start takes, and how much memory one process holds.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { familyMemory, memoryOf } from './proc-stat.js';
import { column, spread, withSpread } from './statistics.js';
import { untilEmpty, waitingOn, Winnow } from './winnow.js';

const COLD_STARTS = 3;
const IDLE_SECONDS = 10;
const CONNECTIONS = 16;

export const starts = {
  rows: ['P11'],
  estimate: ({ rounds }) => rounds * (5 + COLD_STARTS * 2.5),

  async measure(run) {
    const first = [];
    const cold = [];
    for (let round = 1; round <= run.rounds; round++) {
      const dataDirectory = await freshFolder(run, `start-${round}`);
      first.push(await startAndStop(run, dataDirectory));
      for (let again = 0; again < COLD_STARTS; again++) cold.push(await startAndStop(run, dataDirectory));
      run.say(
        `  round ${round} of ${run.rounds}: first ${first.at(-1).toFixed(2)} s, then ${cold.at(-1).toFixed(2)} s`,
      );
    }
    run.record('P11', spread(cold), `first start on an empty folder: ${withSpread(spread(first), 's')}`);
    run.raw.starts = { first, cold };
  },
};

export const memory = {
  rows: ['P12'],
  estimate: ({ rounds, comments }) => rounds * (IDLE_SECONDS + 8 + comments / 1_200),

  async measure(run) {
    const rounds = [];
    for (let round = 1; round <= run.rounds; round++) {
      rounds.push(await weigh(run, await freshFolder(run, `memory-${round}`)));
      run.say(`  round ${round} of ${run.rounds}: ${rounds.at(-1).line}`);
    }
    const of = (member) => spread(column(rounds, member));
    run.record(
      'P12.idle',
      of('idle'),
      `after ${IDLE_SECONDS} s; its PostgreSQL ${withSpread(of('postgresIdle'), 'MB')}`,
    );
    run.record(
      'P12.loaded',
      of('loaded'),
      `after ${run.comments.toLocaleString('en')}; highest ${withSpread(of('highest'), 'MB')}; its PostgreSQL ${withSpread(of('postgresLoaded'), 'MB')}`,
    );
    run.raw.memory = rounds;
  },
};

async function startAndStop(run, dataDirectory) {
  const winnow = await Winnow.start(run.processes, { dataDirectory });
  await winnow.stop();
  return winnow.startSeconds;
}

async function weigh(run, dataDirectory) {
  const winnow = await Winnow.start(run.processes, { dataDirectory });
  try {
    await delay(IDLE_SECONDS * 1000);
    const idle = memoryOf(winnow.pid);
    const postgresIdle = familyMemory(winnow.pid);
    await run.load.submit({ url: winnow.url, hasForm: true, connections: CONNECTIONS, count: run.comments });
    const client = await winnow.signIn();
    await untilEmpty(() => waitingOn(client, 'demo'));
    client.close();
    const loaded = memoryOf(winnow.pid);
    if (idle === null) return { line: 'not measured: there is no /proc' };
    return {
      idle: idle.now,
      loaded: loaded.now,
      highest: loaded.highest,
      postgresIdle,
      postgresLoaded: familyMemory(winnow.pid),
      line: `${Math.round(idle.now)} MB idle, ${Math.round(loaded.now)} MB after the comments`,
    };
  } finally {
    await winnow.stop();
  }
}

async function freshFolder(run, name) {
  await mkdir(join(run.processes.folder, name));
  return join(run.processes.folder, name, 'data');
}
