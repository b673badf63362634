import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FirstOperatorAccount, type FirstOperator } from './accounts/first-operator.js';
import { DemoSite } from './administration/demo-site.js';
import { AppModule } from './app.module.js';
import { connect, StartFault, type Connected } from './connect.js';
import { SubmissionOrigin } from './intake/submission-origin.js';
import type { Settings } from './platform/config/settings.js';
import { createHttpApp } from './platform/http/http-app.js';
import { NestLogger, type Logger } from './platform/logging/logger.js';
import { PageProblems } from './web/pages/page-problems.js';

export interface RunningService {
  /** Where it answers; null for a worker. */
  readonly url: string | null;
  readonly connected: Connected;
  /** Set when this start made the first operator account. */
  readonly operator: FirstOperator | null;
  readonly madeDemoSite: boolean;
  stop(): Promise<void>;
}

/** Brings the service up in the role asked for. What it opened is closed again when a later step fails. */
export async function startService(settings: Settings, logger: Logger): Promise<RunningService> {
  const connected = await connect(settings, logger);
  try {
    return await (settings.role === 'worker' ? startWorker(connected) : startWeb(connected));
  } catch (error) {
    await connected.close();
    throw error;
  }
}

async function startWorker(connected: Connected): Promise<RunningService> {
  const { platform } = connected;
  const app = await NestFactory.createApplicationContext(AppModule.of(platform), {
    logger: new NestLogger(platform.logger),
    abortOnError: false,
  });
  return { url: null, connected, operator: null, madeDemoSite: false, stop: () => stop(app, connected) };
}

async function startWeb(connected: Connected): Promise<RunningService> {
  const { settings, logger, address } = connected.platform;
  const app = await createHttpApp(AppModule.of(connected.platform), settings, logger, [SubmissionOrigin], PageProblems);
  try {
    const operator = await app.get(FirstOperatorAccount).ensure();
    const madeDemoSite = await app.get(DemoSite).ensure();
    const port = await listen(app, settings);
    if (!settings.publicUrl) address.settle(`http://localhost:${port}`);
    return {
      url: `http://${hostName(settings.host)}:${port}`,
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

async function listen(app: NestFastifyApplication, { port, host }: Settings): Promise<number> {
  try {
    await app.listen(port, host);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'EADDRINUSE') throw new StartFault(`Port ${port} is taken; set PORT to another one.`);
    if (code === 'EACCES')
      throw new StartFault(`Port ${port} needs more rights than this user has; set PORT to 1024 or more.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new StartFault(`HOST ${host} is no address of this machine.`);
    throw error;
  }
  const bound = app.getHttpServer().address() as { port: number };
  return bound.port;
}

function hostName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** HTTP and workers first, then what they stand on. */
async function stop(app: INestApplicationContext, connected: Connected): Promise<void> {
  await app.close();
  await connected.close();
}
