import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CommentId, SiteId } from '../platform/ids.js';
import type { Action, CommentStatus } from './comment-status.js';

/** One status change: who, from, to, when, why. Written by move-comment and by the intake, never changed. */
@Entity('comment_event')
@Index('comment_event_seq', ['siteId', 'seq'], { unique: true, where: 'seq is not null' })
@Index('comment_event_taught', ['siteId', 'seq'], { where: `actor_kind in ('person', 'author') and seq is not null` })
@Index('comment_event_decided', ['siteId', 'at'], { where: `actor_kind = 'person'` })
export class CommentEvent {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_event_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'comment_event_pkey' })
  commentId!: CommentId;

  /** The comment's version after the event: a version has exactly one. */
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'comment_event_pkey' })
  version!: number;

  /** The site's order of moves, without holes a reader could miss. Null for the arrival, which needs none. */
  @Column({ type: 'bigint', nullable: true })
  seq!: string | null;

  @Column({ type: 'text' })
  action!: Action;

  @Column({ type: 'text', nullable: true })
  fromStatus!: CommentStatus | null;

  @Column({ type: 'text' })
  toStatus!: CommentStatus;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ type: 'text' })
  actorKind!: ActorKind;

  /** The account or API key. */
  @Column({ type: 'uuid', nullable: true })
  actorId!: string | null;

  @Column({ type: 'text', nullable: true })
  actorName!: string | null;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ type: 'text', nullable: true })
  note!: string | null;
}

export type ActorKind = 'author' | 'person' | 'screening' | 'service';
