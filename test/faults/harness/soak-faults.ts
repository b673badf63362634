import { postgresTarget } from '../../support/tcp-proxy.js';
import type { FaultStage } from './fault-stage.js';

/** One fault of the soak: it begins, lasts, and is healed. */
export interface SoakFault {
  readonly name: string;
  begin(): Promise<void> | void;
  heal(): Promise<void> | void;
}

const nothing = (): void => undefined;

/** Those that the stage can have. The first web process and the first worker are never killed: their memory is watched. */
export function soakFaults(stage: FaultStage): SoakFault[] {
  const killed = (name: string, role: 'web' | 'worker'): SoakFault => {
    const processes = role === 'web' ? stage.webs : stage.workers;
    return {
      name,
      begin: () => processes[1]!.kill(),
      heal: async () => {
        processes[1] = await stage.start(role);
      },
    };
  };
  return [
    killed('F1 web process killed', 'web'),
    killed('F2 worker killed', 'worker'),
    ...(stage.parts.redis ? redisFaults(stage) : [queueEmptied(stage)]),
    ...postgresFaults(stage),
  ];
}

function redisFaults(stage: FaultStage): SoakFault[] {
  const redis = stage.parts.redis!;
  const proxy = stage.parts.redisProxy!;
  const limit = async (most: string): Promise<void> => {
    await redis.ask((client) => client.config('SET', 'maxmemory', most));
  };
  return [
    { name: 'F4 Redis killed', begin: () => redis.kill(), heal: () => redis.start() },
    { name: 'F5 Redis killed, and empty', begin: () => redis.kill(), heal: () => redis.startEmpty() },
    {
      name: 'F7 Redis frozen',
      begin: () => {
        redis.freeze();
      },
      heal: () => {
        redis.thaw();
      },
    },
    {
      name: 'F7 Redis half open',
      begin: () => {
        proxy.isDeaf = true;
      },
      heal: () => {
        proxy.isDeaf = false;
      },
    },
    { name: 'F8 Redis full', begin: () => limit('1'), heal: () => limit('0') },
  ];
}

function queueEmptied(stage: FaultStage): SoakFault {
  const begin = async (): Promise<void> => {
    await stage.asSuperuser((postgres) => postgres.query('delete from bullmq.job'));
  };
  return { name: 'F5 queue emptied', begin, heal: nothing };
}

function postgresFaults(stage: FaultStage): SoakFault[] {
  const own = stage.ownPostgres!;
  const proxy = stage.parts.postgres;
  return [
    {
      name: 'F9 postmaster killed',
      begin: () => own.kill(),
      heal: async () => {
        await own.restart();
        proxy.target = postgresTarget(own.urls.app);
      },
    },
    { name: 'F10 every backend terminated', begin: () => stage.terminateBackends(), heal: nothing },
    {
      name: 'F12 PostgreSQL slow',
      begin: () => {
        proxy.delayMs = 500;
      },
      heal: () => {
        proxy.delayMs = 0;
      },
    },
  ];
}
