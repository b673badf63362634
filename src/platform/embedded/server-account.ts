import { userInfo } from 'node:os';
import { EmbeddedPostgresFault } from './embedded-postgres-fault.js';
import { runProgram } from './run-program.js';
import type { ServerAccount } from './server-identity.js';

/*
 * PostgreSQL refuses to run as root. When we are root it gets an account of its own and node stays what it is; an
 * ordinary user runs it as itself.
 */

const ACCOUNT_NAME = 'winnow';

// useradd looks whether the name is free before it takes its own lock: of two first starts at once the second would
// replace the account of the first by one with another number, and the first could not use its own files any more.
const MAKE_ACCOUNT = `if command -v flock; then exec 9>"$2"; flock 9; fi
id -u "$1" || useradd --system --user-group --no-create-home "$1"`;

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The name of the user who runs this process, by which PostgreSQL knows its client. */
export function operatingSystemUser(): string {
  try {
    return userInfo().username;
  } catch (error) {
    throw new EmbeddedPostgresFault(
      `The embedded PostgreSQL needs a user with a name, and uid ${process.getuid?.() ?? '?'} has no entry in /etc/passwd: set DATABASE_URL.`,
      { cause: error },
    );
  }
}

/** Finds or makes the account of the server; root only. Where none can be made it is `nobody`, and a notice says so. */
export async function findServerAccount(lockFile: string, notices: string[]): Promise<ServerAccount> {
  const found = (await lookUp(ACCOUNT_NAME)) ?? (await makeAccount(lockFile));
  if (found !== undefined) {
    return found;
  }
  const nobody = await lookUp('nobody');
  if (nobody === undefined) {
    throw new EmbeddedPostgresFault(
      `PostgreSQL does not run as root, and no account could be made for it: start as an ordinary user, or set DATABASE_URL.`,
    );
  }
  notices.push(
    `PostgreSQL runs as nobody, because the account ${ACCOUNT_NAME} could not be made; other services may share that account.`,
  );
  return nobody;
}

/** True when the account may enter the folder and everything above it. Asked of the system: mode bits do not tell all. */
export async function mayEnter(account: ServerAccount, folder: string): Promise<boolean> {
  try {
    const { problem } = await runProgram('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], account);
    return problem === undefined;
  } catch (error) {
    throw new EmbeddedPostgresFault(
      `PostgreSQL does not run as root, and this process may not start it as uid ${account.uid}: start as an ordinary user, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

async function makeAccount(lockFile: string): Promise<ServerAccount | undefined> {
  await runProgram('/bin/sh', ['-c', MAKE_ACCOUNT, 'sh', ACCOUNT_NAME, lockFile]);
  return lookUp(ACCOUNT_NAME);
}

async function lookUp(name: string): Promise<ServerAccount | undefined> {
  const uid = await runProgram('id', ['-u', name]);
  const gid = await runProgram('id', ['-g', name]);
  return uid.problem === undefined && gid.problem === undefined
    ? { uid: Number(uid.output), gid: Number(gid.output) }
    : undefined;
}
