import { describeOnRedis } from '../../support/gates.js';
import { FaultStage, type StageOptions } from '../harness/fault-stage.js';

export type Rows = (stage: () => FaultStage) => void;

/**
 * Rows of the fault matrix (docs/guarantees.md) on one queue: real processes on a PostgreSQL and a Redis of their own, a
 * client that sends whether it is answered or not, a fault at a random moment, and the same judge after each row. A file
 * has few rows, so that files can run beside each other.
 */
export function faultRows(name: string, queue: 'postgres' | 'redis', rows: Rows, options: StageOptions = {}): void {
  const suite = (): void => {
    let stage: FaultStage;

    beforeAll(async () => {
      stage = await FaultStage.open({ ...options, queue, ownPostgres: true });
    }, 300_000);

    afterEach(() => stage.calmDown(), 60_000);

    afterAll(() => stage.close(), 60_000);

    rows(() => stage);
  };
  if (queue === 'redis') describeOnRedis(`${name}, queue on Redis`, suite);
  else describe(`${name}, queue on PostgreSQL`, suite);
}
