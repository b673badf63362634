import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Signal } from '../lib/spam/verdict.js';
import type { Label } from '../lib/spam/verdict.js';
import type { AccountId, ArticleId, CampaignId, CommentId, SiteId } from '../platform/ids.js';
import type { CommentStatus } from './comment-status.js';
import type { DecidedLabel } from './decided-label.js';

/** One comment. Columns only, no relations: composite keys overlap on `site_id`. */
@Entity('comment')
@Index('comment_id', ['id'])
@Index('comment_queue', ['siteId', 'status', 'submittedAt', 'id'])
@Index('comment_article_queue', ['siteId', 'articleId', 'status', 'submittedAt', 'id'])
@Index('comment_thread', ['siteId', 'articleId', 'publishedAt', 'id'], { where: `status = 'published'` })
@Index('comment_site_feed', ['siteId', 'publishedAt', 'id'], { where: `status = 'published'` })
@Index('comment_author', ['siteId', 'authorKey', 'status'])
@Index('comment_author_decided', ['siteId', 'authorKey', 'decided'], { where: 'decided is not null' })
@Index('comment_network_decided', ['siteId', 'clientNetwork', 'decided', 'submittedAt'], {
  where: 'decided is not null and client_network is not null',
})
@Index('comment_fingerprint', ['siteId', 'fingerprint', 'submittedAt'])
@Index('comment_campaign', ['siteId', 'campaignId', 'status', 'submittedAt', 'id'], {
  where: 'campaign_id is not null',
})
@Index('comment_reported', ['siteId', 'status', 'submittedAt', 'id'], { where: 'report_count > 0' })
@Index('comment_doubtful', ['siteId', 'certainty', 'id'], { where: `status = 'pending'` })
@Index('comment_article_doubtful', ['siteId', 'articleId', 'certainty', 'id'], { where: `status = 'pending'` })
@Index('comment_verified', ['siteId', 'authorName'], { where: 'account_id is not null' })
@Index('comment_replies', ['siteId', 'parentId', 'submittedAt', 'id'], { where: 'parent_id is not null' })
@Index('comment_sweep', ['nextSweepAt'], { where: `status = 'received'` })
@Index('comment_network_retention', ['submittedAt'], { where: 'client_network is not null' })
@Index('comment_spam_retention', ['movedAt'], { where: `status = 'spam'` })
export class Comment {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_pkey' })
  id!: CommentId;

  @Column({ type: 'uuid' })
  articleId!: ArticleId;

  @Column({ type: 'uuid', nullable: true })
  parentId!: CommentId | null;

  /** 0 stands alone, 1 is a reply, and so on up to the site's `maxDepth`. */
  @Column({ type: 'smallint' })
  depth!: number;

  @Column({ type: 'text' })
  status!: CommentStatus;

  /** Grows with every change; a moderator names the version they saw. */
  @Column({ type: 'integer' })
  version!: number;

  /** Grows with every change of the text; a verdict belongs to one revision. */
  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'text' })
  authorName!: string;

  @Column({ type: 'text' })
  authorEmail!: string;

  @Column({ type: 'text', nullable: true })
  authorUrl!: string | null;

  /** The address in lower case: one author, however it is typed. */
  @Column({ type: 'text' })
  authorKey!: string;

  /** The person of the site who wrote it at the desk, under their name and without an address; null on a reader's. */
  @Column({ type: 'uuid', nullable: true })
  accountId!: AccountId | null;

  @Column({ type: 'text' })
  body!: string;

  /** The body rendered by the version of the renderer beside it; null until it was screened. */
  @Column({ type: 'text', nullable: true })
  html!: string | null;

  @Column({ type: 'smallint', nullable: true })
  rendererVersion!: number | null;

  @Column({ type: 'text', nullable: true })
  language!: string | null;

  /** 64 bits of the folded text: repeats are found by it. A string, as PostgreSQL's bigint. */
  @Column({ type: 'bigint' })
  fingerprint!: string;

  /** Found by the screening: which comments it is near to. Null for a text too short to tell, and once deleted. */
  @Column({ type: 'uuid', nullable: true })
  campaignId!: CampaignId | null;

  /** Who put it away as spam last; null when that was the screening. It stays for an undo, and counts only in `spam`. */
  @Column({ type: 'text', nullable: true })
  spamConfirmedBy!: SpamConfirmer | null;

  @Column({ type: 'boolean' })
  honeypotFilled!: boolean;

  /** Whole seconds between the form and the submission; null without a valid form token. */
  @Column({ type: 'integer', nullable: true })
  secondsToWrite!: number | null;

  /** Came while the site was flooded, without the proof of work that the form asked for. */
  @Column({ type: 'boolean', default: false })
  lacksProof!: boolean;

  /** The client's address cut to /24 or /48; dropped after the retention time. */
  @Column({ type: 'text', nullable: true })
  clientNetwork!: string | null;

  @Column({ type: 'text', nullable: true })
  verdictLabel!: Label | null;

  @Column({ type: 'real', nullable: true })
  verdictProbability!: number | null;

  /** The log-odds behind the probability; null for a verdict of before this was kept. */
  @Column({ type: 'double precision', nullable: true })
  verdictScore!: number | null;

  @Column({ type: 'jsonb', nullable: true })
  verdictSignals!: Signal[] | null;

  /**
   * How far the probability is from one half; 1 without a verdict, and for one that is withheld while it waits. A column,
   * because behind a row-level policy no index of an expression would be used.
   */
  @Column({ type: 'real', default: 1 })
  certainty!: number;

  /** When the verdict was given; null without one, and for those of before there was a record of the filter. */
  @Column({ type: 'timestamptz', nullable: true })
  screenedAt!: Date | null;

  /** Where the verdict and the policy put it, or would have put it, were it not blind. */
  @Column({ type: 'text', nullable: true })
  machineStatus!: CommentStatus | null;

  /** Chosen at random: while it waits, nobody is shown the verdict. */
  @Column({ type: 'boolean', default: false })
  isBlind!: boolean;

  /** What the decision of a person that is in force says it is, and what the one before said, for an undo. */
  @Column({ type: 'text', nullable: true })
  decided!: DecidedLabel | null;

  @Column({ type: 'text', nullable: true })
  decidedBefore!: DecidedLabel | null;

  /** Reports of readers at which nobody has looked yet. */
  @Column({ type: 'smallint', default: 0 })
  reportCount!: number;

  @Column({ type: 'timestamptz' })
  submittedAt!: Date;

  /** When readers saw it first. Kept while it is out, so that its place in the feed never changes. */
  @Column({ type: 'timestamptz', nullable: true })
  publishedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  editedAt!: Date | null;

  @Column({ type: 'timestamptz' })
  movedAt!: Date;

  @Column({ type: 'timestamptz' })
  nextSweepAt!: Date;
}

/** A person of the site (or its API key), or an operator of the service. */
export type SpamConfirmer = 'site' | 'operator';
