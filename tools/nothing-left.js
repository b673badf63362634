// Fails when a test run has left a server behind: a PostgreSQL of ours or a Redis of the tests, by its command line.
import { readdirSync, readFileSync } from 'node:fs';

const OURS = /postgres-18\.[^/]*\/bin\/postgres|winnow-(test|faults|migrations)-/;

const left = readdirSync('/proc')
  .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  .map((pid) => ({ pid, command: commandOf(pid) }))
  .filter(({ command }) => OURS.test(command));

for (const { pid, command } of left) console.error(`still running: ${pid} ${command}`);
process.exit(left.length === 0 ? 0 : 1);

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}
