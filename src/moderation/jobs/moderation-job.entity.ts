import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Decision } from '../../comments/comment-status.js';
import type { JobGroupId, JobId, SiteId } from '../../platform/ids.js';

export const JOB_STATES = ['waiting', 'running', 'done', 'stopped', 'failed'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** Why a job could not go on. */
export const JOB_FAILURES = ['role-lost', 'gave-up'] as const;
export type JobFailure = (typeof JOB_FAILURES)[number];

/** The members of the queue's query, as they were given. */
export type JobFilter = Readonly<Record<string, string>>;

/** One act of a moderator on any number of comments. The row is the truth; the queue only says whose turn it is. */
@Entity('moderation_job')
@ForeignKey('site', ['siteId'], ['id'], { name: 'moderation_job_site_fk', onDelete: 'CASCADE' })
@Index('moderation_job_group', ['groupId', 'siteId'], { where: 'group_id is not null' })
@Index('moderation_job_unfinished', ['nextSweepAt'], { where: 'finished_at is null' })
@Index('moderation_job_results', ['finishedAt'], { where: 'keeps_results' })
@Index('moderation_job_retention', ['finishedAt'], { where: 'not keeps_results' })
export class ModerationJob {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'moderation_job_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'moderation_job_pkey' })
  id!: JobId;

  @Column({ type: 'text' })
  action!: Decision;

  @Column({ type: 'jsonb' })
  filter!: JobFilter;

  /** For the authors, with each decision. */
  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  /** The job whose moves this one takes back. */
  @Column({ type: 'uuid', nullable: true })
  undoes!: JobId | null;

  /** Of the jobs that were made together, one on each of several sites. */
  @Column({ type: 'uuid', nullable: true })
  groupId!: JobGroupId | null;

  @Column({ type: 'text' })
  byKind!: 'person' | 'program';

  /** The account or API key. What it may do is asked at every turn. */
  @Column({ type: 'uuid' })
  byId!: string;

  @Column({ type: 'text' })
  byName!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  /** The site's `seq` when the job was made: a comment that has moved since is none of its comments. */
  @Column({ type: 'bigint' })
  untilSeq!: string;

  @Column({ type: 'text' })
  state!: JobState;

  /** How many turns it has had. A message of the queue that names another is late, and ignored. */
  @Column({ type: 'integer', default: 0 })
  turn!: number;

  /** Turns that failed since the last one that did not. */
  @Column({ type: 'integer', default: 0 })
  faults!: number;

  @Column({ type: 'integer', default: 0 })
  gathered!: number;

  /** The place in the list that is gathered from; null before the beginning. */
  @Column({ type: 'text', array: true, nullable: true })
  gatheredTo!: string[] | null;

  @Column({ type: 'boolean', default: false })
  isGathered!: boolean;

  @Column({ type: 'integer', default: 0 })
  done!: number;

  @Column({ type: 'integer', default: 0 })
  moved!: number;

  @Column({ type: 'integer', default: 0 })
  inForce!: number;

  @Column({ type: 'integer', default: 0 })
  refused!: number;

  @Column({ type: 'text', nullable: true })
  failure!: JobFailure | null;

  @Column({ type: 'timestamptz' })
  nextSweepAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;

  /** Until its items are removed. */
  @Column({ type: 'boolean', default: true })
  keepsResults!: boolean;
}
