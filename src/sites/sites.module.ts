import { Module } from '@nestjs/common';
import { SiteDirectory } from './site-directory.js';

@Module({ providers: [SiteDirectory], exports: [SiteDirectory] })
export class SitesModule {}
