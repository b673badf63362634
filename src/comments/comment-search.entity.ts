import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CommentId, SiteId } from '../platform/ids.js';

/** What the moderator's search looks through. Apart from `comment`, because each status change would index it again. */
@Entity('comment_search')
@Index('comment_search_document', { synchronize: false })
@ForeignKey('comment', ['siteId', 'commentId'], ['siteId', 'id'], {
  name: 'comment_search_comment_fk',
  onDelete: 'CASCADE',
})
export class CommentSearch {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_search_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_search_pkey' })
  commentId!: CommentId;

  @Column({ type: 'text' })
  document!: string;
}
