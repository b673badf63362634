import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CommentId, NoteId, SiteId } from '../platform/ids.js';

/** What one moderator wrote for the others: on a comment, or on its author. It goes with what it is about. */
@Entity('moderator_note')
@Index('moderator_note_comment', ['siteId', 'commentId', 'id'], { where: 'comment_id is not null' })
@Index('moderator_note_author', ['siteId', 'authorKey', 'id'], { where: 'author_key is not null' })
@ForeignKey('site', ['siteId'], ['id'], { name: 'moderator_note_site_fk', onDelete: 'CASCADE' })
export class ModeratorNote {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'moderator_note_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'moderator_note_pkey' })
  id!: NoteId;

  /** Null for a note on an author. */
  @Column({ type: 'uuid', nullable: true })
  commentId!: CommentId | null;

  /** As on the author's comments; null for a note on one comment. */
  @Column({ type: 'text', nullable: true })
  authorKey!: string | null;

  @Column({ type: 'text' })
  text!: string;

  /** The account or API key that wrote it, and its name as it was then. */
  @Column({ type: 'uuid' })
  actorId!: string;

  @Column({ type: 'text' })
  actorName!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;
}
