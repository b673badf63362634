import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AdministrationModule } from '../administration/administration.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { ModerationModule } from '../moderation/moderation.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { RulesModule } from '../rules/rules.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { DemoController } from './demo/demo.controller.js';
import { DemoPage } from './demo/demo-page.js';
import { DeskAudit } from './desk/desk-audit.js';
import { DeskAuditController } from './desk/desk-audit.controller.js';
import { Playground } from './demo/playground.js';
import { DeskArticles } from './desk/desk-articles.js';
import { DeskArticlesController } from './desk/desk-articles.controller.js';
import { DeskCampaigns } from './desk/desk-campaigns.js';
import { DeskComment } from './desk/desk-comment.js';
import { DeskCommentsController } from './desk/desk-comments.controller.js';
import { DeskController } from './desk/desk.controller.js';
import { DeskDecisions } from './desk/desk-decisions.js';
import { DeskEdits } from './desk/desk-edits.js';
import { DeskDoor } from './desk/desk-door.js';
import { DeskFilter } from './desk/desk-filter.js';
import { DeskFilterController } from './desk/desk-filter.controller.js';
import { DeskFirstRun } from './desk/desk-first-run.js';
import { DeskFirstRunController } from './desk/desk-first-run.controller.js';
import { DeskHome } from './desk/desk-home.js';
import { DeskQueue } from './desk/desk-queue.js';
import { DeskAccount } from './desk/desk-account.js';
import { DeskEverywhere } from './desk/desk-everywhere.js';
import { DeskEverywhereController } from './desk/desk-everywhere.controller.js';
import { DeskInvitations } from './desk/desk-invitations.js';
import { DeskKeys } from './desk/desk-keys.js';
import { DeskKeysController } from './desk/desk-keys.controller.js';
import { DeskMembers } from './desk/desk-members.js';
import { DeskMembersController } from './desk/desk-members.controller.js';
import { DeskNewSite } from './desk/desk-new-site.js';
import { DeskNewSiteController } from './desk/desk-new-site.controller.js';
import { DeskOperators } from './desk/desk-operators.js';
import { DeskOperatorsController } from './desk/desk-operators.controller.js';
import { DeskPerson } from './desk/desk-person.js';
import { DeskPersonController } from './desk/desk-person.controller.js';
import { DeskRules } from './desk/desk-rules.js';
import { DeskRulesController } from './desk/desk-rules.controller.js';
import { DeskSettings } from './desk/desk-settings.js';
import { DeskSettingsController } from './desk/desk-settings.controller.js';
import { InvitationDoor } from './desk/invitation-door.js';
import { OneTimeLinksController } from './desk/one-time-links.controller.js';
import { OwnAccountController } from './desk/own-account.controller.js';
import { ResetDoor } from './desk/reset-door.js';
import { DeskSites } from './desk/desk-sites.js';
import { EmbedGuide } from './desk/embed-guide.js';
import { AssetsController } from './pages/assets.controller.js';
import { FrontDoor } from './pages/front-door.js';
import { HomeController } from './pages/home.controller.js';
import { PageProblems } from './pages/page-problems.js';
import { ReportController } from './pages/report.controller.js';
import { ReportForm } from './pages/report-form.js';
import { WidgetController } from './pages/widget.controller.js';
import { WidgetFiles } from './pages/widget-files.js';

@Module({
  imports: [
    SitesModule,
    AccountsModule,
    IntakeModule,
    ModerationModule,
    PublishingModule,
    AdministrationModule,
    RulesModule,
  ],
  controllers: [
    ...[
      HomeController,
      AssetsController,
      WidgetController,
      ReportController,
      DemoController,
      DeskController,
      DeskCommentsController,
    ],
    ...[OneTimeLinksController, OwnAccountController, DeskEverywhereController, DeskFilterController],
    ...[
      DeskMembersController,
      DeskOperatorsController,
      DeskSettingsController,
      DeskKeysController,
      DeskNewSiteController,
      DeskRulesController,
      DeskAuditController,
      DeskFirstRunController,
      DeskArticlesController,
      DeskPersonController,
    ],
  ],
  providers: [
    ...[FrontDoor, PageProblems, WidgetFiles, ReportForm, DemoPage, Playground],
    ...[DeskDoor, DeskHome, DeskQueue, DeskComment, DeskDecisions, DeskEdits, DeskCampaigns, EmbedGuide],
    ...[DeskSites, InvitationDoor, ResetDoor, DeskAccount, DeskEverywhere, DeskFilter],
    ...[DeskMembers, DeskInvitations, DeskOperators, DeskSettings, DeskKeys, DeskNewSite, DeskRules, DeskAudit],
    ...[DeskFirstRun, DeskArticles, DeskPerson],
  ],
})
export class WebModule {}
