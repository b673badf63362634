import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, isIPv6 } from 'node:net';
import { givenUrls } from './open-database.js';
import type { Settings } from './platform/config/settings.js';
import { withClient } from './platform/database/login.js';
import { inspectRedis } from './platform/queue/inspect-redis.js';
import { reasonOf } from './platform/reason.js';

/* Looks at all that a start needs from outside at the same time, so that an operator mends everything in one go. */

export interface FirstLook {
  /** Each of them makes the start impossible. */
  readonly faults: readonly string[];
  /** Worth saying at the start; it goes on. */
  readonly notices: readonly string[];
}

const OLDEST_SERVER = 150_000;
const EVERY_ADDRESS = ['0.0.0.0', '::'];
const CALL_WITHIN_MS = 1_000;

export async function findStartFaults(settings: Settings): Promise<FirstLook> {
  const notices = lookAtRedis(settings.redis.url);
  const faults = await Promise.all([...lookAtPorts(settings), findDatabaseFaults(settings)]);
  return { faults: faults.flat(), notices: await notices };
}

/** The fault of listening there, as a sentence; null for what only a bug can explain. */
export function describeListenFault(error: unknown, setting: string, port: number, host: string): string | null {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE') return `Port ${port} is taken; set ${setting} to another one.`;
  if (code === 'EACCES') return `Port ${port} needs more rights than this user has; set ${setting} to 1024 or more.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST ${host} is no address of this machine.`;
  return null;
}

function lookAtPorts({ role, port, workerPort, host }: Settings): Promise<string[]>[] {
  const [setting, wanted] = role === 'worker' ? ['WORKER_PORT', workerPort] : ['PORT', port];
  return wanted === 0 ? [] : [tryPort(setting, wanted, host)];
}

/**
 * Listening for a moment would be the simpler look, and would fail the requests that a balancer sends in that moment.
 * So the port is called, and the address and the right to it are tried with UDP, which nobody talks to.
 */
async function tryPort(setting: string, port: number, host: string): Promise<string[]> {
  const unbound = await tryAddress(port, host);
  const fault = unbound === null ? null : describeListenFault(unbound, setting, port, host);
  if (fault !== null) return [fault];
  const isTaken = await answers(port, host);
  return isTaken ? [describeListenFault({ code: 'EADDRINUSE' }, setting, port, host) ?? ''] : [];
}

/** @returns why this process cannot have the address, or null */
async function tryAddress(port: number, host: string): Promise<unknown> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  try {
    socket.bind(port, host);
    await once(socket, 'listening');
    return null;
  } catch (error) {
    // Another program's UDP is none of our concern.
    return (error as { code?: string }).code === 'EADDRINUSE' ? null : error;
  } finally {
    socket.close();
  }
}

async function answers(port: number, host: string): Promise<boolean> {
  const socket = connect({ port, host: EVERY_ADDRESS.includes(host) ? 'localhost' : host, timeout: CALL_WITHIN_MS });
  socket.once('timeout', () => socket.destroy(new Error('no answer')));
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/**
 * Asks with each login there is, once; with none for the embedded database, which is made at the start.
 * @returns a sentence for each that does not get in
 */
export async function findDatabaseFaults(
  settings: Settings,
  isMigrating = settings.database.migrateAtStart,
): Promise<string[]> {
  if (!settings.database.url) return [];
  const { app, owner, queue } = givenUrls(settings);
  const urls = new Map([[app, 'DATABASE_URL']]);
  if (isMigrating && !urls.has(owner)) urls.set(owner, 'MIGRATION_DATABASE_URL');
  if (!settings.redis.url && !urls.has(queue)) urls.set(queue, 'QUEUE_DATABASE_URL');
  const faults = await Promise.all([...urls].map(([url, setting]) => tryDatabase(setting, url)));
  return faults.filter((fault) => fault !== null);
}

async function tryDatabase(setting: string, url: string): Promise<string | null> {
  try {
    const version = await withClient(url, async (client) => {
      const { rows } = await client.query<{ version: number }>(
        "select current_setting('server_version_num')::int as version",
      );
      return rows[0]?.version ?? 0;
    });
    if (version >= OLDEST_SERVER) return null;
    return `The database of ${setting} is PostgreSQL ${Math.floor(version / 10_000)}; 15 or newer is needed.`;
  } catch (error) {
    return `The database of ${setting} cannot be reached (${reasonOf(error)}).`;
  }
}

/** No fault, whatever it is: comments are kept without a queue. */
async function lookAtRedis(urls: string): Promise<string[]> {
  if (!urls) return [];
  try {
    const { evictionPolicy } = await inspectRedis(urls);
    if (evictionPolicy === 'noeviction') return [];
    return [
      `Redis may throw jobs away (maxmemory-policy ${evictionPolicy}): set it to noeviction. The sweep brings them back.`,
    ];
  } catch (error) {
    const why = reasonOf(error);
    return [`The Redis of REDIS_URL does not answer (${why}); comments are kept and screened when it does.`];
  }
}
