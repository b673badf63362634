import { DataSource } from 'typeorm';
import { measureBacklog, type WaitingComments } from '../../comments/backlog.js';
import { Database } from '../../platform/database/database.js';
import { dataSourceOptions } from '../../platform/database/data-source-options.js';
import { isUnprepared } from '../../platform/database/row-fault.js';
import { schema } from '../../schema.js';
import { note, ok, wrong, type Finding } from './finding.js';

const SLOW_FROM_SECONDS = 30;
const STUCK_FROM_SECONDS = 300;
/** A sweep of a living worker is never this late. */
const SWEEP_LATE_FROM_SECONDS = 120;

/** Whether anybody screens what comes in. */
export async function checkBacklog(url: string): Promise<Finding[]> {
  const dataSource = new DataSource(dataSourceOptions(schema, url, { poolSize: 1, name: 'winnow-doctor' }));
  await dataSource.initialize();
  try {
    return [judgeBacklog(await measureBacklog(new Database(dataSource)))];
  } catch (error) {
    // The finding about the migrations says it.
    if (isUnprepared(error)) return [];
    throw error;
  } finally {
    await dataSource.destroy();
  }
}

export function judgeBacklog({ received, oldestSeconds, sweepLateSeconds }: WaitingComments): Finding {
  if (received === 0) return ok('backlog', 'No comment waits for its verdict.');
  const says = `${received} comments wait for their verdict, the oldest for ${Math.round(oldestSeconds)} s.`;
  if (sweepLateSeconds > SWEEP_LATE_FROM_SECONDS) {
    return wrong('backlog', `${says} No worker looks after them.`, 'Start one: ROLE=worker or ROLE=all.');
  }
  if (oldestSeconds > STUCK_FROM_SECONDS) {
    return wrong('backlog', says, 'Look at the log of the workers, and start more of them.');
  }
  return oldestSeconds > SLOW_FROM_SECONDS ? note('backlog', says, 'Start more workers.') : ok('backlog', says);
}
