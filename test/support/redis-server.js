import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/* A Redis of this run alone, on a free port, that writes nothing to disk. */

const ATTEMPTS = 3;
const READY_WITHIN_MS = 10_000;

/**
 * Starts the Redis; undefined when there is no `redis-server` on the PATH.
 * @param {string} folder its working folder
 * @returns {Promise<{ url: string, pid: number, stop: () => Promise<void> } | undefined>} the URL has no database number yet
 */
export async function startRedis(folder) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = await freePort();
    const child = spawn('redis-server', settings(port, folder), { stdio: ['ignore', 'pipe', 'ignore'] });
    const log = [];
    child.stdout.on('data', (text) => log.push(String(text)));
    const ended = once(child, 'exit').catch((error) => {
      log.push(String(error));
    });
    if (child.pid === undefined) {
      await ended;
      return undefined;
    }
    if (await isReady(port, ended)) {
      child.unref();
      child.stdout.unref();
      return { url: `redis://127.0.0.1:${port}`, pid: child.pid, stop: () => stop(child, ended) };
    }
    await stop(child, ended);
    if (attempt === ATTEMPTS - 1) {
      throw new Error(`redis-server did not start: ${log.join('').trim()}`);
    }
  }
}

function settings(port, folder) {
  return [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--databases', '256'],
    ...['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction', '--loglevel', 'warning'],
  ];
}

// Between our closing it and Redis taking it, somebody else may take the port; then Redis ends and we try another.
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function isReady(port, ended) {
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!hasEnded && Date.now() < deadline) {
    if (await answersPing(port)) {
      return !hasEnded;
    }
    await delay(20);
  }
  return false;
}

async function answersPing(port) {
  const socket = connect({ port, host: '127.0.0.1', timeout: 1_000 });
  try {
    await once(socket, 'connect');
    socket.write('PING\r\n');
    const [answer] = await once(socket, 'data');
    return String(answer).startsWith('+PONG');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function stop(child, ended) {
  child.ref();
  child.kill('SIGKILL');
  await ended;
}
