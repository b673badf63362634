import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Scope } from '../platform/http/access.js';
import type { ApiKeyId, SiteId } from '../platform/ids.js';

/** Not under row-level security: the key is looked up before anybody knows its site. */
@Entity('api_key')
@Index('api_key_prefix', ['prefix'], { unique: true })
@Index('api_key_site', ['siteId'])
@ForeignKey('site', ['siteId'], ['id'], { name: 'api_key_site_fk', onDelete: 'CASCADE' })
export class ApiKey {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'api_key_pkey' })
  id!: ApiKeyId;

  @Column({ type: 'uuid' })
  siteId!: SiteId;

  @Column({ type: 'text' })
  name!: string;

  /** The part of the key that finds it; not secret. */
  @Column({ type: 'text' })
  prefix!: string;

  /** SHA-256 of the secret part. */
  @Column({ type: 'bytea' })
  secretHash!: Buffer;

  @Column({ type: 'text', array: true })
  scopes!: Scope[];

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  lastUsedAt!: Date | null;
}
