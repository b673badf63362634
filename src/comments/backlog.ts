import type { Database } from '../platform/database/database.js';
import type { Backlog } from '../platform/metrics/metrics.js';

const MOST_COUNTED = 50_000;
const WITHIN = '900ms';

export interface WaitingComments extends Backlog {
  /** Seconds since the sweep should have brought the one it has left alone the longest; 0 when it is in time. */
  readonly sweepLateSeconds: number;
}

/** How much waits for its verdict, and how long. The waiting rows have an index of their own. */
export function measureBacklog(database: Database): Promise<WaitingComments> {
  return database.acrossSites('measure the backlog', async (manager) => {
    await manager.query(`set local statement_timeout = '${WITHIN}'`);
    const rows: [WaitingComments] = await manager.query(
      `select count(*)::int as received,
              coalesce(greatest(extract(epoch from clock_timestamp() - min(submitted_at)), 0), 0)::float8 as "oldestSeconds",
              coalesce(greatest(extract(epoch from clock_timestamp() - min(next_sweep_at)), 0), 0)::float8 as "sweepLateSeconds"
         from (select submitted_at, next_sweep_at from comment where status = 'received' limit ${MOST_COUNTED}) waiting`,
    );
    return rows[0];
  });
}
