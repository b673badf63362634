import { Module } from '@nestjs/common';
import { CommentsModule } from '../comments/comments.module.js';
import { LearningProducerModule } from '../learning/learning-producer.module.js';
import { ScreeningProducerModule } from '../screening/screening-producer.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { AuthorMoves } from './author-moves.js';
import { CommentIntake } from './comment-intake.js';
import { FloodProof } from './flood-proof.js';
import { FloodWatch } from './flood-watch.js';
import { IntakeController } from './intake.controller.js';
import { ReceiptDesk } from './receipt-desk.js';
import { ReceiptForms } from './receipt-forms.js';
import { ReceiptsController } from './receipts.controller.js';
import { Receipts } from './receipts.js';
import { ReportsController } from './reports.controller.js';
import { Reports } from './reports.js';
import { SubmissionChecks } from './submission-checks.js';
import { SubmissionDesk } from './submission-desk.js';
import { SubmissionGate } from './submission-gate.js';
import { SubmissionLimit } from './submission-limit.js';
import { SubmissionOrigin } from './submission-origin.js';
import { SubmissionStore } from './submission-store.js';

@Module({
  imports: [SitesModule, CommentsModule, LearningProducerModule, ScreeningProducerModule],
  controllers: [IntakeController, ReceiptsController, ReportsController],
  providers: [
    ...[CommentIntake, SubmissionChecks, SubmissionDesk, SubmissionStore, SubmissionLimit],
    ...[SubmissionOrigin, SubmissionGate],
    ...[Receipts, ReceiptDesk, ReceiptForms, AuthorMoves, Reports, FloodProof, FloodWatch],
  ],
  exports: [CommentIntake, Reports],
})
export class IntakeModule {}
