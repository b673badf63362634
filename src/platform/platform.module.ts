import { Module, type ClassProvider, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, SystemClock } from './clock.js';
import { Settings } from './config/settings.js';
import { Changes } from './database/changes.js';
import { Database } from './database/database.js';
import { Listener } from './database/listener.js';
import { Fatal } from './fatal.js';
import { HealthReport } from './health/health-report.js';
import { HealthSigns } from './health/health-signs.js';
import { PublicAddress } from './http/public-address.js';
import { RequestWatch } from './http/request-watch.js';
import type { Logger } from './logging/logger.js';
import { ServiceLog } from './logging/service-log.js';
import { MetricsDoor } from './metrics/metrics-door.js';
import { Metrics } from './metrics/metrics.js';
import { QueueBackend } from './queue/queue-backend.js';
import { QueueDepths } from './queue/queue-depths.js';
import { QueueLogger } from './queue/queue-logger.js';
import { Secrets } from './signing/secrets.js';

/** What every room stands on, made and connected before Nest starts, so that a fault there is one clear sentence. */
export interface Platform {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly dataSource: DataSource;
  /** See `connectAtOnce`; undefined in a process that takes no comments in. */
  readonly atOnce?: DataSource | undefined;
  readonly listener: Listener;
  readonly queue: QueueBackend;
  readonly queueLogger: QueueLogger;
  readonly secrets: Secrets;
  readonly address: PublicAddress;
  readonly fatal: Fatal;
}

@Module({})
export class PlatformModule {
  static of(platform: Platform): DynamicModule {
    const providers = [
      { provide: Settings, useValue: platform.settings },
      { provide: Clock, useClass: SystemClock },
      { provide: Database, useFactory: () => new Database(platform.dataSource, platform.atOnce) },
      { provide: Changes, useFactory: () => new Changes(platform.listener) },
      { provide: QueueBackend, useValue: platform.queue },
      { provide: QueueLogger, useValue: platform.queueLogger },
      { provide: Secrets, useValue: platform.secrets },
      { provide: PublicAddress, useValue: platform.address },
      { provide: Fatal, useValue: platform.fatal },
      ...watching(platform),
    ];
    return {
      module: PlatformModule,
      global: true,
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}

/** For those who watch the service. */
function watching({ logger }: Platform): (FactoryProvider | ClassProvider)[] {
  return [
    { provide: ServiceLog, useFactory: () => new ServiceLog(logger) },
    { provide: QueueDepths, useFactory: () => new QueueDepths() },
    { provide: HealthSigns, useFactory: () => new HealthSigns() },
    { provide: HealthReport, useClass: HealthReport },
    { provide: Metrics, inject: [QueueDepths], useFactory: (depths: QueueDepths) => new Metrics(depths) },
    { provide: MetricsDoor, useClass: MetricsDoor },
    { provide: RequestWatch, useClass: RequestWatch },
  ];
}
