// Reads a list of [source, flags] from standard input and writes what recheck says of each. A process of its own: among
// Jest's modules the same takes ten times as long.
import { readFileSync } from 'node:fs';

// In JavaScript, in this process: no Java, and no binary of the package.
process.env.RECHECK_SYNC_BACKEND = 'pure';
const { checkSync } = await import('recheck');

const DECIDE_WITHIN_MS = 60_000;

const answers = JSON.parse(readFileSync(0, 'utf8')).map(([source, flags]) => {
  const found = checkSync(source, flags, { checker: 'automaton', timeout: DECIDE_WITHIN_MS });
  if (found.status === 'vulnerable') return `${found.complexity.summary} for ${found.attack.pattern}`;
  return found.status === 'unknown' ? `not decided (${found.error.kind})` : found.status;
});
process.stdout.write(JSON.stringify(answers));
