// What PostgreSQL itself says went wrong in a test's database: a service may hide it, its database does not.
import type pg from 'pg';
import { waitUntil } from './wait-until.js';

const MARK = 'the end of what the log is asked for';

export interface PostgresLog {
  /** Since it was opened: `42601 ERROR:  syntax error at or near …`, without what the test itself asks in vain. */
  errors(): Promise<readonly string[]>;
}

/** Reads from now on. The test servers log as start-servers.js tells them to. */
export async function openPostgresLog(superuser: pg.Pool): Promise<PostgresLog> {
  const { rows } = await superuser.query<{ file: string; size: string; name: string }>(
    'select pg_current_logfile() as file, (pg_stat_file(pg_current_logfile())).size, current_database() as name',
  );
  const { file, size, name } = rows[0]!;

  async function read(): Promise<string[]> {
    const { rows: found } = await superuser.query<{ bytes: Buffer }>(
      'select pg_read_binary_file($1, $2, 1 << 28) as bytes',
      [file, size],
    );
    const lines = found[0]!.bytes.toString('utf8').split('\n');
    return lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  }

  return {
    errors: async () => {
      // Another process writes the log: what was said before this is there when this is.
      await superuser.query(`do $$ begin raise exception '${MARK}'; end $$`).catch(() => undefined);
      const isMark = (line: string): boolean => line.includes(`ERROR:  ${MARK}`);
      await waitUntil(async () => (await read()).some(isMark), 'PostgreSQL has written its log');
      const lines = await read();
      return lines.filter((line) => /^\w{5} (ERROR|FATAL|PANIC):/.test(line) && !isMark(line));
    },
  };
}
