import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../platform/ids.js';

/**
 * One row a site: the last `seq` given, and how many comments stand in each status. `received` is not kept here: an
 * intake batch would have to lock the row, and counting the few that wait for screening is cheap.
 */
@Entity('site_counter')
@ForeignKey('site', ['siteId'], ['id'], { name: 'site_counter_site_fk', onDelete: 'CASCADE' })
@Index('site_counter_unlearned', ['siteId'], { where: 'decided_seq > learned_seq' })
export class SiteCounter {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'site_counter_pkey' })
  siteId!: SiteId;

  @Column({ type: 'bigint', default: 0 })
  seq!: string;

  /** The `seq` of the last move of a person or of an author, and up to which of them the site's model has learned. */
  @Column({ type: 'bigint', default: 0 })
  decidedSeq!: string;

  @Column({ type: 'bigint', default: 0 })
  learnedSeq!: string;

  @Column({ type: 'integer', default: 0 })
  pending!: number;

  @Column({ type: 'integer', default: 0 })
  spam!: number;

  @Column({ type: 'integer', default: 0 })
  approved!: number;

  @Column({ type: 'integer', default: 0 })
  published!: number;

  @Column({ type: 'integer', default: 0 })
  rejected!: number;

  @Column({ type: 'integer', default: 0 })
  deleted!: number;
}
