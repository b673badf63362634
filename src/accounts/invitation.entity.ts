import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '../platform/http/access.js';
import type { InvitationId, SiteId } from '../platform/ids.js';

/** An open invitation to a site. One that was accepted or withdrawn is no row any more. */
@Entity('invitation')
@Index('invitation_token', ['tokenHash'], { unique: true })
@Index('invitation_email', ['siteId', 'email'], { unique: true })
@Index('invitation_expiry', ['expiresAt'])
@ForeignKey('site', ['siteId'], ['id'], { name: 'invitation_site_fk', onDelete: 'CASCADE' })
export class Invitation {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'invitation_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'invitation_pkey' })
  id!: InvitationId;

  /** As an account has it. */
  @Column({ type: 'text' })
  email!: string;

  @Column({ type: 'text' })
  role!: Role;

  /** SHA-256 of the token: a copy of this table opens nothing. */
  @Column({ type: 'bytea' })
  tokenHash!: Buffer;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'timestamptz' })
  expiresAt!: Date;
}
