import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CommentId, SiteId } from '../platform/ids.js';

/** What is looked through of `comment c`. */
export const SEARCH_DOCUMENT = `c.author_name || ' ' || c.author_email || E'\\n' || c.body`;

/** What the moderator's search looks through. Apart from `comment`, because each status change would index it again. */
@Entity('comment_search')
@Index('comment_search_document', { synchronize: false })
export class CommentSearch {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_search_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_search_pkey' })
  commentId!: CommentId;

  @Column({ type: 'text' })
  document!: string;
}
