// CPU and memory of processes, from /proc. Elsewhere than on Linux it answers null: not measured.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const IS_LINUX = process.platform === 'linux' && existsSync('/proc/self/stat');
const TICKS_PER_SECOND = IS_LINUX ? Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })) : 0;

/**
 * CPU milliseconds, user and system, that the processes and all their descendants have used so far. What ended in
 * between stands in its parent's account of children, so the sum never falls.
 */
export function cpuMsOf(pids) {
  if (!IS_LINUX) return null;
  const ticks = familyOf(pids).map(({ fields }) => {
    const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number);
    return user + system + childrenUser + childrenSystem;
  });
  return (ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND) * 1000;
}

/** Resident memory of one process in MB, now and at its highest. */
export function memoryOf(pid) {
  if (!IS_LINUX) return null;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { now: megabytes('VmRSS'), highest: megabytes('VmHWM') };
}

/** Memory in MB of the descendants alone, shared pages counted once. */
export function familyMemory(pid) {
  if (!IS_LINUX) return null;
  const kilobytes = familyOf([pid])
    .filter((member) => member.pid !== pid)
    .map((member) => Number(/^Pss:\s+(\d+) kB/m.exec(readIfThere(`/proc/${member.pid}/smaps_rollup`))?.[1] ?? 0));
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}

function familyOf(pids) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), stat: readIfThere(`/proc/${name}/stat`) }))
    .filter(({ stat }) => stat !== '')
    // The name of the program, in parentheses, may hold spaces; the fields begin behind it with the state.
    .map(({ pid, stat }) => ({ pid, fields: stat.slice(stat.lastIndexOf(')') + 2).split(' ') }));
  const wanted = new Set(pids);
  for (let size = 0; size !== wanted.size;) {
    size = wanted.size;
    for (const { pid, fields } of all) if (wanted.has(Number(fields[1]))) wanted.add(pid);
  }
  return all.filter(({ pid }) => wanted.has(pid));
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It ended while we looked.
    return '';
  }
}
