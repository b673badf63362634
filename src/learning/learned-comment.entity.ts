import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { DecidedLabel } from '../comments/decided-label.js';
import type { CommentId, SiteId } from '../platform/ids.js';

/**
 * A comment as the site's model learned it: numbers that no text can be read back from. It outlives its comment, so that
 * the model is the same when the text is purged; `forgetComments` erases it.
 */
@Entity('learned_comment')
@ForeignKey('site', ['siteId'], ['id'], { name: 'learned_comment_site_fk', onDelete: 'CASCADE' })
@Index('learned_comment_seq', ['siteId', 'seq'], { unique: true })
export class LearnedComment {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'learned_comment_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'learned_comment_pkey' })
  commentId!: CommentId;

  /** Of the decision that gave the label in force: the place in the fold. */
  @Column({ type: 'bigint' })
  seq!: string;

  @Column({ type: 'text' })
  label!: DecidedLabel;

  /** Of the text it was learned from: of many copies only a few are learned. */
  @Column({ type: 'bigint' })
  fingerprint!: string;

  /** As `encodeSiteExample` writes it. */
  @Column({ type: 'bytea' })
  example!: Buffer;
}
