import { existsSync, readFileSync, unlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { askServer, type ServerAnswer } from './ask-server.js';
import { EmbeddedPostgresFault } from './embedded-postgres-fault.js';
import { isAlive, isServerOf, startedAt } from './processes.js';

/*
 * Finds out who has the cluster already: a server with a living owner is joined, one whose owner has died is ended, and
 * a lock file that names a stranger is removed. It starts nothing.
 */

const PATIENCE_MS = 120_000;
const POLL_MS = 100;
// A lock file may be looked at while its server is being replaced; the second look decides.
const SECOND_LOOK_MS = 300;

export interface RunningServer {
  readonly socketFolder: string;
  readonly version: string;
  readonly ownerId: number | undefined;
}

export interface LockFile {
  readonly pid: number;
  /** Empty while the server has not made its socket. */
  readonly socketFolder: string;
}

/** Reads the text of a postmaster.pid: process id, data folder, start time, port, socket folder, one a line. */
export function parseLockFile(text: string): LockFile | undefined {
  const lines = text.split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  return pid > 0 ? { pid, socketFolder: lines[4] ?? '' } : undefined;
}

export async function readLockFile(cluster: string): Promise<LockFile | undefined> {
  return parseLockFile(await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => ''));
}

/** Returns the server to join; undefined when the way is free for one of our own. */
export async function findRunningServer(cluster: string, notices: string[]): Promise<RunningServer | undefined> {
  const deadline = Date.now() + PATIENCE_MS;
  let suspect: number | undefined;
  for (;;) {
    const lock = await readLockFile(cluster);
    if (lock === undefined || !isAlive(lock.pid)) {
      return undefined;
    }
    const answer = lock.socketFolder === '' ? undefined : await askServer(lock.socketFolder);
    const isOurs = await isServerOf(lock.pid, cluster);
    if (answer !== undefined && (!isOurs || (await hasOwner(answer)))) {
      // When the id names no server of ours and yet one answers, it lives in another container, where we see no owner.
      return { socketFolder: lock.socketFolder, version: answer.version, ownerId: answer.ownerId };
    }
    if (answer !== undefined) {
      notices.push(`Ended a PostgreSQL (process ${lock.pid}) whose owner, process ${answer.ownerId ?? '?'}, had died.`);
      await endOrphan(lock.pid, cluster);
    } else if (!isOurs && suspect === lock.pid) {
      removeLockFile(join(cluster, 'postmaster.pid'), lock.pid);
      removeLockFile(join(lock.socketFolder, '.s.PGSQL.5432.lock'), lock.pid);
      notices.push(`Removed a postmaster.pid that named process ${lock.pid}, which is another program.`);
    }
    suspect = isOurs ? undefined : lock.pid;
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresFault(
        `PostgreSQL (process ${lock.pid}) holds ${cluster} and does not answer: end that process and start again.`,
      );
    }
    await delay(isOurs ? POLL_MS : SECOND_LOOK_MS);
  }
}

async function hasOwner(answer: ServerAnswer): Promise<boolean> {
  const { ownerId, ownerStartedAt } = answer;
  return ownerId === undefined || (isAlive(ownerId) && (await startedAt(ownerId)) === ownerStartedAt);
}

async function endOrphan(pid: number, cluster: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal);
    const deadline = Date.now() + 15_000;
    while (Date.now() < deadline) {
      if (!(await isServerOf(pid, cluster))) {
        return;
      }
      await delay(20);
    }
  }
}

// PostgreSQL takes a living process of its own user for its predecessor and would refuse for ever. Read again and
// removed without a pause, so that the file of a server that started meanwhile stays. Should backends of a dead server
// still run, its shared memory keeps PostgreSQL from starting beside them without this file too.
// A process that was killed and is not yet reaped counts as living, too, and the socket has a lock of its own.
function removeLockFile(path: string, pid: number): void {
  if (existsSync(path) && parseLockFile(readFileSync(path, 'utf8'))?.pid === pid) {
    unlinkSync(path);
  }
}
