// Who takes submissions, each behind the same face: an address, how many wait for screening, CPU used so far.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiClient } from './api-client.js';
import { cpuMsOf } from './proc-stat.js';
import { answerOf, freePort } from './processes.js';
import { waitingOn, Winnow } from './winnow.js';

/** The service, default start; with a Redis its queue is there. */
export async function startWinnow(run, name, redis) {
  const winnow = await Winnow.start(run.processes, { dataDirectory: await folderOf(run, name), redis });
  const client = await winnow.signIn();
  return {
    url: winnow.url,
    hasForm: true,
    countWaiting: () => waitingOn(client, 'demo'),
    cpuMs: () => winnow.cpuMs(),
    stop: async () => {
      client.close();
      await winnow.stop();
    },
  };
}

export async function startNaive(run, name, redis) {
  const port = await freePort();
  const words = { port, dataDirectory: await folderOf(run, name), redisUrl: redis?.url ?? null };
  const child = run.processes.startOwn('./naive.js', [JSON.stringify(words)]);
  await answerOf(child);
  const url = `http://127.0.0.1:${port}`;
  const client = new ApiClient(url);
  return {
    url,
    hasForm: false,
    countWaiting: async () => (await client.must('GET', '/waiting')).waiting,
    cpuMs: () => cpuMsOf(redis ? [child.pid, redis.pid] : [child.pid]),
    stop: () => run.processes.stop(child),
  };
}

export async function startBareFastify(run) {
  const port = await freePort();
  const child = run.processes.startOwn('./bare-fastify.js', [String(port)]);
  await answerOf(child);
  return {
    url: `http://127.0.0.1:${port}`,
    hasForm: false,
    countWaiting: () => Promise.resolve(0),
    cpuMs: () => cpuMsOf([child.pid]),
    stop: () => run.processes.stop(child),
  };
}

async function folderOf(run, name) {
  const folder = join(run.processes.folder, name);
  await mkdir(folder);
  return join(folder, 'data');
}
