import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ActId, SiteId } from '../platform/ids.js';

/** What a person or a program did on a site beside deciding on single comments, which their events tell. */
@Entity('act')
@Index('act_retention', ['at'])
@ForeignKey('site', ['siteId'], ['id'], { name: 'act_site_fk', onDelete: 'CASCADE' })
export class RecordedAct {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'act_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'act_pkey' })
  id!: ActId;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ type: 'text' })
  actorKind!: 'person' | 'program';

  /** The account or API key, and its name as it was then. */
  @Column({ type: 'uuid' })
  actorId!: string;

  @Column({ type: 'text' })
  actorName!: string;

  @Column({ type: 'text' })
  action!: string;

  /** On whom or what. Never an author's address, nor a text of theirs. */
  @Column({ type: 'text', nullable: true })
  subject!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  detail!: Readonly<Record<string, unknown>> | null;
}
