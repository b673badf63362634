import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { CommentId, SiteId } from '../platform/ids.js';

/** Who looks at a comment just now. A lease: it ends by itself, and keeps nobody from deciding. */
@Entity('comment_claim')
@ForeignKey('site', ['siteId'], ['id'], { name: 'comment_claim_site_fk', onDelete: 'CASCADE' })
export class CommentClaim {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_claim_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_claim_pkey' })
  commentId!: CommentId;

  /** The account or API key. */
  @Column({ type: 'uuid' })
  actorId!: string;

  @Column({ type: 'text' })
  actorName!: string;

  /** By the database's clock, the one that all processes share. */
  @Column({ type: 'timestamptz' })
  until!: Date;
}
