import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CommentId, SiteId } from '../platform/ids.js';

/** Which comment a key (the client's, or one made of the content) already stands for. */
@Entity('idempotency_record')
@Index('idempotency_record_expiry', ['expiresAt'])
export class IdempotencyRecord {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'idempotency_record_pkey' })
  siteId!: SiteId;

  /** SHA-256 of article and key. */
  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'idempotency_record_pkey' })
  keyHash!: Buffer;

  /** SHA-256 of the payload. */
  @Column({ type: 'bytea' })
  payloadHash!: Buffer;

  @Column({ type: 'uuid' })
  commentId!: CommentId;

  @Column({ type: 'timestamptz' })
  expiresAt!: Date;
}
