import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { AccountId } from '../platform/ids.js';
import { Account } from './account.entity.js';

/** The open reset of an account's password; a newer one takes its place. */
@Entity('password_reset')
@Index('password_reset_token', ['tokenHash'], { unique: true })
@ForeignKey(() => Account, ['accountId'], ['id'], { name: 'password_reset_account_fk', onDelete: 'CASCADE' })
export class PasswordReset {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'password_reset_pkey' })
  accountId!: AccountId;

  /** SHA-256 of the token. */
  @Column({ type: 'bytea' })
  tokenHash!: Buffer;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'timestamptz' })
  expiresAt!: Date;
}
