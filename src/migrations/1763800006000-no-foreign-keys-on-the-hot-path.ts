import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A foreign key asks for its parent row by row, with a plan that a connection makes once and keeps: made while the table
 * was small, it read all comments of the site for each new one (0.7 ms of PostgreSQL's time at 6,000). A comment's place
 * is looked up by the intake, which locks the site; what goes with a site, an article or a comment is taken along by
 * triggers, once for each statement. They see all sites, as a foreign key does, and delete events, which the app may not.
 */
export class NoForeignKeysOnTheHotPath1763800006000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table comment drop constraint comment_article_fk;
      alter table comment_event drop constraint comment_event_comment_fk;
      alter table comment_search drop constraint comment_search_comment_fk;
      alter table idempotency_record drop constraint idempotency_record_site_fk`);
    await queryRunner.query(taking('site', 'delete from idempotency_record r using gone where r.site_id = gone.id'));
    await queryRunner.query(
      taking('article', 'delete from comment c using gone where c.site_id = gone.site_id and c.article_id = gone.id'),
    );
    await queryRunner.query(
      taking(
        'comment',
        `delete from comment_event e using gone where e.site_id = gone.site_id and e.comment_id = gone.id;
         delete from comment_search s using gone where s.site_id = gone.site_id and s.comment_id = gone.id`,
      ),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop function take_along_with_site() cascade;
      drop function take_along_with_article() cascade;
      drop function take_along_with_comment() cascade;
      alter table comment add constraint comment_article_fk
        foreign key (site_id, article_id) references article (site_id, id) on delete cascade;
      alter table comment_event add constraint comment_event_comment_fk
        foreign key (site_id, comment_id) references comment (site_id, id) on delete cascade;
      alter table comment_search add constraint comment_search_comment_fk
        foreign key (site_id, comment_id) references comment (site_id, id) on delete cascade;
      alter table idempotency_record add constraint idempotency_record_site_fk
        foreign key (site_id) references site (id) on delete cascade`);
  }
}

/** What goes with the deleted rows of a table, which the statements know as `gone`. */
function taking(table: 'site' | 'article' | 'comment', deletions: string): string {
  return `
    create function take_along_with_${table}() returns trigger language plpgsql security definer
      set search_path = pg_catalog, public, pg_temp as $$
      declare
        before text := coalesce(current_setting('app.across_sites', true), '');
      begin
        perform set_config('app.across_sites', 'on', true);
        ${deletions};
        perform set_config('app.across_sites', before, true);
        return null;
      end $$;
    create trigger take_along after delete on ${table} referencing old table as gone
      for each statement execute function take_along_with_${table}();`;
}
