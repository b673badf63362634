import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { RulesModule } from '../rules/rules.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ArticleKeeper } from './article-keeper.js';
import { ArticlesController } from './articles.controller.js';
import { AuditController } from './audit.controller.js';
import { DemoSite } from './demo-site.js';
import { InvitationsController } from './invitations.controller.js';
import { MembersController } from './members.controller.js';
import { OperatorsController } from './operators.controller.js';
import { RulesController } from './rules.controller.js';
import { SiteKeeper } from './site-keeper.js';
import { SitesController } from './sites.controller.js';

@Module({
  imports: [SitesModule, AccountsModule, RulesModule],
  controllers: [
    SitesController,
    ArticlesController,
    ApiKeysController,
    MembersController,
    InvitationsController,
    OperatorsController,
    RulesController,
    AuditController,
  ],
  providers: [SiteKeeper, ArticleKeeper, DemoSite],
  exports: [DemoSite, SiteKeeper, ArticleKeeper],
})
export class AdministrationModule {}
