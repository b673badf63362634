import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectBySite } from '../platform/database/row-level-security.js';

/** Readers' reports of published comments. What is reported now has an index of its own, empty most of the time. */
export class Reports1763800015000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table comment_report (
        site_id uuid not null constraint comment_report_site_fk references site (id) on delete cascade,
        comment_id uuid not null,
        reporter bytea not null,
        reason text,
        at timestamptz not null,
        settled_at timestamptz,
        constraint comment_report_pkey primary key (site_id, comment_id, reporter));

      alter table comment add column report_count smallint not null default 0;
      create index comment_reported on comment (site_id, status, submitted_at, id) where report_count > 0;`);
    await queryRunner.query(protectBySite('comment_report'));
    await queryRunner.query(TAKE_REPORTS_ALONG);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop trigger take_reports_along on comment; drop function take_reports_along()');
    await queryRunner.query('drop table comment_report; alter table comment drop column report_count');
  }
}

/** As whoever deletes the comment, who sees its reports if they see it. */
const TAKE_REPORTS_ALONG = `
  create function take_reports_along() returns trigger language plpgsql
    set search_path = pg_catalog, public, pg_temp as $$
    begin
      delete from comment_report r using gone where r.site_id = gone.site_id and r.comment_id = gone.id;
      return null;
    end $$;
  create trigger take_reports_along after delete on comment referencing old table as gone
    for each statement execute function take_reports_along();`;
