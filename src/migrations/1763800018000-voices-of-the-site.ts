import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The person of the site who wrote a comment at the desk; null on a reader's. Their names are found by an index that holds
 * their comments only, and the replies to a comment by another that holds replies only.
 */
export class VoicesOfTheSite1763800018000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table comment add column account_id uuid;
      create index comment_verified on comment (site_id, author_name) where account_id is not null;
      create index comment_replies on comment (site_id, parent_id, submitted_at, id) where parent_id is not null;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index comment_replies;
      drop index comment_verified;
      alter table comment drop column account_id;`);
  }
}
