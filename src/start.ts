import { setTimeout as delay } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AdminPasswordFault, FirstOperatorAccount, type FirstOperator } from './accounts/first-operator.js';
import { DemoSite } from './administration/demo-site.js';
import { AppModule } from './app.module.js';
import { connect, type Connected } from './connect.js';
import { describeListenFault, findStartFaults } from './find-start-faults.js';
import { SubmissionGate } from './intake/submission-gate.js';
import { SubmissionOrigin } from './intake/submission-origin.js';
import type { Settings } from './platform/config/settings.js';
import { HealthReport } from './platform/health/health-report.js';
import { HealthSigns } from './platform/health/health-signs.js';
import { WorkerDoor } from './platform/health/worker-door.js';
import { createHttpApp } from './platform/http/http-app.js';
import { RequestWatch } from './platform/http/request-watch.js';
import { NestLogger, type Logger } from './platform/logging/logger.js';
import { MetricsDoor } from './platform/metrics/metrics-door.js';
import { FirstVisits } from './publishing/first-visits.js';
import { WarmReads } from './publishing/warm-reads.js';
import { StartFault } from './start-fault.js';
import { PageProblems } from './web/pages/page-problems.js';
import { watchService } from './watch-service.js';

export interface RunningService {
  /** Where it answers; null for a worker. */
  readonly url: string | null;
  /** Where a worker shows health and metrics; null without WORKER_PORT, and for those who have `url`. */
  readonly workerUrl: string | null;
  readonly connected: Connected;
  /** Set when this start made the first operator account. */
  readonly operator: FirstOperator | null;
  readonly madeDemoSite: boolean;
  stop(): Promise<void>;
}

/** Brings the service up in the role asked for. What it opened is closed again when a later step fails. */
export async function startService(settings: Settings, logger: Logger): Promise<RunningService> {
  const { faults, notices } = await findStartFaults(settings);
  if (faults.length > 0) throw new StartFault(faults.join('\n'));
  const connected = await connect(settings, logger);
  const told = { ...connected, notices: [...connected.notices, ...notices] };
  try {
    return await (settings.role === 'worker' ? startWorker(told) : startWeb(told));
  } catch (error) {
    await connected.close();
    throw error;
  }
}

async function startWorker(connected: Connected): Promise<RunningService> {
  const { platform } = connected;
  const { workerPort, host } = platform.settings;
  const app = await NestFactory.createApplicationContext(AppModule.of(platform), {
    logger: new NestLogger(platform.logger),
    abortOnError: false,
  });
  try {
    watchService(app, platform);
    const door = new WorkerDoor(app.get(HealthReport), app.get(MetricsDoor));
    const isOpen = workerPort > 0;
    if (isOpen) await door.open(workerPort, host).catch(explainListening('WORKER_PORT', workerPort, host));
    const workerUrl = isOpen ? `http://${hostName(host)}:${workerPort}` : null;
    const stopDoor = async (): Promise<void> => (isOpen ? door.close() : undefined);
    const rest = { url: null, workerUrl, connected, operator: null, madeDemoSite: false };
    return { ...rest, stop: () => stop(app, connected, stopDoor) };
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function startWeb(connected: Connected): Promise<RunningService> {
  const { settings, logger, address } = connected.platform;
  const { port, host } = settings;
  const hooks = [RequestWatch, SubmissionOrigin, SubmissionGate, FirstVisits];
  const rooms = { hooks, early: WarmReads, problemPages: PageProblems };
  const app = await createHttpApp(AppModule.of(connected.platform), settings, logger, rooms);
  try {
    watchService(app, connected.platform);
    const operator = await app.get(FirstOperatorAccount).ensure().catch(explainPassword);
    const madeDemoSite = await app.get(DemoSite).ensure();
    const bound = await listen(app, settings).catch(explainListening('PORT', port, host));
    if (!settings.publicUrl) address.settle(`http://localhost:${bound}`);
    return {
      url: `http://${hostName(host)}:${bound}`,
      workerUrl: null,
      connected,
      operator,
      madeDemoSite,
      stop: () => stop(app, connected),
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** Connections that wait to be taken; the system's own limit may be lower. What finds no room is tried again seconds later. */
const BACKLOG = 4_096;

async function listen(app: NestFastifyApplication, { port, host }: Settings): Promise<number> {
  await app.listen({ port, host, backlog: BACKLOG });
  const bound = app.getHttpServer().address() as { port: number };
  return bound.port;
}

/** Somebody else may take the port after the first look at it. */
function explainListening(setting: string, port: number, host: string): (error: unknown) => never {
  return (error) => {
    const fault = describeListenFault(error, setting, port, host);
    throw fault === null ? error : new StartFault(fault);
  };
}

function explainPassword(error: unknown): never {
  throw error instanceof AdminPasswordFault ? new StartFault(error.message) : error;
}

function hostName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** Says that it stops, then ends HTTP and workers, then what they stand on. */
async function stop(
  app: INestApplicationContext,
  connected: Connected,
  stopDoor: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { role, stop: pause } = connected.platform.settings;
  app.get(HealthSigns).stop();
  if (role !== 'worker') await delay(pause.delaySeconds * 1000);
  await app.close();
  await stopDoor();
  await connected.close();
}
