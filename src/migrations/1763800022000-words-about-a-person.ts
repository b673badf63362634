import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The service may not change events. What erases a person empties the words in those of deleted comments, and this alone
 * may: it runs as the owner, behind the wall of the transaction that calls it. See decision 0027.
 */
export class WordsAboutAPerson1763800022000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function empty_words_of_events(site uuid, comments uuid[]) returns void language sql
        security definer set search_path = public, pg_temp as $$
        update comment_event e set reason = null, note = null from comment c
         where c.site_id = site and c.id = any (comments) and c.status = 'deleted'
           and e.site_id = c.site_id and e.comment_id = c.id and (e.reason is not null or e.note is not null) $$`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop function empty_words_of_events(uuid, uuid[])');
  }
}
