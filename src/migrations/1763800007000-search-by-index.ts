import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A limit makes the planner hope for an early hit, and it reads the whole table for a word that hardly anybody uses. */
export class SearchByIndex1763800007000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter function search_comment_ids(text, integer) set enable_seqscan = off');
    await queryRunner.query('alter function search_sites(uuid[], text, integer) set enable_seqscan = off');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter function search_comment_ids(text, integer) reset enable_seqscan');
    await queryRunner.query('alter function search_sites(uuid[], text, integer) reset enable_seqscan');
  }
}
