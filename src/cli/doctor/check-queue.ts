import { QUEUE_CONNECTIONS } from '../../connect.js';
import type { Settings } from '../../platform/config/settings.js';
import { inspectRedis, type RedisFacts } from '../../platform/queue/inspect-redis.js';
import { QueueBackend, type QueueConnection } from '../../platform/queue/queue-backend.js';
import { reasonOf } from '../../platform/reason.js';
import { SCREENING_QUEUE } from '../../screening/screening.queue.js';
import { checkClock } from './check-clock.js';
import { note, ok, wrong, type Finding } from './finding.js';

/** BullMQ's scripts use commands of 6.2. */
const OLDEST_REDIS = [6, 2] as const;
const FULL_FROM = 0.8;
const AWAY = 'Comments are kept meanwhile, and nothing is screened.';

/** The queue wherever it runs. */
export async function checkQueue({ redis }: Settings, postgresUrl: string): Promise<Finding[]> {
  const facts = redis.url ? await checkRedis(redis.url) : [];
  if (facts.some(({ state, says }) => state === 'wrong' && says.includes(AWAY))) return facts;
  return [...facts, await checkDepth({ redisUrl: redis.url, postgresUrl, poolSize: QUEUE_CONNECTIONS })];
}

async function checkRedis(url: string): Promise<Finding[]> {
  try {
    const facts = await inspectRedis(url);
    const ours = Date.now() - facts.answerMs / 2;
    return [...judgeRedis(facts), checkClock('Redis', facts.timeMs, ours)];
  } catch (error) {
    const says = `The Redis of REDIS_URL does not answer (${reasonOf(error)}). ${AWAY}`;
    return [wrong('queue', says, 'Start it, or mend REDIS_URL.')];
  }
}

export function judgeRedis(facts: RedisFacts): Finding[] {
  const { version, evictionPolicy, hasAppendOnlyFile, usedBytes, mostBytes } = facts;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < OLDEST_REDIS[0] || (major === OLDEST_REDIS[0] && minor < OLDEST_REDIS[1]);
  const findings = [
    isOld
      ? wrong('queue', `Redis ${version} is too old for BullMQ.`, `Install ${OLDEST_REDIS.join('.')} or newer.`)
      : ok('queue', `Redis ${version} answers in ${Math.ceil(facts.answerMs)} ms.`),
  ];
  if (evictionPolicy !== 'noeviction') {
    const says = `Redis throws jobs away when its memory is full (maxmemory-policy ${evictionPolicy}).`;
    findings.push(wrong('queue', says, 'Set maxmemory-policy to noeviction.'));
  }
  if (!hasAppendOnlyFile) {
    const says = 'Redis keeps no append-only file: after its restart the sweep must bring every job again.';
    findings.push(note('queue', says, 'Set appendonly to yes; nothing is lost without it, only time.'));
  }
  if (mostBytes > 0 && usedBytes > FULL_FROM * mostBytes) {
    const share = Math.round((100 * usedBytes) / mostBytes);
    findings.push(
      note('queue', `Redis has used ${share} % of its maxmemory.`, 'Raise maxmemory, or start more workers.'),
    );
  }
  return findings;
}

async function checkDepth(connection: QueueConnection): Promise<Finding> {
  const errors: Error[] = [];
  const backend = new QueueBackend(connection, (error) => errors.push(error));
  try {
    const queue = await backend.openQueue(SCREENING_QUEUE);
    const counts = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed');
    await queue.close();
    const { failed = 0, ...open } = counts;
    const depth = Object.values(open).reduce((sum, count) => sum + count, 0);
    return ok('queue', `The screening queue holds ${depth} jobs, and ${failed} that failed.`);
  } catch (error) {
    const says = `The queue cannot be read (${reasonOf(errors[0] ?? error)}). ${AWAY}`;
    return wrong('queue', says, 'Run `winnow migrate`; look at QUEUE_DATABASE_URL or REDIS_URL.');
  } finally {
    await backend.close();
  }
}
