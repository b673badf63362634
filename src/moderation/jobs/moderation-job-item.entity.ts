import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { CommentStatus } from '../../comments/comment-status.js';
import type { CommentId, JobId, SiteId } from '../../platform/ids.js';
import { ModerationJob } from './moderation-job.entity.js';

/** One comment of a job, and what became of it. */
@Entity('moderation_job_item')
@ForeignKey(() => ModerationJob, ['siteId', 'jobId'], ['siteId', 'id'], {
  name: 'moderation_job_item_job_fk',
  onDelete: 'CASCADE',
})
export class ModerationJobItem {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'moderation_job_item_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'moderation_job_item_pkey' })
  jobId!: JobId;

  /** From 1, in the order in which the comments were sent. */
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'moderation_job_item_pkey' })
  place!: number;

  @Column({ type: 'uuid' })
  commentId!: CommentId;

  /** Its version when the job was made; with another one it is somebody else's affair. */
  @Column({ type: 'integer' })
  version!: number;

  /** `moved`, `in-force`, or why nothing was done; null while it waits for its batch. */
  @Column({ type: 'text', nullable: true })
  outcome!: string | null;

  @Column({ type: 'text', nullable: true })
  status!: CommentStatus | null;

  @Column({ type: 'integer', nullable: true })
  versionAfter!: number | null;
}
