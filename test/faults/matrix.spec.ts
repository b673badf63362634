import { eachBackend } from '../support/gates.js';
import { FaultStage } from './harness/fault-stage.js';
import { postgresRows } from './rows/postgres-away.js';
import { processRows } from './rows/processes.js';
import { redisRows } from './rows/redis-away.js';

/*
 * The fault matrix (docs/guarantees.md): real processes on a PostgreSQL and a Redis of their own, a client that sends
 * whether it is answered or not, a fault at a random moment, and the same judge after each row.
 */

eachBackend('the service under faults', ({ name }) => {
  let stage: FaultStage;

  beforeAll(async () => {
    stage = await FaultStage.open({ queue: name, ownPostgres: true });
  }, 180_000);

  afterEach(() => stage.calmDown(), 60_000);

  afterAll(() => stage.close(), 60_000);

  postgresRows(() => stage);
  if (name === 'redis') redisRows(() => stage);
  processRows(() => stage);
});
