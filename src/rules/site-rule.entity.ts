import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { RuleAction, RuleField, RuleMatch } from '../lib/spam/rules/rule.js';
import type { RuleId, SiteId } from '../platform/ids.js';

/** A rule of a site's owner, as it was written. What it means is said in lib/spam/rules. */
@Entity('site_rule')
@Index('site_rule_address', ['siteId', 'value'], { where: `field = 'address' and match = 'exact'` })
@ForeignKey('site', ['siteId'], ['id'], { name: 'site_rule_site_fk', onDelete: 'CASCADE' })
export class SiteRule {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'site_rule_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'site_rule_pkey' })
  id!: RuleId;

  @Column({ type: 'text' })
  field!: RuleField;

  @Column({ type: 'text' })
  match!: RuleMatch;

  /** As it was written; a whole address as the keys of authors are, so that theirs is found. */
  @Column({ type: 'text' })
  value!: string;

  @Column({ type: 'text' })
  action!: RuleAction;

  /** For colleagues: why it is there. */
  @Column({ type: 'text', nullable: true })
  note!: string | null;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  /** The name of the person or program, as it was then. */
  @Column({ type: 'text' })
  createdBy!: string;
}
