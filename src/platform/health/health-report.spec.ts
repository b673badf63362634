import { Settings } from '../config/settings.js';
import type { Changes } from '../database/changes.js';
import type { Database, SchemaState } from '../database/database.js';
import { Problem } from '../problem/problem.js';
import { QueueDepths } from '../queue/queue-depths.js';
import { HealthReport, type HealthView } from './health-report.js';
import { HealthSigns } from './health-signs.js';

interface World {
  readonly role?: string;
  readonly schema?: () => Promise<SchemaState>;
  readonly isNewsLive?: boolean;
  readonly depth?: number | null;
}

function report({ role = 'all', schema, isNewsLive = true, depth = 0 }: World = {}): {
  health: HealthReport;
  signs: HealthSigns;
} {
  const database = { schemaState: schema ?? (() => Promise.resolve('ok')) } as unknown as Database;
  const depths = new QueueDepths();
  depths.watch('screening', () => Promise.resolve(depth));
  const signs = new HealthSigns();
  const settings = Object.assign(new Settings(), { role });
  return { health: new HealthReport(database, { isLive: isNewsLive } as Changes, depths, signs, settings), signs };
}

async function refusal(ask: () => HealthView | Promise<HealthView>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { status: error.status, ...error.extras.members };
  }
}

describe('a process', () => {
  it.each(['web', 'worker', 'all'])('that is well is ready and alive as %s', async (role) => {
    const { health } = report({ role });
    expect(health.live().status).toBe('ok');
    expect((await health.ready()).status).toBe('ok');
  });

  it('that stops is alive and not ready', async () => {
    const { health, signs } = report();
    signs.stop();
    expect(health.live().status).toBe('ok');
    expect(await refusal(() => health.ready())).toMatchObject({ status: 503, checks: { process: 'stopping' } });
  });

  it.each([
    ['a queue that is away', { depth: null }, { queue: 'away' }],
    ['news that is behind', { isNewsLive: false }, { news: 'behind' }],
  ])('with %s is ready and degraded', async (_, world, checks) => {
    expect(await report(world).health.ready()).toMatchObject({ status: 'degraded', checks });
  });

  it.each([
    ['without a database', () => Promise.reject(new Error('away')), { database: 'silent' }],
    ['on a database that lacks migrations', () => Promise.resolve('behind' as const), { migrations: 'behind' }],
  ])('%s is not ready', async (_, schema, checks) => {
    expect(await refusal(() => report({ schema }).health.ready())).toMatchObject({ status: 503, checks });
  });
});

describe('a screening that finishes nothing', () => {
  it('ends the life of a worker', async () => {
    const { health, signs } = report({ role: 'worker' });
    signs.reportScreening('stuck');
    expect(await refusal(() => health.live())).toMatchObject({ status: 503, checks: { screening: 'stuck' } });
    signs.reportScreening('ok');
    expect(health.live().status).toBe('ok');
  });

  it('is told, and ends no process that answers readers too', () => {
    const { health, signs } = report({ role: 'all' });
    signs.reportScreening('stuck');
    expect(health.live()).toEqual({ status: 'degraded', checks: { process: 'ok', screening: 'stuck' } });
  });

  it('ends no worker while the queue is away, which no restart brings back', () => {
    const { health, signs } = report({ role: 'worker' });
    signs.reportScreening('waiting');
    expect(health.live()).toMatchObject({ status: 'degraded', checks: { screening: 'waiting' } });
  });
});
