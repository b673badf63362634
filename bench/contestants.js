// Who takes submissions, each behind the same face: an address, how many wait for screening, CPU used so far.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiClient } from './api-client.js';
import { cpuMsOf } from './proc-stat.js';
import { answerOf, freePort } from './processes.js';
import { waitingOn, Winnow } from './winnow.js';

/** The service, default start; with a Redis its queue is there. */
export function startWinnow(run, name, redis) {
  return startService(run, { dataDirectory: folderOf(run, name), redis }, (client) => waitingOn(client, 'demo'));
}

/** The service as a web process whose worker is nowhere: what the route itself costs. Nothing is ever screened. */
export function startIntakeAlone(run, name) {
  return startService(run, { dataDirectory: folderOf(run, name), environment: { ROLE: 'web' } }, () => 0);
}

async function startService(run, options, countWaiting) {
  const winnow = await Winnow.start(run.processes, { ...options, dataDirectory: await options.dataDirectory });
  const client = await winnow.signIn();
  return {
    url: winnow.url,
    hasForm: true,
    countWaiting: async () => countWaiting(client),
    cpuMs: () => winnow.cpuMs(),
    mustHaveJudged: () => mustHaveJudged(client),
    stop: async () => {
      client.close();
      await winnow.stop();
    },
  };
}

/**
 * What is measured must be the whole service: a build in which the judging fails, or was taken out to see what it costs,
 * sends every comment to a person and is a fifth faster.
 * @throws Error when a comment could not be judged
 */
async function mustHaveJudged(client) {
  const path = '/v1/sites/demo/moderation/comments?reason=screening-failed&limit=1';
  const { items } = await client.must('GET', path);
  if (items.length > 0) throw new Error('The service judged nothing: its numbers mean nothing. Build it anew.');
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

/** Node alone, sending what the service sends: what is left when everything of ours is taken away. */
export async function startPlainNode(run) {
  const port = await freePort();
  const child = run.processes.startOwn('./plain-node.js', [String(port)]);
  await answerOf(child);
  return { url: `http://127.0.0.1:${port}`, stop: () => run.processes.stop(child) };
}

async function folderOf(run, name) {
  const folder = join(run.processes.folder, name);
  await mkdir(folder);
  return join(folder, 'data');
}
