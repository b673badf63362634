import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { InvitationId } from '../platform/ids.js';

/** An open invitation to become an operator. It belongs to no site, so it stands beside the tenant's table. */
@Entity('operator_invitation')
@Index('operator_invitation_token', ['tokenHash'], { unique: true })
@Index('operator_invitation_email', ['email'], { unique: true })
export class OperatorInvitation {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'operator_invitation_pkey' })
  id!: InvitationId;

  @Column({ type: 'text' })
  email!: string;

  /** SHA-256 of the token. */
  @Column({ type: 'bytea' })
  tokenHash!: Buffer;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'timestamptz' })
  expiresAt!: Date;
}
