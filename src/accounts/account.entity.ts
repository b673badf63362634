import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AccountId } from '../platform/ids.js';

@Entity('account')
@Index('account_email', ['email'], { unique: true })
export class Account {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'account_pkey' })
  id!: AccountId;

  /** Lower case. */
  @Column({ type: 'text' })
  email!: string;

  @Column({ type: 'text' })
  name!: string;

  /** argon2id in PHC string format. */
  @Column({ type: 'text' })
  passwordHash!: string;

  @Column({ type: 'boolean' })
  isOperator!: boolean;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
