import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../platform/ids.js';

/**
 * How the filter did on a site in one week: the sums of `tallyVerdict` over the comments that it screened in it. Only
 * moves write it, and what is purged stays counted.
 */
@Entity('filter_record')
@ForeignKey('site', ['siteId'], ['id'], { name: 'filter_record_site_fk', onDelete: 'CASCADE' })
export class FilterRecord {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'filter_record_pkey' })
  siteId!: SiteId;

  /** Its Monday, in UTC. */
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: 'filter_record_pkey' })
  week!: string;

  @Column({ type: 'integer', default: 0 })
  screened!: number;

  /** Of these: where the machine put them, or would have. */
  @Column({ type: 'integer', default: 0 })
  putAway!: number;

  @Column({ type: 'integer', default: 0 })
  held!: number;

  @Column({ type: 'integer', default: 0 })
  letOut!: number;

  /** Put away, and taken back by a person. */
  @Column({ type: 'integer', default: 0 })
  restored!: number;

  /** Let out, and marked as spam by a person. */
  @Column({ type: 'integer', default: 0 })
  marked!: number;

  /** Chosen for the blind share; and what people said of them. */
  @Column({ type: 'integer', default: 0 })
  blind!: number;

  @Column({ type: 'integer', default: 0 })
  blindHam!: number;

  @Column({ type: 'integer', default: 0 })
  blindSpam!: number;

  /** Of the blind ham, what the machine would have put away; of the blind spam, what it found fine. */
  @Column({ type: 'integer', default: 0 })
  falsePositives!: number;

  @Column({ type: 'integer', default: 0 })
  falseNegatives!: number;
}
