import type pg from 'pg';
import type { DataSource } from 'typeorm';

const NO_ANSWER = 'Query read timeout';

/**
 * A connection whose server is there and says nothing (a half-open socket) is cut as soon as a query got no answer.
 * Otherwise the ROLLBACK would wait as long again, and the pool would lend the deaf client to the next.
 */
export function cutDeafClients(dataSource: DataSource): void {
  const pool = (dataSource.driver as unknown as { master: pg.Pool }).master;
  const watchedClients = new WeakSet<pg.PoolClient>();
  // When it is lent, not when it connects: TypeORM opens its first connection before anybody can listen for that.
  pool.on('acquire', (client) => {
    if (watchedClients.has(client)) return;
    watchedClients.add(client);
    // One that is ended as it becomes ready says so before whoever waited for it listens; their next query tells them.
    client.on('error', () => undefined);
    const query = client.query.bind(client) as (...words: unknown[]) => unknown;
    const watched = (...words: unknown[]): unknown => {
      const result = query(...words);
      if (result instanceof Promise) {
        result.catch((error: unknown) => {
          if (error instanceof Error && error.message === NO_ANSWER) socketOf(client)?.destroy();
        });
      }
      return result;
    };
    client.query = watched as typeof client.query;
  });
}

function socketOf(client: pg.PoolClient): { destroy(): void } | undefined {
  return (client as unknown as { connection?: { stream?: { destroy(): void } } }).connection?.stream;
}
