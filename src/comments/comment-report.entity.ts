import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { CommentId, SiteId } from '../platform/ids.js';

/** What one network said against a published comment. It goes with the comment. */
@Entity('comment_report')
@ForeignKey('site', ['siteId'], ['id'], { name: 'comment_report_site_fk', onDelete: 'CASCADE' })
export class CommentReport {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_report_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_report_pkey' })
  commentId!: CommentId;

  /** A keyed digest of the network and of this text of the comment: it tells neither, and no two comments share one. */
  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'comment_report_pkey' })
  reporter!: Buffer;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ type: 'timestamptz' })
  at!: Date;

  /** When somebody had looked. It stays, so that the same network does not ask for another look at the same text. */
  @Column({ type: 'timestamptz', nullable: true })
  settledAt!: Date | null;
}
