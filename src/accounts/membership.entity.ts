import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { AccountId, SiteId } from '../platform/ids.js';
import type { Role } from '../platform/http/access.js';
import { Account } from './account.entity.js';

@Entity('membership')
@Index('membership_account', ['accountId'])
@ForeignKey(() => Account, ['accountId'], ['id'], { name: 'membership_account_fk', onDelete: 'CASCADE' })
@ForeignKey('site', ['siteId'], ['id'], { name: 'membership_site_fk', onDelete: 'CASCADE' })
export class Membership {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'membership_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'membership_pkey' })
  accountId!: AccountId;

  @Column({ type: 'text' })
  role!: Role;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
