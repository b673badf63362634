import { Module } from '@nestjs/common';
import { CommentsModule } from '../comments/comments.module.js';
import { ScreeningPreviewModule } from '../screening/screening-preview.module.js';
import { LearningProducerModule } from '../learning/learning-producer.module.js';
import { ScreeningProducerModule } from '../screening/screening-producer.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { AfterDecisions } from './after-decisions.js';
import { CampaignDecisions } from './campaign-decisions.js';
import { CampaignList } from './campaign-list.js';
import { CampaignsController } from './campaigns.controller.js';
import { CommentDetail } from './comment-detail.js';
import { DecisionsController } from './decisions.controller.js';
import { DecisionsAcrossSites } from './decisions-across-sites.js';
import { EventsAcrossSites } from './events-across-sites.js';
import { EditsController } from './edits.controller.js';
import { FilterController } from './filter.controller.js';
import { FilterReport } from './filter-report.js';
import { ModeratedSites } from './moderated-sites.js';
import { ModerationAcrossSitesController } from './moderation-across-sites.controller.js';
import { ModerationController } from './moderation.controller.js';
import { ModerationQueue } from './moderation-queue.js';
import { Moderator } from './moderator.js';
import { Preview } from './preview.js';
import { QueueAcrossSites } from './queue-across-sites.js';
import { QueueEvents } from './queue-events.js';
import { SummaryAcrossSites } from './summary-across-sites.js';
import { Summary } from './summary.js';
import { TextEditor } from './text-editor.js';

@Module({
  imports: [SitesModule, CommentsModule, LearningProducerModule, ScreeningProducerModule, ScreeningPreviewModule],
  controllers: [
    ...[DecisionsController, EditsController, ModerationController, CampaignsController],
    ...[ModerationAcrossSitesController, FilterController],
  ],
  providers: [
    AfterDecisions,
    ...[ModerationQueue, CommentDetail, Summary, QueueEvents, Moderator, CampaignList, CampaignDecisions],
    ...[FilterReport, Preview, TextEditor],
    ...[ModeratedSites, QueueAcrossSites, SummaryAcrossSites, EventsAcrossSites, DecisionsAcrossSites],
  ],
  exports: [
    ...[ModerationQueue, CommentDetail, Summary, Moderator, CampaignDecisions, FilterReport, Preview, TextEditor],
    ...[ModeratedSites, QueueAcrossSites, SummaryAcrossSites],
  ],
})
export class ModerationModule {}
