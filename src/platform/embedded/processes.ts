import { readFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { errorCode } from './embedded-postgres-fault.js';

/*
 * What can be known of another process by its id. Ids are used again, soon in a container, so nobody here is signalled
 * or trusted by the id alone.
 */

/** True when a process has this id; one that we may not signal exists too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** When the process started, in clock ticks since boot, as text; '' where the system does not say (not Linux, or no such process). */
export async function startedAt(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // Field 22 of proc(5); the second field is the program's name in brackets and may itself hold spaces and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** True when the process is the PostgreSQL that this module started on the folder: its command line says so. */
export async function isServerOf(pid: number, clusterFolder: string): Promise<boolean> {
  const words = await commandLine(pid);
  return words.includes('/bin/postgres ') && words.includes(` -D ${clusterFolder} `);
}

async function commandLine(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') {
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    }
    const { stdout } = await promisify(execFile)('/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
    return stdout;
  } catch {
    return '';
  }
}
