import { userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresFault } from './embedded-postgres-fault.js';
import { runProgram } from './run-program.js';

/*
 * PostgreSQL refuses to run as root. When we are root it gets an account of its own and node stays what it is; an
 * ordinary user runs it as itself.
 */

export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

const ACCOUNT_NAME = 'winnow';

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

/** Finds or makes the account of the server; root only. Where no account can be made it is `nobody`, which the notice says. */
export async function findServerAccount(notices: string[]): Promise<ServerAccount> {
  const found = (await lookUp(ACCOUNT_NAME)) ?? (await makeAccount());
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

async function makeAccount(): Promise<ServerAccount | undefined> {
  const made = await runProgram('useradd', ['--system', '--user-group', '--no-create-home', ACCOUNT_NAME]);
  if (made.problem?.includes('exists') !== true) {
    return lookUp(ACCOUNT_NAME);
  }
  // Two first starts at once: the other useradd has written the group and not yet the user.
  for (let attempt = 0; attempt < 20; attempt++) {
    const found = await lookUp(ACCOUNT_NAME);
    if (found !== undefined) {
      return found;
    }
    await delay(50);
  }
  return undefined;
}

async function lookUp(name: string): Promise<ServerAccount | undefined> {
  const uid = await runProgram('id', ['-u', name]);
  const gid = await runProgram('id', ['-g', name]);
  return uid.problem === undefined && gid.problem === undefined
    ? { uid: Number(uid.output), gid: Number(gid.output) }
    : undefined;
}
