import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { CommentId, SiteId } from '../platform/ids.js';

/** A text that a comment had before it was edited, for its moderators. It goes with the comment's own text. */
@Entity('comment_revision')
@ForeignKey('site', ['siteId'], ['id'], { name: 'comment_revision_site_fk', onDelete: 'CASCADE' })
export class CommentRevision {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_revision_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_revision_pkey' })
  commentId!: CommentId;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'comment_revision_pkey' })
  revision!: number;

  @Column({ type: 'text' })
  body!: string;

  /** The comment's version whose event replaced it: who did, and when, stands there. */
  @Column({ type: 'integer' })
  replacedVersion!: number;
}
