import { Account } from './accounts/account.entity.js';
import { RecordedAct } from './accounts/recorded-act.entity.js';
import { ApiKey } from './accounts/api-key.entity.js';
import { Invitation } from './accounts/invitation.entity.js';
import { Membership } from './accounts/membership.entity.js';
import { OperatorInvitation } from './accounts/operator-invitation.entity.js';
import { PasswordReset } from './accounts/password-reset.entity.js';
import { Session } from './accounts/session.entity.js';
import { SignInTry } from './accounts/sign-in-try.entity.js';
import { Article } from './comments/article.entity.js';
import { Campaign } from './comments/campaign.entity.js';
import { CommentClaim } from './comments/comment-claim.entity.js';
import { CommentEvent } from './comments/comment-event.entity.js';
import { CommentLink } from './comments/comment-link.entity.js';
import { CommentReport } from './comments/comment-report.entity.js';
import { CommentRevision } from './comments/comment-revision.entity.js';
import { CommentSearch } from './comments/comment-search.entity.js';
import { Comment } from './comments/comment.entity.js';
import { ModeratorNote } from './comments/moderator-note.entity.js';
import { FilterRecord } from './comments/filter-record.entity.js';
import { SiteCounter } from './comments/site-counter.entity.js';
import { IdempotencyRecord } from './comments/idempotency-record.entity.js';
import { LearnedComment } from './learning/learned-comment.entity.js';
import { LearnedSite } from './learning/learned-site.entity.js';
import { SitesAndPeople1763800000000 } from './migrations/1763800000000-sites-and-people.js';
import { ArticlesAndComments1763800001000 } from './migrations/1763800001000-articles-and-comments.js';
import { Idempotency1763800002000 } from './migrations/1763800002000-idempotency.js';
import { Search1763800003000 } from './migrations/1763800003000-search.js';
import { InvitationsAndResets1763800004000 } from './migrations/1763800004000-invitations-and-resets.js';
import { ManySites1763800005000 } from './migrations/1763800005000-many-sites.js';
import { NoForeignKeysOnTheHotPath1763800006000 } from './migrations/1763800006000-no-foreign-keys-on-the-hot-path.js';
import { SearchByIndex1763800007000 } from './migrations/1763800007000-search-by-index.js';
import { Rules1763800009000 } from './migrations/1763800009000-rules.js';
import { Campaigns1763800010000 } from './migrations/1763800010000-campaigns.js';
import { Reputation1763800011000 } from './migrations/1763800011000-reputation.js';
import { Learning1763800012000 } from './migrations/1763800012000-learning.js';
import { FilterRecord1763800013000 } from './migrations/1763800013000-filter-record.js';
import { OwnComment1763800014000 } from './migrations/1763800014000-own-comment.js';
import { Reports1763800015000 } from './migrations/1763800015000-reports.js';
import { DoubtfulFirst1763800016000 } from './migrations/1763800016000-doubtful-first.js';
import { Together1763800017000 } from './migrations/1763800017000-together.js';
import { VoicesOfTheSite1763800018000 } from './migrations/1763800018000-voices-of-the-site.js';
import { LargeActs1763800019000 } from './migrations/1763800019000-large-acts.js';
import { FloodProof1763800020000 } from './migrations/1763800020000-flood-proof.js';
import { JobGroups1763800021000 } from './migrations/1763800021000-job-groups.js';
import { WordsAboutAPerson1763800022000 } from './migrations/1763800022000-words-about-a-person.js';
import { ModerationJobItem } from './moderation/jobs/moderation-job-item.entity.js';
import { ModerationJob } from './moderation/jobs/moderation-job.entity.js';
import type { Schema } from './platform/database/data-source-options.js';
import { ServiceSecret } from './platform/database/service-secret.entity.js';
import { SiteRule } from './rules/site-rule.entity.js';
import { Site } from './sites/site.entity.js';

/** Every table of the house and the migrations that make them, in order. */
export const schema: Schema = {
  entities: [
    Site,
    Account,
    Session,
    Membership,
    ApiKey,
    ServiceSecret,
    Article,
    Comment,
    CommentClaim,
    CommentEvent,
    CommentLink,
    CommentReport,
    CommentRevision,
    CommentSearch,
    Campaign,
    ModeratorNote,
    SiteCounter,
    FilterRecord,
    IdempotencyRecord,
    LearnedComment,
    LearnedSite,
    ModerationJob,
    ModerationJobItem,
    Invitation,
    OperatorInvitation,
    PasswordReset,
    SignInTry,
    SiteRule,
    RecordedAct,
  ],
  migrations: [
    SitesAndPeople1763800000000,
    ArticlesAndComments1763800001000,
    Idempotency1763800002000,
    Search1763800003000,
    InvitationsAndResets1763800004000,
    ManySites1763800005000,
    NoForeignKeysOnTheHotPath1763800006000,
    SearchByIndex1763800007000,
    Rules1763800009000,
    Campaigns1763800010000,
    Reputation1763800011000,
    Learning1763800012000,
    FilterRecord1763800013000,
    OwnComment1763800014000,
    Reports1763800015000,
    DoubtfulFirst1763800016000,
    Together1763800017000,
    VoicesOfTheSite1763800018000,
    LargeActs1763800019000,
    FloodProof1763800020000,
    JobGroups1763800021000,
    WordsAboutAPerson1763800022000,
  ],
};
