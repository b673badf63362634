import pg from 'pg';
import type { TestDatabase } from './test-database.js';

let serial = 0;

/** An empty database of `owner`'s beside the one of the file, dropped afterwards. */
export async function withEmptyDatabase<T>(
  beside: TestDatabase['urls'],
  work: (urls: TestDatabase['urls']) => Promise<T>,
): Promise<T> {
  const name = `winnow_empty_${process.env.JEST_WORKER_ID ?? '1'}_${++serial}`;
  const postgres = new pg.Client({ connectionString: beside.postgres });
  await postgres.connect();
  const url = (role: keyof TestDatabase['urls']): string => beside[role].replace(/winnow_test_\d+/, name);
  try {
    await postgres.query(`drop database if exists ${name} with (force)`);
    await postgres.query(`create database ${name} owner owner`);
    await postgres.query(`grant create on database ${name} to queue`);
    return await work({ postgres: url('postgres'), owner: url('owner'), app: url('app'), queue: url('queue') });
  } finally {
    await postgres.query(`drop database if exists ${name} with (force)`);
    await postgres.end();
  }
}
