import { Module } from '@nestjs/common';
import { SiteModels } from './site-models.js';

/** For every role that judges: one memory of models in a process. */
@Module({ providers: [{ provide: SiteModels, useFactory: () => new SiteModels() }], exports: [SiteModels] })
export class SiteModelsModule {}
