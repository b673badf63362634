import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../platform/ids.js';
import type { SiteSettings } from './site-settings.js';

@Entity('site')
@Index('site_key', ['key'], { unique: true })
export class Site {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'site_pkey' })
  id!: SiteId;

  @Column({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text', array: true })
  origins!: string[];

  @Column({ type: 'jsonb' })
  settings!: Partial<SiteSettings>;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
