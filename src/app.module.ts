import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessGuard } from './accounts/access.guard.js';
import { AccountsModule } from './accounts/accounts.module.js';
import { AdministrationModule } from './administration/administration.module.js';
import { IntakeModule } from './intake/intake.module.js';
import { LearningProcessorModule } from './learning/learning-processor.module.js';
import { BulkProcessorModule } from './moderation/jobs/bulk-processor.module.js';
import { ModerationModule } from './moderation/moderation.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { PlatformModule, type Platform } from './platform/platform.module.js';
import { PublishingModule } from './publishing/publishing.module.js';
import { ScreeningProcessorModule } from './screening/screening-processor.module.js';
import { SitesModule } from './sites/sites.module.js';
import { OpenapiModule } from './web/openapi/openapi.module.js';
import { WebModule } from './web/web.module.js';

const WEB = [
  HealthModule,
  SitesModule,
  AccountsModule,
  IntakeModule,
  ModerationModule,
  PublishingModule,
  AdministrationModule,
  OpenapiModule,
  WebModule,
];
const WORKER = [ScreeningProcessorModule, LearningProcessorModule, BulkProcessorModule];

/** The roof: which rooms a process of each role has. */
@Module({})
export class AppModule {
  static of(platform: Platform): DynamicModule {
    const { role } = platform.settings;
    const { options } = platform.dataSource;
    return {
      module: AppModule,
      imports: [
        PlatformModule.of(platform),
        TypeOrmModule.forRootAsync({
          useFactory: () => options,
          dataSourceFactory: () => Promise.resolve(platform.dataSource),
        }),
        ...(role === 'worker' ? [AccountsModule] : WEB),
        ...(role === 'web' ? [] : WORKER),
      ],
      providers: role === 'worker' ? [] : [{ provide: APP_GUARD, useClass: AccessGuard }],
    };
  }
}
