import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CampaignId, SiteId } from '../platform/ids.js';

/**
 * Near-identical comments of one site: those near the first of them. No text, and one row also where there is only one
 * comment as yet. Counted where moves are written, under the lock of the site's counter row.
 */
@Entity('campaign')
@Index('campaign_groups', ['siteId'], { where: 'size > 1' })
@Index('campaign_waiting', ['siteId', 'pending', 'id'], { where: 'pending > 0' })
@Index('campaign_retention', ['lastAt'], { where: 'size < 2 and confirmed = 0' })
// By the bands of the fingerprint, of one site and of what is confirmed on any: expressions, which TypeORM cannot tell.
@Index('campaign_band_1', { synchronize: false })
@Index('campaign_band_2', { synchronize: false })
@Index('campaign_band_3', { synchronize: false })
@Index('campaign_band_4', { synchronize: false })
@Index('campaign_band_5', { synchronize: false })
@Index('campaign_band_6', { synchronize: false })
@Index('campaign_confirmed_1', { synchronize: false })
@Index('campaign_confirmed_2', { synchronize: false })
@Index('campaign_confirmed_3', { synchronize: false })
@Index('campaign_confirmed_4', { synchronize: false })
@Index('campaign_confirmed_5', { synchronize: false })
@Index('campaign_confirmed_6', { synchronize: false })
export class Campaign {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'campaign_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'campaign_pkey' })
  id!: CampaignId;

  /** Of the first comment, as `lib/spam/near-fingerprint.ts` gives it. */
  @Column({ type: 'integer', array: true })
  nearFingerprint!: number[];

  @Column({ type: 'timestamptz' })
  firstAt!: Date;

  /** When the newest was submitted. */
  @Column({ type: 'timestamptz' })
  lastAt!: Date;

  /** All that are counted below by their status: neither what waits for its screening nor what is deleted. */
  @Column({ type: 'integer', default: 0 })
  size!: number;

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

  /** Of those in `spam`, the ones that a person put there. */
  @Column({ type: 'integer', default: 0 })
  confirmed!: number;

  @Column({ type: 'integer', default: 0 })
  confirmedByOperator!: number;
}
