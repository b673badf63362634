import { FaultStage } from '../harness/fault-stage.js';
import { postgresRows } from './postgres-away.js';
import { processRows } from './processes.js';
import { redisRows } from './redis-away.js';

/**
 * The fault matrix (docs/guarantees.md): real processes on a PostgreSQL and a Redis of their own, a client that sends
 * whether it is answered or not, a fault at a random moment, and the same judge after each row. A file for each queue, so
 * that two cores share them.
 */
export function faultMatrix(queue: 'postgres' | 'redis'): void {
  let stage: FaultStage;

  beforeAll(async () => {
    stage = await FaultStage.open({ queue, ownPostgres: true });
  }, 300_000);

  afterEach(() => stage.calmDown(), 60_000);

  afterAll(() => stage.close(), 60_000);

  postgresRows(() => stage);
  if (queue === 'redis') redisRows(() => stage);
  processRows(() => stage);
}
