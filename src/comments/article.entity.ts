import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ArticleId, SiteId } from '../platform/ids.js';

@Entity('article')
@Index('article_key', ['siteId', 'key'], { unique: true })
@ForeignKey('site', ['siteId'], ['id'], { name: 'article_site_fk', onDelete: 'CASCADE' })
export class Article {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'article_pkey' })
  siteId!: SiteId;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'article_pkey' })
  id!: ArticleId;

  /** The site's own key for the page: any text of 1 to 512 characters. */
  @Column({ type: 'text' })
  key!: string;

  @Column({ type: 'text', nullable: true })
  url!: string | null;

  @Column({ type: 'text', nullable: true })
  title!: string | null;

  @Column({ type: 'boolean', default: true })
  open!: boolean;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  /** Kept by move-comment, so that a count is a look-up and never a scan. */
  @Column({ type: 'integer', default: 0 })
  publishedCount!: number;
}
