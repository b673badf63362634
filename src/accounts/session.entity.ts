import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { AccountId, SessionId } from '../platform/ids.js';
import { Account } from './account.entity.js';

@Entity('session')
@Index('session_token', ['tokenHash'], { unique: true })
@Index('session_account', ['accountId'])
@ForeignKey(() => Account, ['accountId'], ['id'], { name: 'session_account_fk', onDelete: 'CASCADE' })
export class Session {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'session_pkey' })
  id!: SessionId;

  /** SHA-256 of the cookie: a copy of this table opens nothing. */
  @Column({ type: 'bytea' })
  tokenHash!: Buffer;

  @Column({ type: 'uuid' })
  accountId!: AccountId;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'timestamptz' })
  lastSeenAt!: Date;

  @Column({ type: 'timestamptz' })
  expiresAt!: Date;

  /** Browser and system in words, as far as its `User-Agent` told, so that a person knows the session again. */
  @Column({ type: 'text', nullable: true })
  device!: string | null;
}
