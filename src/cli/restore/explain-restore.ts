// What a machine may do to a restore that nobody foresees: a full disk, a server that stops, a file that cannot be read.
import pg from 'pg';
import { reasonOf } from '../../platform/reason.js';
import { CommandFault } from '../command-fault.js';

interface Kind {
  readonly sqlStates: RegExp;
  readonly says: (reason: string, code: string) => string;
  readonly mend: string;
}

const AGAIN = 'nothing was restored';

/** By SQLSTATE. The last is for all others: PostgreSQL's own words might repeat a row there. */
const KINDS: readonly Kind[] = [
  {
    sqlStates: /^53/,
    says: (reason) => `The database has no room left (${reason})`,
    mend: `${AGAIN}. Make room for it, then run this again.`,
  },
  {
    // Where it ended with the last word on its way, the rows may be in.
    sqlStates: /^(08|57)/,
    says: (reason) => `The connection to the database ended (${reason})`,
    mend:
      'see that it runs, then run this again. If it says that the database is not empty, all rows are in, and ' +
      '`winnow migrate` finishes.',
  },
  {
    sqlStates: /^(58|XX)/,
    says: (reason) => `The database gave up (${reason})`,
    mend: `${AGAIN}. Mend what its log says, then run this again.`,
  },
  {
    sqlStates: /^/,
    says: (_, code) => `The database refuses it (${code})`,
    mend: `${AGAIN}. Its log says why; mend that, then run this again.`,
  },
];

/** @returns a CommandFault for what the operator can mend, and a fault of our own as it is */
export function explainRestore(error: unknown, areRowsIn: boolean): unknown {
  const found = describe(error);
  if (found === null) return error;
  const { what, mend } = found;
  return new CommandFault(
    areRowsIn ? `${what}; all rows were restored. Run \`winnow migrate\` to finish.` : `${what}; ${mend}`,
  );
}

function describe(error: unknown): { readonly what: string; readonly mend: string } | null {
  const { code = '', syscall } = error as { code?: string; syscall?: string };
  if (syscall === 'read' || syscall === 'open') {
    return { what: `The backup cannot be read (${code})`, mend: `${AGAIN}. Name another file, or run this again.` };
  }
  const sqlState = error instanceof pg.DatabaseError ? code : isConnectionLost(error) ? '08006' : null;
  const kind = sqlState === null ? undefined : KINDS.find(({ sqlStates }) => sqlStates.test(sqlState));
  return kind ? { what: kind.says(reasonOf(error), sqlState ?? ''), mend: kind.mend } : null;
}

/** Node's own fault of the socket, or that of `pg`, which has no code. */
function isConnectionLost(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return /^(ECONN|EPIPE|ETIMEDOUT)/.test(code) || /^(Connection terminated|Client has encountered)/.test(message);
}
