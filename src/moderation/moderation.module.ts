import { Module } from '@nestjs/common';
import { CommentsModule } from '../comments/comments.module.js';
import { ScreeningPreviewModule } from '../screening/screening-preview.module.js';
import { LearningProducerModule } from '../learning/learning-producer.module.js';
import { ScreeningProducerModule } from '../screening/screening-producer.module.js';
import { RulesModule } from '../rules/rules.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { AfterDecisions } from './after-decisions.js';
import { AuthorStanding } from './author-standing.js';
import { CampaignDecisionsAcrossSites } from './campaign-decisions-across-sites.js';
import { CampaignDecisions } from './campaign-decisions.js';
import { CampaignList } from './campaign-list.js';
import { CampaignsAcrossSites } from './campaigns-across-sites.js';
import { CampaignsAcrossSitesController } from './campaigns-across-sites.controller.js';
import { CampaignsController } from './campaigns.controller.js';
import { Claims } from './claims.js';
import { ClaimsController } from './claims.controller.js';
import { CommentDetail } from './comment-detail.js';
import { ConversationController } from './conversation.controller.js';
import { DecisionsController } from './decisions.controller.js';
import { DecisionsAcrossSites } from './decisions-across-sites.js';
import { EventsAcrossSites } from './events-across-sites.js';
import { EditsController } from './edits.controller.js';
import { FacetsController } from './facets.controller.js';
import { Facets } from './facets.js';
import { FilterController } from './filter.controller.js';
import { FilterReport } from './filter-report.js';
import { BulkProducerModule } from './jobs/bulk-producer.module.js';
import { JobGroups } from './jobs/job-groups.js';
import { JobGroupsController } from './jobs/job-groups.controller.js';
import { JobKeeper } from './jobs/job-keeper.js';
import { JobList } from './jobs/job-list.js';
import { ModerationJobsController } from './jobs/moderation-jobs.controller.js';
import { ModeratedSites } from './moderated-sites.js';
import { ModerationAcrossSitesController } from './moderation-across-sites.controller.js';
import { ModerationController } from './moderation.controller.js';
import { ModerationQueue } from './moderation-queue.js';
import { Moderator } from './moderator.js';
import { Notes } from './notes.js';
import { NotesController } from './notes.controller.js';
import { PersonController } from './person/person.controller.js';
import { PersonErasure } from './person/person-erasure.js';
import { PersonExport } from './person/person-export.js';
import { Preview } from './preview.js';
import { QueueAcrossSites } from './queue-across-sites.js';
import { QueueEvents } from './queue-events.js';
import { Replies } from './replies.js';
import { StandingController } from './standing.controller.js';
import { SummaryAcrossSites } from './summary-across-sites.js';
import { Summary } from './summary.js';
import { TextEditor } from './text-editor.js';
import { ThreadContext } from './thread-context.js';

@Module({
  imports: [
    ...[SitesModule, CommentsModule, RulesModule, BulkProducerModule],
    ...[LearningProducerModule, ScreeningProducerModule, ScreeningPreviewModule],
  ],
  controllers: [
    ...[DecisionsController, EditsController, ModerationController, CampaignsController],
    ...[ModerationAcrossSitesController, FilterController, FacetsController, ModerationJobsController],
    ...[ClaimsController, NotesController, StandingController, CampaignsAcrossSitesController],
    ...[ConversationController, JobGroupsController, PersonController],
  ],
  providers: [
    AfterDecisions,
    ...[ModerationQueue, CommentDetail, Summary, QueueEvents, Moderator, CampaignList, CampaignDecisions],
    ...[FilterReport, Facets, Preview, Replies, TextEditor, ThreadContext, Claims, Notes, AuthorStanding],
    ...[JobKeeper, JobList, JobGroups, PersonExport, PersonErasure],
    ...[ModeratedSites, QueueAcrossSites, SummaryAcrossSites, EventsAcrossSites, DecisionsAcrossSites],
    ...[CampaignsAcrossSites, CampaignDecisionsAcrossSites],
  ],
  exports: [
    ...[ModerationQueue, CommentDetail, Summary, Moderator, CampaignDecisions, FilterReport, Preview, TextEditor],
    ...[PersonExport, PersonErasure],
    ...[ModeratedSites, QueueAcrossSites, SummaryAcrossSites],
  ],
})
export class ModerationModule {}
