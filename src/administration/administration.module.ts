import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ArticleKeeper } from './article-keeper.js';
import { ArticlesController } from './articles.controller.js';
import { DemoSite } from './demo-site.js';
import { SiteKeeper } from './site-keeper.js';
import { SitesController } from './sites.controller.js';

@Module({
  imports: [SitesModule, AccountsModule],
  controllers: [SitesController, ArticlesController, ApiKeysController],
  providers: [SiteKeeper, ArticleKeeper, DemoSite],
  exports: [DemoSite, SiteKeeper],
})
export class AdministrationModule {}
