import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ApiDescription } from './api-description.js';
import { OpenapiController } from './openapi.controller.js';
import { ServiceRoutes } from './service-routes.js';

@Module({ imports: [DiscoveryModule], controllers: [OpenapiController], providers: [ServiceRoutes, ApiDescription] })
export class OpenapiModule {}
