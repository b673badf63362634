import { execFile } from 'node:child_process';
import type { ServerAccount } from './server-identity.js';

// Nothing of our environment goes to a child: PGDATA, LD_PRELOAD or a locale of the operator's shell would change what
// it does. The path serves the account programs (useradd), which lie in sbin.
const PROGRAM_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };

export interface ProgramResult {
  readonly output: string;
  /** What it said when it failed, as one line; undefined when it ended well. */
  readonly problem: string | undefined;
}

/** Runs a program to its end, as the account when there is one, in `/` (a folder closed to the account would fail it). */
export async function runProgram(
  path: string,
  words: readonly string[],
  account?: ServerAccount,
): Promise<ProgramResult> {
  const identity = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  return new Promise((resolve) => {
    execFile(path, words, { ...identity, cwd: '/', env: PROGRAM_ENVIRONMENT }, (error, stdout, stderr) => {
      const problem = error === null ? undefined : (stderr.trim() || error.message).replaceAll(/\s*\n\s*/g, ' ');
      resolve({ output: stdout.trim(), problem });
    });
  });
}
