import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AdministrationModule } from '../administration/administration.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { ModerationModule } from '../moderation/moderation.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { DemoController } from './demo/demo.controller.js';
import { DemoPage } from './demo/demo-page.js';
import { DeskComment } from './desk/desk-comment.js';
import { DeskCommentsController } from './desk/desk-comments.controller.js';
import { DeskController } from './desk/desk.controller.js';
import { DeskDecisions } from './desk/desk-decisions.js';
import { DeskDoor } from './desk/desk-door.js';
import { DeskHome } from './desk/desk-home.js';
import { DeskQueue } from './desk/desk-queue.js';
import { EmbedGuide } from './desk/embed-guide.js';
import { AssetsController } from './pages/assets.controller.js';
import { FrontDoor } from './pages/front-door.js';
import { HomeController } from './pages/home.controller.js';
import { PageProblems } from './pages/page-problems.js';

@Module({
  imports: [SitesModule, AccountsModule, IntakeModule, ModerationModule, PublishingModule, AdministrationModule],
  controllers: [HomeController, AssetsController, DemoController, DeskController, DeskCommentsController],
  providers: [
    ...[FrontDoor, PageProblems, DemoPage],
    ...[DeskDoor, DeskHome, DeskQueue, DeskComment, DeskDecisions, EmbedGuide],
  ],
})
export class WebModule {}
