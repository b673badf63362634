import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The order of what waits by how little the filter was sure. The column is there at once however many comments there
 * are, because a default is not written into the rows; only those that wait are told apart.
 */
export class DoubtfulFirst1763800016000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table comment add column certainty real not null default 1');
    await queryRunner.query(CERTAINTY_OF_WHAT_WAITS);
    await queryRunner.query(`
      create index comment_doubtful on comment (site_id, certainty, id) where status = 'pending';
      create index comment_article_doubtful on comment (site_id, article_id, certainty, id) where status = 'pending';`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table comment drop column certainty');
  }
}

/** Of every site. */
const CERTAINTY_OF_WHAT_WAITS = `
  set local app.across_sites = 'on';
  update comment set certainty = abs(verdict_probability - 0.5)
   where status = 'pending' and verdict_probability is not null and not is_blind;
  set local app.across_sites = '';`;
