import { Module } from '@nestjs/common';
import { CommentsModule } from '../comments/comments.module.js';
import { ScreeningProducerModule } from '../screening/screening-producer.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { CommentDetail } from './comment-detail.js';
import { DecisionsController } from './decisions.controller.js';
import { ModerationController } from './moderation.controller.js';
import { ModerationQueue } from './moderation-queue.js';
import { Moderator } from './moderator.js';
import { QueueEvents } from './queue-events.js';
import { Summary } from './summary.js';

@Module({
  imports: [SitesModule, CommentsModule, ScreeningProducerModule],
  controllers: [DecisionsController, ModerationController],
  providers: [ModerationQueue, CommentDetail, Summary, QueueEvents, Moderator],
  exports: [ModerationQueue, CommentDetail, Summary, Moderator],
})
export class ModerationModule {}
