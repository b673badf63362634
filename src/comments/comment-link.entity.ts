import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CommentId, SiteId } from '../platform/ids.js';
import type { LinkStanding } from './decided-label.js';

/**
 * A domain that a comment links to, while people or a policy have said what the comment is. What a domain is known for is
 * counted from these rows, so that it is never wrong: a row goes when the decision does.
 */
@Entity('comment_link')
@ForeignKey('site', ['siteId'], ['id'], { name: 'comment_link_site_fk', onDelete: 'CASCADE' })
@Index('comment_link_domain', ['domain', 'standing', 'siteId', 'at'])
@Index('comment_link_kept', ['keptUntil'], { where: 'kept_until is not null' })
export class CommentLink {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_link_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_link_pkey' })
  commentId!: CommentId;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'comment_link_pkey' })
  domain!: string;

  @Column({ type: 'text' })
  standing!: LinkStanding;

  /** Since when it stands so. */
  @Column({ type: 'timestamptz' })
  at!: Date;

  /** Set when confirmed spam was purged: the domain is remembered for longer than the text. */
  @Column({ type: 'timestamptz', nullable: true })
  keptUntil!: Date | null;
}
