import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../platform/ids.js';

/** One row for a site that has taught anything. Who learns locks it: one writer a site. */
@Entity('learned_site')
@ForeignKey('site', ['siteId'], ['id'], { name: 'learned_site_site_fk', onDelete: 'CASCADE' })
export class LearnedSite {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'learned_site_pkey' })
  siteId!: SiteId;

  /** Grows with every change of what the model is folded from. */
  @Column({ type: 'bigint', default: 0 })
  version!: string;

  /** The last version that was more than something added at the end: a model from before it is folded anew. */
  @Column({ type: 'bigint', default: 0 })
  rewrittenVersion!: string;

  /** Of each label, up to where the decisions have left the window for good. */
  @Column({ type: 'bigint', default: 0 })
  forgottenSpam!: string;

  @Column({ type: 'bigint', default: 0 })
  forgottenHam!: string;

  /** Of all that the model is folded from, each told of with those before it; `winnow relearn` compares. */
  @Column({ type: 'bytea', nullable: true })
  digest!: Buffer | null;
}
